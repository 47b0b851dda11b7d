"""The languages people say they speak, by the code we keep and the names they use.

Codes are BCP 47 primary subtags. A language that is not listed is kept as it is named,
after `other:`. Some names are too wide to talk in: they are answered with a choice.
"""

import unicodedata
from collections.abc import Mapping

from welcome.buddies.rules.spellings import SPELLINGS, WIDE_SPELLINGS, folded

OTHER = "other:"

# code: the English name, then other names that people use for it.
NAMES: Mapping[str, tuple[str, ...]] = {
    "aa": ("Afar",),
    "af": ("Afrikaans",),
    "ak": ("Akan", "Twi", "Fante"),
    "am": ("Amharic",),
    "apd": ("Sudanese Arabic",),
    "ar": ("Arabic",),
    "aii": ("Assyrian", "Assyrian Neo-Aramaic", "Sureth"),
    "az": ("Azerbaijani", "Azeri"),
    "bal": ("Balochi", "Baluchi"),
    "be": ("Belarusian",),
    "bem": ("Bemba",),
    "bfi": ("British Sign Language", "BSL"),
    "bg": ("Bulgarian",),
    "bho": ("Bhojpuri",),
    "bin": ("Edo", "Bini"),
    "bn": ("Bengali", "Bangla"),
    "bo": ("Tibetan",),
    "bs": ("Bosnian",),
    "byn": ("Bilen", "Blin"),
    "ca": ("Catalan",),
    "ckb": ("Sorani", "Kurdish (Sorani)", "Central Kurdish", "Sorani Kurdish"),
    "cmn": ("Mandarin", "Mandarin Chinese", "Putonghua"),
    "cs": ("Czech",),
    "cy": ("Welsh",),
    "da": ("Danish",),
    "de": ("German",),
    "din": ("Dinka",),
    "el": ("Greek",),
    "en": ("English",),
    "es": ("Spanish", "Castilian"),
    "et": ("Estonian",),
    "fa": ("Farsi", "Persian"),
    "ff": ("Fula", "Fulani", "Pulaar"),
    "fi": ("Finnish",),
    "fil": ("Filipino", "Tagalog"),
    "fr": ("French",),
    "ga": ("Irish",),
    "gu": ("Gujarati",),
    "ha": ("Hausa",),
    "hak": ("Hakka",),
    "haz": ("Hazaragi",),
    "he": ("Hebrew",),
    "hi": ("Hindi",),
    "hr": ("Croatian",),
    "ht": ("Haitian Creole",),
    "hu": ("Hungarian",),
    "hy": ("Armenian",),
    "id": ("Indonesian",),
    "ig": ("Igbo",),
    "it": ("Italian",),
    "ja": ("Japanese",),
    "jam": ("Jamaican Patois", "Patois"),
    "ka": ("Georgian",),
    "kk": ("Kazakh",),
    "kmr": ("Kurmanji", "Kurdish (Kurmanji)", "Northern Kurdish", "Badini"),
    "kn": ("Kannada",),
    "ko": ("Korean",),
    "kok": ("Konkani",),
    "kri": ("Krio",),
    "ks": ("Kashmiri",),
    "ktu": ("Kituba",),
    "ky": ("Kyrgyz",),
    "lg": ("Luganda", "Ganda"),
    "ln": ("Lingala",),
    "lt": ("Lithuanian",),
    "lv": ("Latvian",),
    "mg": ("Malagasy",),
    "mk": ("Macedonian",),
    "ml": ("Malayalam",),
    "mn": ("Mongolian",),
    "mnk": ("Mandinka",),
    "mr": ("Marathi",),
    "ms": ("Malay",),
    "mt": ("Maltese",),
    "my": ("Burmese",),
    "nan": ("Hokkien",),
    "ne": ("Nepali",),
    "nl": ("Dutch",),
    "no": ("Norwegian",),
    "nus": ("Nuer",),
    "ny": ("Chichewa", "Nyanja"),
    "om": ("Oromo", "Afaan Oromo", "Oromiffa"),
    "pa": ("Punjabi", "Panjabi"),
    "pcm": ("Nigerian Pidgin", "Pidgin"),
    "phr": ("Pahari-Pothwari", "Pahari", "Pothwari", "Mirpuri"),
    "pl": ("Polish",),
    "prs": ("Dari",),
    "ps": ("Pashto", "Pashtu", "Pushto"),
    "pt": ("Portuguese",),
    "rhg": ("Rohingya",),
    "rn": ("Kirundi", "Rundi"),
    "ro": ("Romanian", "Moldovan"),
    "rom": ("Romani", "Romany", "Romanes"),
    "ru": ("Russian",),
    "rw": ("Kinyarwanda",),
    "sd": ("Sindhi",),
    "si": ("Sinhala", "Sinhalese"),
    "sk": ("Slovak",),
    "skr": ("Saraiki", "Seraiki"),
    "sl": ("Slovenian", "Slovene"),
    "sn": ("Shona",),
    "so": ("Somali",),
    "sq": ("Albanian",),
    "sr": ("Serbian",),
    "ssy": ("Saho",),
    "sv": ("Swedish",),
    "sw": ("Swahili", "Kiswahili"),
    "syl": ("Sylheti",),
    "ta": ("Tamil",),
    "te": ("Telugu",),
    "tg": ("Tajik",),
    "th": ("Thai",),
    "ti": ("Tigrinya",),
    "tig": ("Tigre",),
    "tk": ("Turkmen",),
    "tr": ("Turkish",),
    "ug": ("Uyghur",),
    "uk": ("Ukrainian",),
    "ur": ("Urdu",),
    "uz": ("Uzbek",),
    "vi": ("Vietnamese",),
    "wo": ("Wolof",),
    "yo": ("Yoruba",),
    "yue": ("Cantonese",),
    "zu": ("Zulu",),
    "zza": ("Zazaki", "Zaza"),
}

# Names that hold languages whose speakers do not understand each other.
TOO_WIDE: Mapping[str, tuple[str, ...]] = {
    "ku": ("Kurmanji", "Sorani"),
    "kurdish": ("Kurmanji", "Sorani"),
    "zh": ("Mandarin", "Cantonese", "Hakka", "Hokkien"),
    "chinese": ("Mandarin", "Cantonese", "Hakka", "Hokkien"),
    "sign language": ("British Sign Language", "other:…"),
}


def normalise(name: str) -> str:
    """Write a name in one way: composed, without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


_CODES = {
    folded(each): code
    for names_of in (SPELLINGS, NAMES)
    for code, names in names_of.items()
    for each in names
} | {code: code for code in NAMES}
_WIDE = {folded(each): each for each in TOO_WIDE} | {
    folded(each): wide for wide, names in WIDE_SPELLINGS.items() for each in names
}


def find_code(name: str) -> str | None:
    """Find a listed language by its code or one of its names."""
    return _CODES.get(folded(name))


def code_of_other(name: str) -> str:
    """Make the code of a language by a name that may not be listed."""
    return find_code(name) or OTHER + normalise(name)


def list_choices(name: str) -> tuple[str, ...]:
    """List what to choose from where a name is too wide; nothing where it is not."""
    return TOO_WIDE.get(_WIDE.get(folded(name), ""), ())


def english_name(code: str) -> str:
    """Name a language in English: as it is listed, or as people named it."""
    if code in NAMES:
        return NAMES[code][0]
    return code.removeprefix(OTHER)
