"""How people write the names of languages themselves, in whichever script they use.

What CLDR knows is not repeated here. Names are compared folded: keyboards write the
same letter in several ways.
"""

import unicodedata
from collections.abc import Mapping

# code: names as its speakers or their neighbours write them.
SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "aii": ("Sureth", "Suret", "ܐܬܘܪܝܐ", "آشوري", "سورث"),
    "apd": ("سوداني", "العربية السودانية", "Sudani"),
    "ar": (
        "عربي", "عربية", "العربية", "الفصحى", "Arabi", "Darija", "الدارجة", "دارجة",
        "عراقي", "سوري", "شامي", "مصري", "مغربي", "Iraqi Arabic", "Syrian Arabic",
        "Egyptian Arabic", "Moroccan Arabic", "Levantine Arabic", "Yemeni Arabic",
    ),
    "ckb": ("سورانی", "السورانية", "کوردی سۆرانی", "کوردیی ناوەندی", "کردی سورانی"),
    "cmn": ("國語", "国语", "普通話", "官話", "官话", "華語", "华语", "Guoyu"),
    "fa": ("فارسی", "الفارسية", "پارسی", "ایرانی", "فارسی ایرانی"),
    "hak": ("客家话", "客語", "客语"),
    "haz": ("هزارگی", "ہزارگی"),
    "kmr": (
        "کورمانجی", "کرمانجی", "كرمانجي", "الكرمانجية", "بادینی", "Kurmanci", "Kirmanji",
        "کوردی کورمانجی", "Kurdî Kurmancî",
    ),
    "nan": ("闽南语", "閩南話", "闽南话", "台語", "台语", "福建話", "福建话", "Minnan"),
    "pa": ("پنجابی", "ਪੰਜਾਬੀ", "पंजाबी"),
    "phr": (
        "پہاڑی", "پوٹھواری", "پوٹھوہاری", "میرپوری", "Potwari", "Pothohari", "Potohari",
        "पहाड़ी",
    ),
    "prs": ("دری", "فارسی دری", "فارسی افغانی", "Farsi Dari", "Dari Persian"),
    "ps": ("پښتو", "پشتو", "پختو"),
    "rhg": ("روہنگیا", "রোহিঙ্গা", "Rohinga"),
    "skr": ("سرائیکی",),
    "syl": ("সিলেটি", "ছিলটী", "Sylhetti", "Siloti"),
    "yue": ("廣東話", "广东话", "粵語", "粤语", "白話", "白话"),
    "zza": ("Zazakî", "Kirmanckî", "Dimilî", "زازاکی"),
}  # fmt: skip
# The same of names that are too wide to talk in.
WIDE_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "kurdish": (
        "Kurdi", "Kurdî", "Kurdi language", "Kurd", "کوردی", "کردی", "كردي", "كردية",
        "الكردية", "Kürtçe",
    ),
    "chinese": ("中文", "汉语", "漢語", "中国话", "中國話", "汉文", "漢文", "Zhongwen"),
    "sign language": ("لغة الإشارة", "اشاروں کی زبان", "زبان اشاره", "język migowy"),
}  # fmt: skip
# Letters that look or sound alike on Arabic, Persian, Kurdish and Urdu keyboards.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("يىې", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ەۀةھہۃ", "ه"),
        **dict.fromkeys("\u0640\u200b\u200c\u200d\u200e\u200f"),
    }
)


def folded(name: str) -> str:
    """Write a name in the one way in which names are compared.

    Without case, without marks on Latin and Arabic letters, with letters that are
    alike as one.
    """
    plain = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKC", name).casefold()
    )
    letters = "".join(each for each in plain if not _is_mark(each))
    return " ".join(unicodedata.normalize("NFKC", letters).translate(_ALIKE).split())


def _is_mark(letter: str) -> bool:
    """Tell of accents, and of the signs over and under Arabic letters."""
    return "\u0300" <= letter <= "\u036f" or "\u064b" <= letter <= "\u065f"
