"""Broken and hostile packs: what a file says, and the place and code of its refusal."""

from tests.packs_on_disk import DOCTOR_UR, FACTS, PACK, URDU

Case = tuple[dict[str, str], str, int, str]
NEW = "en/03-broken.md"
SETTINGS, REGISTER = "pack.toml", "facts.toml"
UR = "ur/01-doctor.md"
HEAD = '+++\nid = "broken"\ntitle = "T"\n'


def page(front: str, line: int, code: str) -> Case:
    """A page whose front matter is wrong; its own first line is 2."""
    return {NEW: f"+++\n{front}\n+++\n\nText.\n"}, NEW, line, code


def body(text: str, line: int, code: str) -> Case:
    """A page whose text is wrong; it begins on line 6."""
    return {NEW: f"{HEAD}+++\n\n{text}\n"}, NEW, line, code


def setting(old: str, new: str, line: int, code: str) -> Case:
    """The pack's settings with something put for something else."""
    assert old in PACK
    return {SETTINGS: PACK.replace(old, new)}, SETTINGS, line, code


def fact(entry: str, code: str, name: str = "new") -> Case:
    """One more fact, whose entry is wrong; it begins on line 19."""
    return {REGISTER: f"{FACTS}[{name}]\n{entry}\n"}, REGISTER, 19, code


def urdu(old: str, new: str, line: int, code: str) -> Case:
    """A translation with something put for something else."""
    assert old in DOCTOR_UR
    return URDU | {UR: DOCTOR_UR.replace(old, new)}, UR, line, code


def titled(text: str, line: int, code: str) -> Case:
    """A page with this title."""
    return page(f'id = "broken"\ntitle = "{text}"', line, code)


GOOD = 'id = "broken"\ntitle = "T"\n'
LIST = "\n".join("    " * level + "- a" for level in range(250))
ZONE, SOURCE = "Europe/London", 'source = "en"'
NAMES = "default = true\ndo_not_translate = "
TOGETHER = "default = true\npublish_together = "

PAGES: dict[str, Case] = {
    "nothing": ({NEW: ""}, NEW, 1, "no-front-matter"),
    "yaml": ({NEW: "---\nid: x\n---\nText"}, NEW, 1, "no-front-matter"),
    "never closed": ({NEW: HEAD + "\nText"}, NEW, 1, "front-matter-not-closed"),
    "endless": page("# " + "a" * 20_000, 1, "front-matter-too-long"),
    "a long line": page(GOOD + "x = '" + "a" * 3_000 + "'", 4, "bad-toml"),
    "a thousand brackets": page(GOOD + "x = " + "[" * 1_900, 4, "bad-toml"),
    "a thousand tables": page(GOOD + "x = " + "{a=" * 600, 4, "bad-toml"),
    "a thousand dots": page(GOOD + ".".join("a" * 900) + " = 1", 2, "bad-toml"),
    "five thousand digits": page(
        GOOD + "x = " + "9" * 1_900 + "_\n" * 3, 4, "bad-toml"
    ),
    "two ids": page('id = "a"\nid = "b"', 3, "bad-toml"),
    "half a surrogate": titled(r"\ud800", 3, "bad-toml"),
    "no id": page('title = "T"', 1, "needs-text"),
    "a number for an id": page('id = 3\ntitle = "T"', 2, "needs-text"),
    "an id of words": page('id = "Not a name"\ntitle = "T"', 2, "bad-slug"),
    "an id that climbs": page('id = "../../etc"\ntitle = "T"', 2, "bad-slug"),
    "a long id": page(f'id = "{"a" * 61}"\ntitle = "T"', 2, "bad-slug"),
    "an id twice": page('id = "doctor"\ntitle = "T"', 1, "name_taken"),
    "a blank title": titled("  ", 3, "needs-text"),
    "a long title": titled("T" * 201, 3, "bad-title"),
    "a title of two lines": titled(r"T\nT", 3, "bad-title"),
    "a title with NUL": titled(r"T\u0000", 3, "bad-title"),
    "a title that turns round": titled(r"T\u202eT", 3, "bad-title"),
    "a title with a list": page('id = "broken"\ntitle = ["T"]', 3, "needs-text"),
    "a fact nobody has": titled("{{nobody}}", 3, "fact-in-heading"),
    "a long summary": page(GOOD + f'summary = "{"s" * 401}"', 4, "bad-summary"),
    "a broken summary": page(GOOD + r'summary = "a\nb"', 4, "bad-summary"),
    "an icon that climbs": page(GOOD + 'icon = "../../x"', 4, "bad-slug"),
    "a long icon": page(GOOD + f'icon = "{"a" * 41}"', 4, "bad-slug"),
    "a group that is a list": page(GOOD + 'group = ["today"]', 4, "unknown-choice"),
    "an unknown group": page(GOOD + 'group = "soon"', 4, "unknown-choice"),
    "a risk that is a table": page(GOOD + "risk = {a = 1}", 4, "unknown-choice"),
    "an unknown key": page(GOOD + "onload = 'alert(1)'", 4, "unknown-key"),
    "a second start": page(GOOD + 'group = "start"', 4, "start_taken"),
    "an address twice": (
        {"en/03-doctor.md": HEAD + "+++\n\nText."}, "en/03-doctor.md", 1, "name_taken",
    ),
}  # fmt: skip

BODIES: dict[str, Case] = {
    "250 lists in lists": body(LIST, 12, "too-deep"),
    "5,000 lists in lists": body("- " * 5_000 + "a", 6, "too-deep"),
    "deep quotes": body("> " * 5_000 + "a", 6, "too-deep"),
    "brackets": body("ok\n\n" + "[" * 5_000, 6, "too-many-brackets"),
    "brackets in a paragraph": body("ok\n\n" + "[" * 300, 8, "too-many-brackets"),
    "half links": body("[a](" * 900, 6, "too-many-brackets"),
    "a long paragraph": body("*a " * 3_000, 6, "block-too-long"),
    "too much": body("word " * 50_000, 6, "too-large"),
    "too many lines": body("a\n\n" * 3_000, 6, "too-many-lines"),
    "an open fence": body("```\nnever closed", 6, "code-fence"),
    "a script": body("<script>alert(1)</script>", 6, "raw-html"),
    "a script in capitals": body("ok\n\n<ScRiPt src=//a.example>", 8, "raw-html"),
    "a picture that runs": body("- <img src=x onerror=alert(1)>", 6, "raw-html"),
    "a drawing that runs": body("<svg/onload=alert(1)>", 6, "raw-html"),
    "a comment": body("a <!-- b --> c", 6, "raw-html"),
    "a tag over two lines": body("<div\nclass=x>", 6, "raw-html"),
    "an end alone": body("a </main> b", 6, "raw-html"),
    "an order": body("<!DOCTYPE html>", 6, "raw-html"),
    "CDATA": body("<![CDATA[x]]>", 6, "raw-html"),
    "PHP": body("<?php echo 1 ?>", 6, "raw-html"),
    "HTML in a heading": body("## <b>x</b>", 6, "raw-html"),
    "HTML in a cell": body("| a | <i>b</i> |\n|---|---|\n| c | d |", 6, "raw-html"),
    "javascript": body("[x](javascript:alert(1))", 6, "refused-link"),
    "javascript in capitals": body("[x](JaVaScRiPt:alert(1))", 6, "refused-link"),
    "javascript as numbers": body("[x](&#106;avascript:alert(1))", 6, "refused-link"),
    "a colon in disguise": body("[x](javascript&colon;alert(1))", 6, "refused-link"),
    "javascript in angles": body("[x](<javascript:alert(1)>)", 6, "refused-link"),
    "javascript with a tab": body("[x](<java\tscript:alert(1)>)", 6, "refused-link"),
    "a picture in a link": body("[![a](/b.png)](javascript:c)", 6, "refused-link"),
    "vbscript": body("[x](vbscript:a)", 6, "refused-link"),
    "data": body("[x](data:text/html,a)", 6, "refused-link"),
    "a file": body("[x](file:///etc/passwd)", 6, "refused-link"),
    "two slashes": body("[x](//evil.example)", 6, "refused-link"),
    "two back-slashes": body(r"[x](\\\\evil.example)", 6, "refused-link"),
    "a slash and a back-slash": body(r"[x](/\\evil.example)", 6, "refused-link"),
    "a remote picture": body("![x](https://a.example/b.png)", 6, "remote-image"),
    "a drawing as data": body("![x](data:image/svg+xml,a)", 6, "remote-image"),
    "a reference": body("[x][y]\n\n[y]: https://a.example", 6, "reference-link"),
    "a reference to harm": body("[x]\n\n[x]: javascript:a", 8, "reference-link"),
    "a link in a link": body("[a [b](/c) d](/e)", 6, "nested-link"),
    "a handler": body("x\n{: onclick=alert(1) }", 7, "unknown-attribute"),
    "a style": body("## x {: style=a }", 6, "unknown-attribute"),
    "a class of ours": body("x\n{: .govuk-button }", 7, "unknown-class"),
    "a turn": body("a \u202e b", 6, "control"),
    "an isolate": body("a\n\nb \u2066 c", 8, "control"),
    "a byte of the parser": body("ok\n\na \x02 b", 8, "control"),
    "the parser's other byte": body("a\x03", 6, "control"),
    "a control of C1": body("a \x85 b", 6, "control"),
    "an escape": body("a \x1b[2J", 6, "control"),
    "a fact in disguise": body("Call {{Not A Name}}", 6, "bad-fact-name"),
    "half a fact": body("Call {{emergency", 6, "bad-fact-name"),
    "a fact that is not there": body("ok\n\nCall {{nobody}}.", 8, "unknown-fact"),
    "a template": body("{% include 'x' %}", 6, "macro"),
    "its own title": body("# T", 6, "h1"),
}

PACKS: dict[str, Case] = {
    "no settings": ({SETTINGS: "format = \n"}, SETTINGS, 1, "bad-toml"),
    "a region nobody dials": setting(
        "[place]", '[place]\nregion = "XX"', 8, "unknown-choice"
    ),
    "a later format": setting("format = 1", "format = 99", 1, "unknown-choice"),
    "no source": setting(SOURCE + "\n", "", 1, "needs-text"),
    "a source that climbs": setting('= "en"', '= "../en"', 2, "unknown-locale"),
    "a source elsewhere": setting('= "en"', '= "/etc"', 2, "unknown-locale"),
    "a source left out": setting('["en", ', "[", 3, "unknown-choice"),
    "Klingon": setting('"pl"', '"tlh"', 3, "unknown-locale"),
    "a locale that climbs": setting('"pl"', '"../ur"', 3, "unknown-locale"),
    "a locale in capitals": setting('"pl"', '"PL"', 3, "unknown-locale"),
    "a locale twice": setting('"pl"', '"ur"', 3, "unknown-choice"),
    "a locale that is a number": setting('"pl"', "3", 3, "needs-list"),
    "any policy": setting('policy = "', 'policy = "any-', 4, "unknown-choice"),
    "two policies": setting(
        'policy = "unreviewed-with-stamp"', 'policy = ["x"]', 4, "unknown-choice"
    ),
    "a default in words": setting("= true", '= "yes"', 5, "needs-bool"),
    "together in one text": setting("default = true", TOGETHER + '"ur"', 6, "needs-list"),
    "together in one list": setting(
        "default = true", TOGETHER + '["en", "ur"]', 6, "needs-list"
    ),
    "together as a number": setting("default = true", TOGETHER + "[1]", 6, "needs-list"),
    "together with others": setting(
        "default = true", TOGETHER + '[["en", "cy"]]', 6, "unknown-choice"
    ),
    "names in one text": setting("default = true", NAMES + '"NHS"', 6, "needs-list"),
    "a name that is a number": setting("default = true", NAMES + "[111]", 6, "needs-list"),
    "a name of nothing": setting("default = true", NAMES + '[" "]', 6, "bad-names"),
    "a name with blanks around": setting(
        "default = true", NAMES + '["NHS "]', 6, "bad-names"
    ),
    "a name of two lines": setting(
        "default = true", NAMES + '["NHS\\n111"]', 6, "bad-names"
    ),
    "a name like a page": setting(
        "default = true", NAMES + f'["{"a" * 81}"]', 6, "bad-names"
    ),
    "a telephone book": setting(
        "default = true", NAMES + str([f"N{n}" for n in range(201)]), 6, "bad-names"
    ),
    "a setting nobody reads": setting("format", "theme = 1\nformat", 1, "unknown-key"),
    "a setting twice": setting("format", "format = 1\nformat", 2, "bad-toml"),
    "a place with a date": setting('"Town"', "2020-01-01", 7, "needs-table"),
    "a place with a number": setting('"Town"', "nan", 7, "needs-table"),
    "a zone on Mars": setting(ZONE, "Mars/Phobos", 12, "unknown-choice"),
    "a zone that climbs": setting(ZONE, "../../etc/passwd", 12, "unknown-choice"),
    "a colour that closes": setting("#0f5257", "red;}body{", 11, "unknown-choice"),
    "a logo from elsewhere": setting(
        "[place]", '[place]\nlogo = "//evil.example/x.png"', 8, "unknown-choice"
    ),
    "a logo that runs": setting(
        "[place]", '[place]\nlogo = "javascript:a"', 8, "unknown-choice"
    ),
    "digits without end": setting("= 1", "= " + "9" * 5_000, 1, "bad-toml"),
    "digits enough": setting(
        "default", "x = [\n" + ("9" * 1_900 + "\n") * 3 + "]\ndefault", 7, "bad-toml"
    ),
    "dots without end": setting("format", ".".join("a" * 50_000) + "=1", 1, "bad-toml"),
    "a translation's other blocks": urdu("## ", "", 10, "unlike-source"),
    "a translation's one more block": urdu("1. ", "متن۔\n\n1. ", 12, "unlike-source"),
    "a translation of nothing": (
        URDU | {"ur/05-x.md": HEAD + "+++\n\nText."}, "ur/05-x.md", 2, "unknown-page",
    ),
    "a translation twice": (
        URDU | {"ur/03-again.md": DOCTOR_UR}, "ur/03-again.md", 1, "name_taken",
    ),
    "a translation of a lost source": urdu(
        "origin", 'source = "0ff"\norigin', 1, "unknown-source"
    ),
    "a translation by angels": urdu('"human"', '"angel"', 5, "unknown-choice"),
    "a translation without title": urdu("title", "summary2", 1, "needs-text"),
    "a translation's title with a control": urdu(
        'title = "', 'title = "\\u0002', 3, "control"
    ),
    "a translation's summary that turns": urdu(
        'summary = "', 'summary = "\\u202e', 4, "control"
    ),
    "what is missing, in words": urdu("origin", 'missing = ["1"]\norigin', 5, "needs-list"),
    "a translation that runs": urdu("(**GP**)", "[x](javascript:a)", 8, "refused-link"),
    "a translation with HTML": urdu("**GP**", "<b>GP</b>", 8, "raw-html"),
}  # fmt: skip

TEXT = 'kind = "text"\nvalue = "a"\n'
REGISTERS: dict[str, Case] = {
    "no table": ({REGISTER: "a = 3\n"}, REGISTER, 1, "needs-table"),
    "a fact twice": ({REGISTER: FACTS + FACTS}, REGISTER, 19, "bad-toml"),
    "a name of words": (
        {REGISTER: '["A b"]\n' + TEXT}, REGISTER, 1, "bad_fact",
    ),
    "a long name": fact(TEXT, "bad_fact", "n" * 61),
    "no value": fact('kind = "text"', "needs-text"),
    "a number for a value": fact('kind = "text"\nvalue = 3', "needs-text"),
    "an unknown kind": fact('kind = "spell"\nvalue = "a"', "unknown-choice"),
    "two kinds": fact('kind = ["text"]\nvalue = "a"', "unknown-choice"),
    "a value of two lines": fact('kind = "text"\nvalue = "a\\nb"', "bad_fact"),
    "a value with NUL": fact('kind = "text"\nvalue = "a\\u0000"', "bad_fact"),
    "a value that turns": fact('kind = "text"\nvalue = "\\u202e999"', "bad_fact"),
    "a long value": fact(f'kind = "text"\nvalue = "{"a" * 401}"', "bad_fact"),
    "an owner's life": fact(TEXT + f'owner = "{"a" * 121}"', "bad_fact"),
    "a source's life": fact(TEXT + f'source = "{"a" * 401}"', "bad_fact"),
    "a label in no language": fact(TEXT + 'label = {xx = "a"}', "unknown-locale"),
    "a label's number": fact(TEXT + "label = {en = 1}", "needs-table"),
    "a value in no language": fact(TEXT + 'values = {url = "a"}', "unknown-locale"),
    "a local value that is no phone": fact(
        'kind = "phone"\nvalue = "999"\nvalues = {ur = "ring me"}', "bad_fact"
    ),
    "a date in quotes": fact(TEXT + 'check_by = "2027-01-01"', "needs-date"),
    "a date and an hour": fact(TEXT + "check_by = 2027-01-01T00:00:00", "needs-date"),
    "30 February": (
        {REGISTER: f"{FACTS}[new]\n{TEXT}check_by = 2027-02-30\n"}, REGISTER, 22, "bad-toml",
    ),
    "urgent beyond number": fact(TEXT + "urgent = " + "9" * 30, "needs-int"),
    "urgent below zero": fact(TEXT + "urgent = -1", "needs-int"),
    "urgent in truth": fact(TEXT + "urgent = true", "needs-int"),
    "a fact nobody reads": fact(TEXT + "colour = 1", "unknown-key"),
    **{
        f"{kind} {value}": fact(f'kind = "{kind}"\nvalue = "{value}"', "bad_fact")
        for kind, values in {
            "phone": (
                "call us", "0", "<b>01632 960001", "tel:01632960001", "01632 96OOO1",
                "01632 960001;ext=3", "٠١٦٣٢ ٩٦٠٠٠١", "javascript:01632960001",
            ),
            "url": (
                "javascript:alert(1)", "//evil.example", "ftp://a.example", "https://",
                "https:// a", "https://a.example/<b>", "https://a.example\\u202e/",
                "https://me:pw@evil.example",
            ),
            "email": (
                "a", "a@b", "a b@c.example", "a@b.example?bcc=c@d.example",
                "a@b.example,c@d.example",
            ),
        }.items()
        for value in values
    },
}  # fmt: skip
