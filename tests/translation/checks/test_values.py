"""Values by what they mean, in any digits: what must pass and what must not."""

import pytest

from welcome.phrases import codes as phrases
from welcome.translation.checks import Severity, run

SOUND = [
    # phones
    ("ar", "Call 01922 650000.", "اتصل بالرقم ٠١٩٢٢ ٦٥٠٠٠٠."),
    ("ur", "Call 01922 650000.", "۰۱۹۲۲ ۶۵۰۰۰۰ پر کال کریں۔"),
    ("fa", "Call +44 20 7946 0958.", "با \u2066+۴۴ ۲۰ ۷۹۴۶ ۰۹۵۸\u2069 تماس بگیرید."),
    ("pl", "Call 0300 123 1234.", "Zadzwoń pod +44 300 123 1234."),
    ("pa", "Call 01632 960001.", "01632-960001 ਉੱਤੇ ਫ਼ੋਨ ਕਰੋ।"),
    ("pa", "Call 0800 1111.", "੦੮੦੦ ੧੧੧੧ ਉੱਤੇ ਫ਼ੋਨ ਕਰੋ।"),
    ("zh-Hans", "Call 116 123, free.", "请拨打116123，免费。"),
    ("bn", "Call 999 or 111.", "৯৯৯ বা ১১১ নম্বরে ফোন করুন।"),
    # thousands and decimals
    ("pl", "About 1,000 people and 2.5 km.", "Około 1 000 osób i 2,5 km."),
    ("pl", "About 285,500 people live here.", "Mieszka tu około 285\u00a0500 osób."),
    ("ar", "About 12,500 people.", "حوالي ١٢٬٥٠٠ شخص."),
    ("ar", "It is 2.5 miles away.", "يبعد ٢٫٥ ميل."),
    ("hi", "About 100,000 people.", "लगभग 1,00,000 लोग।"),
    ("hi", "About 100,000 people.", "लगभग १ लाख लोग।"),
    ("zh-Hans", "About 50,000 people.", "大约5万人。"),
    ("ur", "About 20,000 people.", "تقریباً 20 ہزار لوگ۔"),
    ("uk", "About 20,000 people.", "Близько 20 тис. людей."),
    # money
    ("ar", "It costs £12.50.", "التكلفة ١٢٫٥٠ جنيه إسترليني."),
    ("ur", "It costs £12.50.", "اس کی قیمت 12.50 پاؤنڈ ہے۔"),
    ("pl", "You get £1,000.", "Dostaniesz 1000 funtów."),
    ("pl", "You get £1,000.50.", "Dostaniesz 1.000,50 £."),
    ("pa", "It costs £20.", "ਇਸ ਦੀ ਕੀਮਤ ੨੦ ਪੌਂਡ ਹੈ।"),
    ("zh-Hans", "A ticket is 50p.", "车票50便士。"),
    ("zh-Hans", "You can get £50,000.", "你可以得到5万英镑。"),
    ("pl", "A fine of £5 million.", "Kara 5 mln funtów."),
    # times
    ("ar", "Open 9am to 5.30pm.", "نفتح من الساعة ٩ صباحًا إلى ٥:٣٠ مساءً."),
    ("ur", "Open 9am to 5pm.", "صبح 9 بجے سے شام 5 بجے تک کھلا ہے۔"),
    ("pa", "Open 9am to 5pm.", "ਸਵੇਰੇ 9 ਵਜੇ ਤੋਂ ਸ਼ਾਮ 5 ਵਜੇ ਤੱਕ ਖੁੱਲ੍ਹਾ ਹੈ।"),
    ("pl", "Open 9am to 5pm.", "Otwarte od 9 do 17."),
    ("pl", "Open 9:30am to 5pm.", "Otwarte w godz. 9.30–17.00."),
    ("uk", "Open 9am to 5pm.", "Відчинено з 9:00 до 17:00."),
    ("zh-Hans", "Open 9am to 5pm.", "上午9点至下午5点开放。"),
    ("bn", "Open 9am to 5pm.", "সকাল ৯টা থেকে বিকেল ৫টা পর্যন্ত খোলা।"),
    ("ar", "Come at 17:00.", "تعال الساعة ٥ مساءً."),
    ("ur", "Lunch is at 12pm.", "کھانا دوپہر 12 بجے ہے۔"),
    ("ti", "Open at 9am.", "ሰዓት 3 ይኽፈት።"),
    ("pl", "Open 9.30 to 17.00.", "Otwarte 9:30–17:00."),
    # dates
    ("ar", "Apply by 5 May 2026.", "قدّم قبل ٥ مايو ٢٠٢٦."),
    ("pl", "Apply by 05/12/2026.", "Złóż wniosek do 5 grudnia 2026."),
    ("pl", "Apply by 5 May 2026.", "Złóż wniosek do 05.05.2026."),
    ("zh-Hans", "Apply by 15 May 2026.", "请在2026年5月15日之前申请。"),
    ("pa", "Apply by 5 May 2026.", "੫ ਮਈ ੨੦੨੬ ਤੱਕ ਅਰਜ਼ੀ ਦਿਓ।"),
    ("th", "Apply by 5 May 2026.", "สมัครภายใน 5 พฤษภาคม 2569"),
    # names and phrases that are no amounts
    ("ar", "You can call 24 hours a day.", "يمكنك الاتصال على مدار الساعة."),
    ("pl", "Because of COVID-19 we are closed.", "Z powodu koronawirusa zamknięte."),
    # a digit may become a word
    ("pl", "You need 2 letters.", "Potrzebujesz dwóch listów."),
    # e-mail
    ("ur", "Write to Help@Example.org.", "help@example.org پر لکھیں۔"),
]

WRONG = [
    ("phone", "ar", "Call 01922 650000.", "اتصل بالرقم ٠١٩٢٢ ٦٥٠٠٠١."),
    ("phone", "ur", "Call 01632 960001.", "01632 960010 پر کال کریں۔"),
    ("phone", "pl", "Call 0300 123 1234.", "Zadzwoń do nas."),
    ("phone-extra", "pl", "Call us.", "Zadzwoń: 0300 123 1234."),
    ("number", "bn", "Call 999.", "৯৯৮ নম্বরে ফোন করুন।"),
    ("number", "zh-Hans", "Call 111.", "请拨打112。"),
    ("number", "pl", "Children over 16.", "Dzieci powyżej 18 lat."),
    ("number", "ar", "About 12,500 people.", "حوالي ١٢٥٠ شخص."),
    ("number", "zh-Hans", "About 50,000 people.", "大约50万人。"),
    ("number", "pl", "£16 for people over 16.", "16 £ dla osób powyżej 17 lat."),
    ("money", "ar", "It costs £12.50.", "التكلفة ١٢٥٠ جنيه إسترليني."),
    ("money", "pl", "It costs £20.", "Kosztuje 20 euro."),
    ("money", "ur", "It costs £20.", "اس کی قیمت 30 پاؤنڈ ہے۔"),
    ("time", "ur", "Open 9am to 5pm.", "صبح 9 بجے سے صبح 5 بجے تک کھلا ہے۔"),
    ("time", "pl", "Open 9am to 5pm.", "Otwarte od 9 do 16."),
    ("time", "ar", "Open 9:30am to 5pm.", "نفتح من ٩:٠٠ صباحًا إلى ٥ مساءً."),
    ("time", "pa", "Open until 5pm.", "ਸ਼ਾਮ 6 ਵਜੇ ਤੱਕ ਖੁੱਲ੍ਹਾ ਹੈ।"),
    ("date", "pl", "Apply by 5 May 2026.", "Złóż wniosek do 06.05.2026."),
    ("date", "pl", "Apply by 05/06/2026.", "Złóż wniosek do 06/05/2026."),
    ("date", "ar", "Apply by 5 May 2026.", "قدّم قبل ٥ مايو ٢٠٢٧."),
    ("email", "ur", "Write to help@example.org.", "help@example.com پر لکھیں۔"),
    ("email", "pl", "Write to help@example.org.", "Napisz do nas."),
]

DOUBTFUL = [
    ("number-digit", "pl", "Bring 2 letters.", "Przynieś 3 listy."),
    ("number-extra", "pl", "Call us soon.", "Zadzwoń wkrótce: 999."),
    ("money-currency", "so", "It costs £20.", "Waa 20."),
    ("time-unclear", "pl", "Open until 5pm.", "Otwarte do 5."),
]


def codes(tag: str, source: str, target: str, *severities: Severity) -> list[str]:
    found = run(source, target, tag=tag)
    return [each.code for each in found if each.severity in severities]


@pytest.mark.parametrize(("tag", "source", "target"), SOUND)
def test_a_sound_translation_is_not_stopped(tag: str, source: str, target: str) -> None:
    assert codes(tag, source, target, Severity.BLOCKING, Severity.WARNING) == []


@pytest.mark.parametrize(("code", "tag", "source", "target"), WRONG)
def test_a_wrong_value_blocks(code: str, tag: str, source: str, target: str) -> None:
    assert codes(tag, source, target, Severity.BLOCKING) == [code]


@pytest.mark.parametrize(("code", "tag", "source", "target"), DOUBTFUL)
def test_a_doubtful_value_is_said_but_does_not_block(
    code: str, tag: str, source: str, target: str
) -> None:
    assert codes(tag, source, target, Severity.BLOCKING) == []
    assert code in codes(tag, source, target, Severity.WARNING, Severity.NOTE)


def test_one_finding_names_every_missing_amount() -> None:
    found = run("£10 or £20 or £30", "10 £", tag="pl")
    money = next(each for each in found if each.code == "money")
    assert money.params["missing"] == "£20, £30"


def test_phones_are_dialled_from_the_region() -> None:
    pair = ("Call 030 901820.", "Zadzwoń pod +49 30 901820.")
    assert [each.code for each in run(*pair, tag="pl", region="DE")] == []
    assert "phone" in [each.code for each in run(*pair, tag="pl", region="GB")]


def test_a_phone_number_is_named_as_the_source_writes_it():
    (found,) = run("Call 01632 960777.", "کال کریں۔", tag="ur", region="GB")
    assert found.params == {"missing": "01632 960777", "found": "–"}
    said = phrases.word("en", found.code, **found.params)
    assert "01632 960777 is missing: the translation has no phone number" in said
    wrong = "01632 960778 پر کال کریں۔"
    (found,) = run("Call 01632 960777.", wrong, tag="ur", region="GB")
    assert found.params == {"missing": "01632 960777", "found": "01632 960778"}
