"""Sentences of the languages packs are written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welcome.translation.machine.splitting import split

# Sentences that are cut where two bars stand, and nowhere else.
CASES = [
    "Welcome.",
    "Welcome to Walsall",
    "One. || Two.",
    "Go now! || Do not wait.",
    "Are you ill? || Call 111.",
    "Wait… || Then call.",
    "Really?! || Yes.",
    "Dr. Khan is in. || Ask for him.",
    "See Mr. and Mrs. Fielding. || They help.",
    "Ask e.g. your school. || It helps.",
    "Bring papers, i.e. your passport.",
    "The office opens at 9 a.m. and closes at 5 p.m. on Mondays.",
    "The office closes at 5 p.m. || Come early.",
    "It is open 9.30 to 17.00. || Ring first.",
    "Call 01922 650000. || Ask for Housing.",
    "Call 01922 650000. Lines are open.".replace(". L", ". || L"),
    "It costs £2.50. || Children travel free.",
    "1. Go to the desk.",
    "2. Ask for the form. || Fill it in.",
    "Page 7. || Read it.",
    "Go to www.walsall.gov.uk. || Choose housing.",
    "Write to help@example.org. || We answer.",
    "J. Smith lives here.",
    "It is at St. Paul's Crossing. || Go in.",
    "Tel. 112 is free.",
    "He said “Come in.” || She came.",
    "(Ask first.) || Then go.",
    "“Are you in?” she asked.",
    "This is version 2.0. || It is new.",
    "Read it etc. and go.",
    "See ⟦1⟧. || Then ask.",
    "See (⟦1⟧). || Then ask ⟦2⟧.",
    "⟦1⟧ opens at ⟦2⟧. || ⟦3⟧ closes.",
    "X1Q opens. || X2Q closes.",
    "The No. 51 bus stops here. || Get on.",
    "approx. 10 minutes. || Walk.",
    "Bienvenue à Walsall. || Vous êtes chez vous.",
    "Appelez M. Martin. || Il vous aidera.",
    "Est-ce gratuit ? || Oui.",
    "Voir p. 12. || C’est facile.",
    "Witamy w Walsall. || Cieszymy się.",
    "Zadzwoń do dr. Nowak. || Jest miła.",
    "Ul. Szkolna 5 jest blisko.",
    "Można przyjść np. w środę. || Prosimy.",
    "Urząd przy ul. Długiej. || Parter.",
    "Croeso i Walsall. || Rydym yn falch.",
    "Ласкаво просимо. || Ми раді.",
    "Вул. Шкільна поруч. || Ідіть.",
    "Добро пожаловать! || Мы рады.",
    "أهلاً بكم. || نحن سعداء.",
    "هل أنت مريض؟ || اتصل الآن.",
    "خوش آمدید۔ || ہمیں خوشی ہے۔",
    "کیا آپ بیمار ہیں؟ || 111 پر کال کریں۔",
    "स्वागत है। || हम खुश हैं।",
    "ਜੀ ਆਇਆਂ ਨੂੰ। || ਅਸੀਂ ਖੁਸ਼ ਹਾਂ।",
    "স্বাগতম। || আমরা খুশি।",
    "欢迎。 || 请打电话。",
    "欢迎！ || 你好吗？ || 请进。",
    "他说：“请进。” || 我进去了。",
    "እንኳን ደህና መጣችሁ። || ደስ ብሎናል።",
    "Willkommen. || Wir freuen uns.",
    "Bring z.B. den Pass mit.",
    "ok. that is all",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_are_cut_where_they_end(case: str) -> None:
    wanted = [each.strip() for each in case.split("||")]
    text = case.replace(" ||", "")
    assert split(text) == wanted


def test_scripts_without_blanks_are_cut_too() -> None:
    assert split("欢迎来到这里。请打电话。") == ["欢迎来到这里。", "请打电话。"]


def test_lines_are_no_sentences() -> None:
    assert split("You can register\nwith a doctor.\nIt is free.") == [
        "You can register with a doctor.",
        "It is free.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split(text) == []


@given(st.text(max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
