"""Markup and language: what must pass, what must not, and that nothing crashes."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from welcome.locales import registry
from welcome.phrases import codes
from welcome.phrases.codes.findings import PHRASES
from welcome.translation.checks import Finding, Severity, blocking, run

from . import test_values


def sentence(finding: Finding) -> str:
    return codes.word("en", finding.code, **finding.params)


LONG = "You can register with a family doctor near you. It is free for everyone."

SOUND = [
    ("ar", LONG, "يمكنك التسجيل لدى طبيب أسرة قريب منك. هذا مجاني للجميع."),
    (
        "ur",
        LONG,
        "آپ اپنے قریب فیملی ڈاکٹر کے پاس رجسٹر ہو سکتے ہیں۔ یہ سب کے لیے مفت ہے۔",
    ),
    ("pl", LONG, "Możesz zarejestrować się u lekarza w pobliżu. To jest bezpłatne."),
    ("pa", LONG, "ਤੁਸੀਂ ਆਪਣੇ ਨੇੜੇ ਡਾਕਟਰ ਕੋਲ ਰਜਿਸਟਰ ਹੋ ਸਕਦੇ ਹੋ। ਇਹ ਸਭ ਲਈ ਮੁਫ਼ਤ ਹੈ।"),
    ("zh-Hans", LONG, "您可以在附近的家庭医生处登记。这对所有人都是免费的。"),
    ("ar", "Call {{emergency}} now.", "اتصل بـ {{emergency}} الآن."),
    (
        "pl",
        "See the [NHS site](https://www.nhs.uk).",
        "Zobacz [stronę NHS](https://www.nhs.uk).",
    ),
    ("pl", "**Free** for all.", "**Bezpłatnie** dla wszystkich."),
    ("ur", "Do you need help?", "کیا آپ کو مدد چاہیے؟"),
    ("zh-Hans", "Ask `NHS App` users.", "询问 `NHS App` 用户。"),
    ("ar", "Walsall Council", "Walsall Council"),
    ("pl", "Write %(name)s here.", "Wpisz tu %(name)s."),
    ("pl", "A 5 * 3 table.", "Tabela 5 * 3."),
    (
        "ur",
        "**Modern Slavery & Exploitation Helpline,** free: {{line}}",
        "**Modern Slavery & Exploitation Helpline،** مفت: {{line}}",
    ),
    (
        "uk",
        "Say: “I need help with my mental health.”",
        "Скажіть: “I need help with my mental health” (мені потрібна допомога).",
    ),
    (
        "pl",
        "Ask the [Local Government and Social Care Ombudsman](https://www.lgo.org.uk).",
        "Zapytaj [Local Government and Social Care Ombudsman](https://www.lgo.org.uk).",
    ),
]

WRONG = [
    ("empty", "ar", LONG, " \n"),
    ("same-as-source", "pl", LONG, LONG),
    ("same-as-source", "ar", LONG, f" {LONG}  "),
    ("same-as-source", "ar", f"**{LONG}**", f"**{LONG}**"),
    ("same-as-source", "pl", "Ask **here** for help.", "Ask **here** for help."),
    ("script", "ar", LONG, "Mozesz zarejestrowac sie u lekarza w poblizu, za darmo."),
    ("script", "pl", LONG, "Ви можете зареєструватися у лікаря поблизу безкоштовно."),
    ("script", "zh-Hans", LONG, "यह सब के लिए मुफ़्त है और आप अपने पास के डॉक्टर से मिल सकते हैं"),
    ("fact-missing", "ar", "Call {{emergency}}.", "اتصل بـ ٩٩٩."),
    ("fact-extra", "ur", "Call us.", "{{emergency}} پر کال کریں۔"),
    ("fact-extra", "ar", "Call {{nhs}}.", "اتصل بـ {{nhs}} أو {{طوارئ}}."),
    ("placeholder", "pl", "Hello %(name)s, hello.", "Witaj, witaj."),
    ("placeholder-extra", "pl", "Hello there.", "Witaj {name}."),
    ("link-count", "pl", "See [this](https://a.org/x).", "Zobacz to."),
    ("link-contact", "pl", "[Call](tel:+441922650000)", "[Zadzwoń](tel:+441922650001)"),
    ("broken-markup", "pl", "**Free** for all.", "** Bezpłatnie** dla wszystkich."),
    ("broken-markup", "ar", "Some **free** help.", "بعض **المساعدة المجانية."),
    ("broken-markup", "pl", "Use `this` word.", "Użyj `tego słowa."),
    ("broken-markup", "pl", "It is free.", "To jest <b>bezpłatne</b>."),
    ("too-heavy", "pl", "It is free.", "[" * 201),
]

DOUBTFUL = [
    ("same-as-source", "ar", "**Leave to remain**", "**Leave to remain**"),
    ("link-changed", "pl", "[a](https://nhs.uk/a)", "[a](https://nhs.com/a)"),
    ("link-localised", "pl", "[a](https://nhs.uk/a)", "[a](https://pl.nhs.uk/b)"),
    ("address", "pl", "See www.gov.uk/help now.", "Zobacz teraz."),
    ("code", "pl", "Ask for `HC1` now.", "Poproś o `HC2` teraz."),
    (
        "source-left",
        "ar",
        LONG,
        f"يمكنك التسجيل. {LONG[:46]}. هذا مجاني للجميع في كل مكان.",
    ),
    ("too-short", "pl", LONG, "Tak."),
    ("too-long", "pl", LONG, "Możesz iść do lekarza. " * 9),
    ("question", "pl", "Do you need help?", "Potrzebujesz pomocy."),
    ("punctuation", "pl", "We help.", "Pomagamy:"),
    ("repeated-word", "pl", "We help you.", "Pomagamy pomagamy ci."),
    ("emphasis", "pl", "**We** help.", "Pomagamy."),
]


@pytest.mark.parametrize(("tag", "source", "target"), SOUND)
def test_a_sound_translation_has_no_findings(
    tag: str, source: str, target: str
) -> None:
    assert run(source, target, tag=tag) == []


@pytest.mark.parametrize(("code", "tag", "source", "target"), WRONG)
def test_what_is_certainly_wrong_blocks(
    code: str, tag: str, source: str, target: str
) -> None:
    found = run(source, target, tag=tag)
    assert code in [each.code for each in found if each.severity is Severity.BLOCKING]
    assert blocking(found)
    assert found[0].severity is Severity.BLOCKING


@pytest.mark.parametrize(("code", "tag", "source", "target"), DOUBTFUL)
def test_what_is_doubtful_does_not_block(
    code: str, tag: str, source: str, target: str
) -> None:
    found = run(source, target, tag=tag)
    assert code in [each.code for each in found]
    assert blocking(found) == []


def test_every_code_has_a_sentence_that_its_findings_fill() -> None:
    seen = set()
    tables = [*WRONG, *DOUBTFUL, *test_values.WRONG, *test_values.DOUBTFUL]
    for _code, tag, source, target in tables:
        for finding in run(source, target, tag=tag):
            assert sentence(finding)
            assert set(re.findall(r"%\((\w+)\)s", PHRASES[finding.code])) == set(
                finding.params
            )
            seen.add(finding.code)
    assert seen == set(PHRASES)


TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(string.digits + "*_`[](){}<>%!?.,:/+-£€$ \n\\#@&"),
        st.sampled_from("٠٥۵੫५万億٫٬،؟ص\u200f\u2066\x02\x03\ufffc\u0300"),
        st.characters(),
    ),
    max_size=80,
)
TAGS = st.sampled_from([locale.tag for locale in registry.every()] + ["x-none", ""])


@settings(deadline=None)
@given(source=TRICKY, target=TRICKY, tag=TAGS)
def test_no_text_crashes_a_check(source: str, target: str, tag: str) -> None:
    found = run(source, target, tag=tag)
    assert len({each.code for each in found}) == len(found)
    assert all(sentence(each) for each in found)


@settings(deadline=None)
@given(text=TRICKY, tag=TAGS)
def test_a_text_never_misses_its_own_values(text: str, tag: str) -> None:
    of_values = {"phone", "phone-extra", "email", "fact-missing", "link-count", "date"}
    codes = {each.code for each in run(text, text, tag=tag)}
    assert not codes & of_values


@settings(deadline=None)
@given(st.integers(10, 10**9), st.integers(10, 10**9))
def test_numbers_compare_by_value(one: int, other: int) -> None:
    arabic = str(other).translate(str.maketrans(string.digits, "٠١٢٣٤٥٦٧٨٩"))
    found = {each.code for each in run(f"A {one:,} b", f"ا {arabic} ب", tag="ar")}
    assert ("number" in found) is (one != other)
