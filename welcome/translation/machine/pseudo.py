"""A translator for trying things out: its text is visibly no language at all."""

import re
from collections.abc import Sequence
from functools import cache

from welcome.locales import registry

from .engine import Answer, Marks

# One letter for each of a to z; what is read must be in the script of its locale,
# or nothing that looks at scripts could be tried.
_ALPHABETS = {
    "Latn": "áḃćďéḟǵĥíĵḱĺḿńóṕqŕśťúṽẃẍýź",
    "Arab": "ابثدعفغهيجكلمنوبقرستوفوخيز",
    "Cyrl": "абцдефгхижклмнопкрстувшкси",
    "Grek": "αβχδεφγηιξκλμνοπθρστυβωξψζ",
    "Guru": "ਅਬਚਦਏਫਗਹਇਜਕਲਮਨਓਪਕਰਸਤਉਵਵਖਯਜ",
    "Deva": "अबचदएफगहइजकलमनओपकरसतउववखयज",
    "Beng": "অবচদএফগহইজকলমনওপকরসতউভবখযজ",
    "Ethi": "አበቸደኤፈገሀኢጀከለመነኦፐቀረሰተኡቨወኸየዘ",
    "Hans": "啊不此得额佛个和衣就可了吗你哦怕去人是他乌我为西要在",
    "Hant": "啊不此得額佛個和衣就可了嗎你哦怕去人是他烏我為西要在",
}
# Figures, and sentinels, which hold some.
_KEPT = re.compile(r"\w*\d\w*")
_VOWELS = frozenset("aeiou")


class PseudoEngine:
    """Accents, or letters of the locale's script; longer than the source; in «»."""

    name = "pseudo"
    sends_to = ""

    def find_route(self, source: str, target: str) -> tuple[str, ...] | None:
        """Lead from everywhere to everywhere."""
        return source, target

    def list_marks(self, source: str, target: str) -> tuple[Marks, ...]:
        """Keep whatever holds a digit."""
        del source, target
        return (Marks.BRACKETS,)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        """Disguise the words of texts."""
        del source, careful
        return [Answer(_disguise(text, _alphabet(target))) for text in texts]


def _disguise(text: str, alphabet: dict[str, str]) -> str:
    if not text.strip():
        return text
    pieces, end = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [_letters(text[end : kept.start()], alphabet), kept[0]]
        end = kept.end()
    pieces.append(_letters(text[end:], alphabet))
    return f"«{''.join(pieces)}»"


def _letters(text: str, alphabet: dict[str, str]) -> str:
    """Write other letters; double the vowels, as other languages need more room."""
    return "".join(
        alphabet.get(sign.lower(), sign) * (2 if sign.lower() in _VOWELS else 1)
        for sign in text
    )


@cache
def _alphabet(tag: str) -> dict[str, str]:
    locale = registry.find(tag)
    letters = _ALPHABETS.get(locale.script if locale else "Latn", _ALPHABETS["Latn"])
    return dict(zip("abcdefghijklmnopqrstuvwxyz", letters, strict=False))
