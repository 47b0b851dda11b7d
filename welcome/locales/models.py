"""A locale is a value with answers: what we publish in, and how it is set."""

from dataclasses import dataclass
from typing import Literal

import babel

Direction = Literal["ltr", "rtl"]

_FORMS = ("zero", "one", "two", "few", "many", "other")
_TEN_DIGITS = {
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "beng": "০১২৩৪৫৬৭৮৯",
    "deva": "०१२३४५६७८९",
    "gujr": "૦૧૨૩૪૫૬૭૮૯",
    "guru": "੦੧੨੩੪੫੬੭੮੯",
    "hanidec": "〇一二三四五六七八九",
    "latn": "0123456789",
    "mlym": "൦൧൨൩൪൫൬൭൮൯",
    "mymr": "၀၁၂၃၄၅၆၇၈၉",
    "tamldec": "௦௧௨௩௪௫௬௭௮௯",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """A locale of the registry.

    `script` is the ISO 15924 code; `writing` is the hand it is set in, which
    differs only for Nastaliq (`Aran`, a hand of `Arab`). `machine` is the code
    of Argos' public index, or None when it offers no model. `fonts` are the
    families of print in stack order, `print_points` the body size beside
    Noto Sans at 11.5 pt, `web_family` a ready CSS font-family value.
    """

    tag: str
    autonym: str
    english: str
    cldr: str
    machine: str | None
    sort_key: str
    aliases: tuple[str, ...]
    writing: str
    script: str
    direction: Direction
    fonts: tuple[str, ...]
    print_points: float
    web_family: str
    line_height: float
    joined: bool
    italics: bool

    @property
    def is_rtl(self) -> bool:
        """Say whether text runs from right to left."""
        return self.direction == "rtl"

    def babel(self) -> babel.Locale:
        """Give the CLDR locale that dates, numbers and plurals are taken from."""
        return babel.Locale.parse(self.cldr)

    @property
    def plural_forms(self) -> tuple[str, ...]:
        """List the CLDR plural categories this locale tells apart, `other` last."""
        told_apart = self.babel().plural_form.tags | {"other"}
        return tuple(form for form in _FORMS if form in told_apart)

    def plural_form(self, count: int) -> str:
        """Name the plural category of a count."""
        return self.babel().plural_form(count)

    @property
    def digits(self) -> str:
        """Give the script's own ten digits, zero first; print uses Latin ones."""
        native = self.babel().other_numbering_systems.get("native", "latn")
        return _TEN_DIGITS[native]
