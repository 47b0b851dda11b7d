"""The server minds the last mark of a text: what it spoilt is as the model had it."""

import pytest

from welcome.translation.machine.libretranslate.mending import is_whole, mend


@pytest.mark.parametrize(
    ("source", "said", "target", "mended"),
    [
        # Heard from the real one.
        ("Welcome.", "خوش آمدید۔.", "ur", "خوش آمدید۔"),
        ("Where is it?", "میری پر کے نکل کریں۔?", "ur", "میری پر کے نکل کریں۔"),
        ("Where is it?", "أين هو؟?", "ar", "أين هو؟"),
        ("Where is it?", "کجاست؟ ?", "fa", "کجاست؟"),
        ("Welcome.", "स्वागत है।.", "hi", "स्वागत है।"),
        ("Welcome.", "እንኳን ደህና መጡ።.", "am", "እንኳን ደህና መጡ።"),
        ("Wait.", "Attendez….", "fr", "Attendez…"),
        ("He said yes.", "Il a dit « oui.».", "fr", "Il a dit « oui.»"),
        ("Is it?", "是吗？?", "zh-Hans", "是吗？"),
        # Replaced, not doubled.
        ("Welcome.", "欢迎.", "zh-Hans", "欢迎。"),
        ("Welcome.", "歡迎.", "zh-Hant", "歡迎。"),
        ("Where is it?", "Πού είναι?", "el", "Πού είναι;"),
        ("Welcome.", "ยินดีต้อนรับ.", "th", "ยินดีต้อนรับ"),
        # Nothing was spoilt.
        ("Welcome.", "Bienvenue.", "fr", "Bienvenue."),
        ("Welcome.", "أهلا بك.", "ar", "أهلا بك."),
        ("Welcome", "خوش آمدید۔", "ur", "خوش آمدید۔"),
        ("Wait….", "Attendez….", "fr", "Attendez…."),
        ("Wait...", "等等...", "zh-Hans", "等等..."),
        ("Call ⟦1⟧.", "Appelez ⟦1⟧.", "fr", "Appelez ⟦1⟧."),
        ("Go!", "去!", "zh-Hans", "去!"),
        ("Welcome.", "", "ur", ""),
        (".", ".", "ur", "."),
        ("", "x.", "ur", "x."),
        # What no page can hold.
        ("A b.", " A\x00\nb.\u2028", "fr", "A b."),
    ],
)
def test_marks(source, said, target, mended):
    assert mend(source, said, target) == mended


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("Appelez ⟦1⟧ ou X2Q.", True),
        ("x 2 q ou ⟦ 1 ⟧", True),
        ("Appelez ⟦1⟧.", False),
        ("⟦1⟧ ⟦1⟧ X2Q", False),
        ("⟦1⟧ X2Q ⟦3⟧", False),
        ("Lundi lundi, lundi ⟦1⟧ X2Q", False),
    ],
)
def test_an_answer_is_whole_with_all_sentinels_and_no_rounds(said, whole):
    assert is_whole("Call ⟦1⟧ or X2Q.", said) is whole
