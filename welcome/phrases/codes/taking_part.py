"""Words for taking part: languages that CLDR has no name for, forms, areas."""

from welcome.phrases.catalogues import mark

LANGUAGES = {
    "language.aii": mark("Assyrian (Sureth)"),
    "language.apd": mark("Sudanese Arabic"),
    "language.bal": mark("Balochi"),
    "language.bfi": mark("British Sign Language (BSL)"),
    "language.ckb": mark("Kurdish (Sorani)"),
    "language.cmn": mark("Chinese (Mandarin)"),
    "language.din": mark("Dinka"),
    "language.fa": mark("Farsi (Persian)"),
    "language.hak": mark("Chinese (Hakka)"),
    "language.haz": mark("Hazaragi"),
    "language.jam": mark("Jamaican Patois"),
    "language.kmr": mark("Kurdish (Kurmanji, Badini)"),
    "language.kri": mark("Krio"),
    "language.ktu": mark("Kituba"),
    "language.mnk": mark("Mandinka"),
    "language.nan": mark("Chinese (Hokkien)"),
    "language.other:makaton": mark("Makaton"),
    "language.phr": mark("Pahari-Pothwari (Mirpuri)"),
    "language.prs": mark("Dari"),
    "language.rom": mark("Romani"),
    "language.skr": mark("Saraiki"),
    "language.syl": mark("Sylheti"),
    "language.yue": mark("Chinese (Cantonese)"),
}

RULES = {
    "no_language": mark("“%(text)s” is not the name of a language. Please look again."),
    "language_too_wide": mark(
        "“%(text)s” can mean languages that differ much. Please choose one: %(choices)s."
    ),
    "bad_areas": mark("The file was not taken in: %(why)s. Nothing was changed."),
    "scheme_not_open": mark(
        "The buddy scheme is not open here yet. Please try again later."
    ),
    "form_too_old": mark(
        "This form was open too long, so it was not sent. Please start again."
    ),
}

ACTS = {
    "areas.imported": mark("Areas taken in"),
}

PHRASES = {**LANGUAGES, **RULES, **ACTS}
