"""Whether somebody may be one of those whom a newcomer named."""

import re

from welcome.buddies.rules.spellings import folded

# Shorter words of a name are found in too many sentences.
SHORTEST = 3


def is_perhaps_named(name: str, text: str, *, by_whole_name: bool) -> bool:
    """Tell whether a name stands in a text; or a word of it, but for `by_whole_name`.

    However it is cased or accented. Who has no name is not named.
    """
    words = set(_words(name))
    said = set(_words(text))
    is_whole = bool(words) and words <= said
    longer = {word for word in words if len(word) >= SHORTEST}
    return is_whole or (not by_whole_name and not longer.isdisjoint(said))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
