"""What is read from left to right: which letters, digits and marks belong to it."""

from itertools import pairwise

import pytest

from welcome.editions.markup import FactValue, to_html
from welcome.locales.directions import isolate
from welcome.locales.foreign_runs import BREAK, OBJECT, find_runs

PHONE = FactValue("phone", "01632 960001")
HOLDS = '<bdi dir="ltr">'


def runs(text: str, *elements: tuple[int, int], is_rtl: bool = True) -> list[str]:
    found = find_runs(text, elements, is_rtl=is_rtl)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A quotation has its marks and its own stop.
        ("کہیں: “I need an interpreter.” پھر", ["“I need an interpreter.”"]),
        ("کہیں: “I need an interpreter”۔", ["“I need an interpreter”"]),
        ("قولوا: “I need an interpreter”.", ["“I need an interpreter”"]),
        ("کہیں “interpreter, please” (ترجمان)۔", ["“interpreter, please”"]),
        ("‘I don’t know.’ پھر", ["‘I don’t know.’"]),
        ('"Hello, world!" پھر', ['"Hello, world!"']),
        ("پھر «Yes, please.»", ["«Yes, please.»"]),
        ("„Dzień dobry!“ پھر", ["„Dzień dobry!“"]),
        (f"“Call {OBJECT} now!” پھر", [f"“Call {OBJECT} now!”"]),
        ("“Call me,\nplease.” پھر", ["“Call me,\nplease.”"]),
        # These quote our own words, or nothing.
        ("“میں مریض ہوں”", []),
        ("“کہیں GP.”", ["GP"]),
        ('"اردو" GP "اردو"', ["GP"]),
        ("“!” پھر “Yes", ["Yes"]),
        # The sentence's own stop, comma and brackets stay outside.
        ("يُسمّى GP.", ["GP"]),
        ("اسے share code. کہیں", ["share code"]),
        ("گھر (Home Office) میں، فارم (HC1).", ["Home Office", "HC1"]),
        ("GP، NHS؛ ARC", ["GP", "NHS", "ARC"]),
        ("A&E (Accident and Emergency) میں", ["A&E", "Accident and Emergency"]),
        # Marks that Arabic script does not use are the foreign words'.
        ("پوچھیں What is your postcode? پھر", ["What is your postcode?"]),
        ("شام Walsall, WS1 1TP، رات", ["Walsall, WS1 1TP"]),
        ("Modern Slavery & Exploitation، مفت", ["Modern Slavery & Exploitation"]),
        ("سے 9 a.m. تک", ["9 a.m."]),
        ("سے (weekdays, 9 a.m.) تک", ["weekdays, 9 a.m."]),
        # Numbers, and what belongs to them.
        ("18:00–20:00 یا 9am – 5pm۔", ["18:00–20:00", "9am – 5pm"]),
        ("£10.50 – £20 یا 50%۔", ["£10.50 – £20", "50%"]),
        ("5, 6, 7 اور", ["5", "6", "7"]),
        ("GP – NHS اور", ["GP", "NHS"]),
        ("(01632 960001) پر", ["01632 960001"]),
        ("01632 960001 (24 گھنٹے)", ["01632 960001", "24"]),
        ("+44 (0)1632 960001.", ["+44 (0)1632 960001"]),
        ("(01632) 960001 پر", ["(01632) 960001"]),
        ("01632 960001. 5 لوگ", ["01632 960001", "5"]),
        ("٠٣٠٠ ١٢٣ ٤٥٦٧۔", ["٠٣٠٠ ١٢٣ ٤٥٦٧"]),
        # Addresses end before the sentence does.
        ("لکھیں a.b@c.example. پھر", ["a.b@c.example"]),
        ("(https://a.example/b?c=d)، پھر", ["https://a.example/b?c=d"]),
        ("www.a.example۔", ["www.a.example"]),
        # Other scripts that run from left to right.
        ("ہندی हिन्दी में اور 中文", ["हिन्दी में", "中文"]),
        ("I need\nhelp کہیں", ["I need\nhelp"]),
        (f"GP{BREAK}NHS میں", ["GP", "NHS"]),
    ],
)
def test_runs_in_a_right_to_left_paragraph(text: str, wanted: list[str]) -> None:
    assert runs(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I need help now.", ["I need help now."]),
        (f"Call {OBJECT}. Say “help”.", [f"Call {OBJECT}. Say “help”."]),
        (" What is it? ", ["What is it?"]),
        ("GOV.UK.", ["GOV.UK"]),
        (f"Samaritans: {OBJECT}", ["Samaritans"]),
    ],
)
def test_a_paragraph_that_is_all_foreign(text: str, wanted: list[str]) -> None:
    assert runs(text) == wanted


@pytest.mark.parametrize(
    ("bold", "wanted"),
    [
        ("I need help.", "I need help."),
        ("Universal Credit.", "Universal Credit"),
        ("share code.", "share code"),
        ("Childline،", "Childline"),
        ("Help!", "Help"),
    ],
)
def test_bold_words_have_a_stop_where_they_are_a_sentence(
    bold: str, wanted: str
) -> None:
    assert runs(f"کہیں {bold} پھر", (5, 5 + len(bold))) == [wanted]


def test_a_left_to_right_text_keeps_numbers_and_addresses_only() -> None:
    text = "Call (01632 960001) “now” at 16:00. See https://a.example."
    wanted = ["01632 960001", "16:00", "https://a.example"]
    assert runs(text, is_rtl=False) == wanted


@pytest.mark.parametrize(
    ("rendered", "wanted"),
    [
        # One run, whatever it is made of.
        (
            "<p>“I need <strong>help</strong> now.” پھر</p>",
            "<p>[“I need <strong>help</strong> now.”] پھر</p>",
        ),
        (
            "<p>کہیں <strong>I need</strong> help</p>",
            "<p>کہیں [<strong>I need</strong> help]</p>",
        ),
        (
            "<p>I need <em><strong>help</strong></em> پھر</p>",
            "<p>[I need <em><strong>help</strong></em>] پھر</p>",
        ),
        # A stop beside a bold word is the sentence's.
        (
            "<p>یہ <strong>share code</strong>.</p>",
            "<p>یہ <strong>[share code]</strong>.</p>",
        ),
        # Elements that end inside a run are not torn.
        (
            "<p><strong>کہیں I need</strong> help</p>",
            "<p><strong>کہیں [I need]</strong> [help]</p>",
        ),
        # What is isolated already stays as it is, in a run or beside it.
        ("<p>NHS <code>16:00</code> GP</p>", "<p>[NHS] <code>16:00</code> [GP]</p>"),
        (
            "<p>“Text <code>yes</code>.” پھر</p>",
            "<p>[“Text <code>yes</code>.”] پھر</p>",
        ),
        ("<pre><code>NHS\n16:00</code></pre>", "<pre><code>NHS\n16:00</code></pre>"),
        # A line ends with its block, or where it is broken.
        ("<ul><li>GP</li><li>NHS</li></ul>", "<ul><li>[GP]</li><li>[NHS]</li></ul>"),
        ("<p>GP<br />\nNHS</p>", "<p>[GP]<br />\n[NHS]</p>"),
        ("<p>GP <img src=a.png /> NHS</p>", "<p>[GP] <img src=a.png /> [NHS]</p>"),
        ("<p>A &amp; B &lt; 5</p>", "<p>[A &amp; B] &lt; 5</p>"),
    ],
)
def test_runs_are_wrapped_across_elements(rendered: str, wanted: str) -> None:
    wanted = wanted.replace("[", HOLDS).replace("]", "</bdi>")
    assert isolate(rendered, is_rtl=True) == wanted


def test_facts_stand_in_a_quotation_and_beside_brackets() -> None:
    facts = {"tel": PHONE}
    rendered = to_html("“Call {{tel}}!” یا ({{tel}}).", direction="rtl", facts=facts)
    link = f'{HOLDS}<a href="tel:01632960001" rel="noopener noreferrer">01632 960001'
    assert f"{HOLDS}“Call {link}</a></bdi>!”</bdi> یا ({link}</a></bdi>)." in rendered
