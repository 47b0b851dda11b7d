"""Whether somebody may be one of those whom a newcomer named."""

import re

from welcome.buddies.rules.spellings import folded

# Shorter words of a name are found in too many sentences.
SHORTEST = 3


def is_perhaps_named(name: str, text: str, *, by_whole_name: bool) -> bool:
    """Tell whether a word of somebody's name stands in a text; or all, for `by_whole_name`.

    However it is cased or accented. Who has no name is not named.
    """
    words = set(_words(name))
    said = set(_words(text))
    if by_whole_name:
        return bool(words) and words <= said
    return any(word in said for word in words if len(word) >= SHORTEST)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
