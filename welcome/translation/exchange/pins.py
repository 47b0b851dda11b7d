"""Pins: what a text carries on its way out so that it finds its unit again."""

import re
from dataclasses import dataclass

_HASH_DIGITS = 8
# Nothing in it looks like a link or a word to an office program.
_PIN = re.compile(
    r"\[#([a-z0-9-]+)_([A-Za-z0-9-]+)_(\d{1,12})_([0-9a-f]{8})_(\d{1,9})\]"
)


@dataclass(frozen=True)
class Pin:
    """Which unit of which pack a text belongs to, in which locale.

    `key_hash` is the beginning of the unit's own, `revision` that of the target which
    went out (0: none).
    """

    pack: str
    tag: str
    unit_id: int
    key_hash: str
    revision: int

    def __str__(self) -> str:
        key = self.key_hash[:_HASH_DIGITS]
        return f"[#{self.pack}_{self.tag}_{self.unit_id}_{key}_{self.revision}]"

    def fits(self, key_hash: str) -> bool:
        """Tell whether a unit's key is the one that went out."""
        return key_hash.startswith(self.key_hash)


def find_pin(text: str) -> tuple[Pin | None, str]:
    """Take the pin out of a text; exactly one counts. Gives it and the rest."""
    found = list(_PIN.finditer(text))
    if len(found) != 1:
        return None, text
    pack, tag, unit_id, key_hash, revision = found[0].groups()
    rest = text[: found[0].start()] + text[found[0].end() :]
    return Pin(pack, tag, int(unit_id), key_hash, int(revision)), rest.strip()
