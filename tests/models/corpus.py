"""What a package learns: pairs of sentences as engines are asked, sentinels in them.

Tables of two columns, English and the other language. `pack` holds every sentence the
demonstration pack asks of an engine, `general` others like them, `templates` sentences
with places in them: one letter stands for a sentinel, a word for the rows of `slots`.
"""

import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.models.recipes import Recipe

Pair = tuple[str, str]

FOLDER = Path(__file__).parent / "corpora"
KINDS = ("pack", "general", "templates", "slots")
# What stands for a thing that is kept (see welcome.translation.machine.marks).
FAMILIES = ("⟦{}⟧", "X{}Q")
# A template with one letter is learnt with each of these numbers, in each family.
MOST_SENTINELS = 6
_PLACE = re.compile(r"\{(\w+)\}")
_BRACKETS = re.compile(r"⟦(\d)⟧")


def files(recipe: Recipe) -> list[Path]:
    """List the tables of a recipe."""
    return [FOLDER / f"{recipe.corpus}.{kind}.tsv" for kind in KINDS]


def rows(file: Path) -> list[list[str]]:
    """Read a table."""
    return [line.split("\t") for line in file.read_text("utf-8").splitlines()]


def pairs(recipe: Recipe) -> list[Pair]:
    """List the pairs of a recipe, source first; no source stands there twice."""
    pack, general, templates, slots = (rows(file) for file in files(recipe))
    written = [(one, other) for one, other in (*pack, *general)]
    listed = [
        *written,
        *(_in_letters(*pair) for pair in written if _BRACKETS.search(pair[0])),
        *_fill(templates, slots, random.Random(recipe.seed)),
    ]
    if recipe.turned:
        listed = [(other, one) for one, other in listed]
    known: dict[str, str] = {}
    for source, target in listed:
        # Engines are asked for one line whose blanks are plain.
        known.setdefault(" ".join(source.split()), target)
    return list(known.items())


def _in_letters(source: str, target: str) -> Pair:
    """Write a pair with the other family of sentinels."""
    return _BRACKETS.sub(r"X\1Q", source), _BRACKETS.sub(r"X\1Q", target)


def _fill(
    templates: list[list[str]], slots: list[list[str]], chance: random.Random
) -> Iterator[Pair]:
    words: dict[str, list[Pair]] = {}
    for name, one, other in slots:
        words.setdefault(name, []).append((one, other))
    for source, target in templates:
        names = list(dict.fromkeys(_PLACE.findall(source)))
        marked = [name for name in names if len(name) == 1]
        firsts = range(1, MOST_SENTINELS + 1) if marked else range(1, 3)
        for first, family in itertools.product(firsts, FAMILIES):
            filling = {
                name: chance.choice(words[name]) for name in names if name not in marked
            }
            for number, name in enumerate(marked, first):
                filling[name] = (family.format(number), family.format(number))
            yield tuple(
                _PLACE.sub(
                    lambda place, side=side, filling=filling: filling[place[1]][side],
                    text,
                )
                for side, text in enumerate((source, target))
            )
