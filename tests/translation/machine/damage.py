"""Engines that spoil what they are given, in the ways real ones were seen to."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from welcome.translation.machine.engine import Answer, Marks

SENTINEL = re.compile(r"⟦\d+⟧|X\d+Q")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
Spoil = Callable[[str, random.Random], str]


def lose(text: str, _rng: random.Random) -> str:
    return SENTINEL.sub("", text, count=1)


def double(text: str, _rng: random.Random) -> str:
    return SENTINEL.sub(lambda mark: mark[0] * 2, text, count=1)


def shuffle(text: str, rng: random.Random) -> str:
    found = SENTINEL.findall(text)
    rng.shuffle(found)
    return SENTINEL.sub(lambda _mark: found.pop(), text)


def space_out(text: str, _rng: random.Random) -> str:
    return SENTINEL.sub(lambda mark: " ".join(re.findall(r"\d+|\D", mark[0])), text)


def translate_digits(text: str, _rng: random.Random) -> str:
    return text.translate(ARABIC)


def renumber(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=[⟦X])\d+", lambda _n: str(rng.randint(1, 9)), text)


def merge(text: str, _rng: random.Random) -> str:
    return re.sub(r"⟧.*?⟦|Q.*?X", "", text)


def only_sentinels(text: str, _rng: random.Random) -> str:
    return " ".join(SENTINEL.findall(text))


def garble(text: str, _rng: random.Random) -> str:
    return text.replace("⟦", "[").replace("X", "x").replace("Q", "0")


def bring_stray(text: str, _rng: random.Random) -> str:
    return f"{text} ⟦7⟧ X8Q"


def repeat(text: str, _rng: random.Random) -> str:
    return f"{text} lundi lundi lundi lundi"


def say_nothing(_text: str, _rng: random.Random) -> str:
    return ""


def invent_figures(text: str, _rng: random.Random) -> str:
    return f"{text} 209"


def invent_markup(text: str, _rng: random.Random) -> str:
    return f"**{text}** [x](http://evil.example) {{{{fact}}}} <b>`_*"


def shout(text: str, _rng: random.Random) -> str:
    return f"{text.upper()}."


def leave(text: str, _rng: random.Random) -> str:
    return text


DAMAGE: Mapping[str, Spoil] = {
    each.__name__: each
    for each in (
        *(lose, double, shuffle, space_out, translate_digits, renumber, merge),
        *(only_sentinels, garble, bring_stray, repeat, say_nothing, invent_figures),
        *(invent_markup, shout, leave),
    )
}


@dataclass
class Spoiling:
    """Has the shape of an engine; spoils every answer, or some of them."""

    spoil: Sequence[str]
    share: float = 1
    marks: tuple[Marks, ...] = (Marks.BRACKETS, Marks.LETTERS)
    seed: int = 1
    asked: list[list[str]] = field(default_factory=list)
    name: str = "spoiling"
    sends_to: str = ""

    def find_route(self, source: str, target: str) -> tuple[str, ...] | None:
        return (source, target)

    def list_marks(self, source: str, target: str) -> tuple[Marks, ...]:
        del source, target
        return self.marks

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        del source, target, careful
        self.asked.append(list(texts))
        rng = random.Random(self.seed)
        return [Answer(self._spoilt(text, rng), -0.1) for text in texts]

    def _spoilt(self, text: str, rng: random.Random) -> str:
        # Words that are visibly others, so that nothing is taken for left as it was.
        said = re.sub(r"[a-z]+", lambda word: f"{word[0]}o", text)
        for each in self.spoil:
            if rng.random() < self.share:
                said = DAMAGE[each](said, rng)
        return said
