"""Patterns that would do harm, made from a small grammar, and the test of harmlessness."""

import re
from collections.abc import Iterator
from itertools import product

import lxml.html

TARGETS = (
    *(
        "1. x",
        "- x",
        "* x",
        "+ x",
        "# x",
        "## x #",
        "> x",
        ": x",
        ":   x",
        "!!! note",
        '!!! note "x"',
    ),
    *(
        "---",
        "***",
        "___",
        "===",
        "a\n\nb",
        "x\n===",
        "x\n---",
        "x\n:   y",
        "a\n- b\n- c",
        "a\n1. b",
    ),
    *(
        "{#id}",
        "x {#id}",
        "x\n{: .button}",
        "{: onclick=alert(1)}",
        "[TOC]",
        " [TOC] ",
        "[x]: /y",
    ),
    *(
        "[x]: https://a.example 'b'",
        "[^1]: note",
        "a | b",
        "| a | b |\n|---|---|",
        "|",
        "||",
        "a\\|b",
    ),
    *(
        "`",
        "``",
        "`a",
        "a`",
        "`a | b",
        "`|`",
        "\\",
        "a\\",
        "\\\\",
        "a\\\\",
        "\\`",
        "```\nx\n```",
        "~~~",
    ),
    *(
        "    code",
        "\tcode",
        "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0000\x03",
        "\x02amp\x03#106;",
        "\x0291\x03",
    ),
    *(
        "<script>",
        "</p><h1>x",
        "<!-- x",
        "&#106;",
        "&lt;b&gt;",
        '"',
        "'",
        '" x="',
        "{{",
        "}}",
        "{{x}}",
    ),
    *(
        "{{a}} {#b}",
        "**a",
        "*",
        "_",
        "a**",
        "[",
        "]",
        "](",
        "![",
        "[a](",
        "[[[[",
        "a  \n- b",
        "#",
        "##",
    ),
    *(
        "a #",
        "a \\#",
        "\u2028- x",
        "\u2029# x",
        "\r- x",
        "a\r\n\r\nb",
        "\x0b",
        "\x85- x",
        "\ud800",
        "\ufeff# x",
    ),
    *(
        "\u202eabc",
        "1986\\. A year",
        "1986. A year",
        "=",
        "==",
        "a\n=",
        ":",
        "a\n:",
        "-",
        "+",
        "a\n-",
    ),
    *(
        "\u00a0- x",
        "\u3000# x",
        "- - - x",
        "> > x",
        "1. - x",
        ">",
        "a\n>",
        "a\n> b",
        "!!!",
        "a\n!!! note\n    b",
    ),
)

SCHEMES = (
    *(
        "javascript:",
        "JaVaScRiPt:",
        " javascript:",
        "java\tscript:",
        "java\nscript:",
        "\x01javascript:",
    ),
    *(
        "javascript&#58;",
        "javascript&colon;",
        "&#106;avascript:",
        "&#x6A;avascript:",
        "java&#x0A;script:",
    ),
    *(
        "java&Tab;script:",
        "&amp;#106;avascript:",
        "javascript\u200b:",
        "\u2028javascript:",
        "javascript\\:",
    ),
    *(
        "vbscript:",
        "data:text/html,",
        "data:text/html;base64,",
        "file:///",
        "blob:",
        "view-source:",
    ),
    *(
        "feed:javascript:",
        "jar:",
        "//evil.example/",
        "\\\\evil.example/",
        "/\\evil.example/",
        "about:",
    ),
)
CALL = "alert(1)"
POSITIONS = (
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "t")',
    "![x]({})",
    "<{}>",
    "[x]: {}\n\n[x] and [y][x] and ![z][x]",
    "## [x]({})",
    "| [x]({}) | b |\n|---|---|\n| ![y]({}) | **[z]({})** |",
    "- [x]({})\n    - ![y]({})",
    "> [x]({})",
    '!!! note "[x]({})"\n    ![y]({})',
    "[![a]({})]({})",
    "T [x]({})\n:   M [x]({})",
    "[x][y [z]({})]({})",
)
TAGS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<a href=javascript:alert(1)>x</a>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<style>@import '//evil.example';</style>",
    "<details open ontoggle=alert(1)>",
    "<form action=javascript:alert(1)><input type=submit>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)</script>",
    "`<script>`<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03<b onclick=alert(1)>",
    "</title></textarea><script>alert(1)</script>",
)
PLACES = (
    "{}",
    "## {}",
    "- {}",
    "> {}",
    "| {} | b |\n|---|---|\n| {} | c |",
    "[{}](/a)",
    "*{}*",
    "T\n:   {}",
)
ATTRIBUTES = (
    "onclick=alert(1)",
    'onclick="alert(1)"',
    "onmouseover='alert(1)'",
    ".button onclick=alert(1)",
    "style=background:url(javascript:alert(1))",
    "href=javascript:alert(1)",
    "src=//evil.example/x.png",
    '#x"onclick=alert(1)',
    '#x" onclick="alert(1)',
    "id='x onclick=alert(1)'",
    "class='a\" onclick=\"alert(1)'",
    "srcdoc=<script>alert(1)</script>",
    "formaction=javascript:alert(1)",
    "data-x=1 autofocus onfocus=alert(1) tabindex=1",
    "xlink:href=javascript:alert(1)",
    "name=body",
)
HOLDERS = (
    "## x {{: {} }}",
    "x\n{{: {} }}",
    "[x](/a){{: {} }}",
    "![x](/a.png){{: {} }}",
    "*x*{{{}}}",
    "**x**{{: {}}}",
    "| x {{: {} }} | b |\n|---|---|\n| c | d |",
    "- x\n{{: {} }}",
)
BREAKOUTS = (
    '[x](/a "b\\" onclick=\\"alert(1)")',
    "[x](/a 'b\" onclick=\"alert(1)')",
    '[x](/a"onclick="alert(1))',
    '![" onerror=alert(1) x="](/a.png)',
    '![x](/a.png" onerror="alert(1))',
    "![x](/a.png '><script>alert(1)</script>')",
    "[x](/a?<script>alert(1)</script>)",
    '<https://a.example/"onclick="alert(1)>',
    "<https://a.example/'><script>alert(1)</script>>",
    '<x"onclick="alert(1)@a.example>',
    '!!! note "x\\" onclick=\\"alert(1)"\n    y',
    '!!! note" onclick="alert(1)\n    y',
    '3" onclick="alert(1). x',
    '{{x" onclick="alert(1)}}',
    "[{{phone}}]({{url}})",
    "## {{phone}} <b onclick=alert(1)>",
)


FRONTS = ("+++\ntitle = '{}'\n+++\nText\n", "---\ntitle: {}\n---\nText\n")


def patterns() -> Iterator[str]:
    """Every hostile document: schemes, tags, attribute lists, break-outs, front matter."""
    for scheme, position in product(SCHEMES, POSITIONS):
        yield position.replace("{}", scheme + CALL)
    for tag, place in product(TAGS, PLACES + FRONTS):
        yield place.replace("{}", tag)
    for attribute, holder in product(ATTRIBUTES, HOLDERS):
        yield holder.format(attribute)
    yield from BREAKOUTS


PLAIN_TAGS = """
h1 h2 h3 h4 h5 h6 p ul li blockquote hr br dl dt dd div pre table thead tbody tr th td
strong em code
"""
ALLOWED = {
    **{tag: {"id", "class"} for tag in PLAIN_TAGS.split()},
    "ol": {"id", "class", "start"},
    "a": {"id", "class", "href", "title", "rel"},
    "img": {"id", "class", "src", "alt", "title"},
    "bdi": {"dir"},
}


def faults(html: str) -> list[str]:
    """What in this HTML a browser could be made to do; empty when it is harmless."""
    found = []
    for element in lxml.html.fragment_fromstring(
        html, create_parent="section"
    ).iterdescendants():
        allowed = ALLOWED.get(str(element.tag))
        if allowed is None:
            found.append(f"<{element.tag}>")
            continue
        found += [
            f"{element.tag} {name}" for name in element.attrib if name not in allowed
        ]
        found += [
            f"href {v!r}" for v in [element.get("href")] if v and not _leads_on(v)
        ]
        found += [f"src {v!r}" for v in [element.get("src")] if v and not _is_near(v)]
    return found


def _as_browser(address: str) -> str:
    """What is left of an address after the URL standard's preparation."""
    stripped = address.strip("".join(map(chr, range(0x21))))
    return re.sub(r"[\t\n\r]", "", stripped).replace("\\", "/").lower()


def _leads_on(address: str) -> bool:
    address = _as_browser(address)
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
    if scheme:
        return scheme[1] in ("http", "https", "mailto", "tel", "sms")
    return not address.startswith("//")


def _is_near(address: str) -> bool:
    address = _as_browser(address)
    return not address.startswith("//") and not re.match(r"[a-z][a-z0-9+.-]*:", address)
