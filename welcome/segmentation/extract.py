"""Take a document apart: its segments in order."""

from dataclasses import dataclass

from .keys import normalise
from .tree import list_slots, parse


@dataclass(frozen=True)
class Segment:
    """One translatable text: inline Markdown of one block, without its attribute list.

    `kind` is the block ('p', 'h2', 'li', 'td', 'th', 'dt', 'dd', 'title', 'tail'),
    `path` its place in the structure ('ul1/li2'), `suffix` what was cut off ('{#name}').
    """

    kind: str
    path: str
    text: str
    suffix: str = ""

    @property
    def key(self) -> str:
        """The normalised text: two segments with equal keys say the same."""
        return normalise(self.text)


def extract(markdown: str) -> tuple[Segment, ...]:
    """Give the segments of a document in order; raises OutsideSubset beyond the limits."""
    return tuple(
        Segment(slot.kind, slot.path, *slot.parts())
        for slot in list_slots(parse(markdown).root)
    )
