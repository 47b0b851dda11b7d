"""Words that differ between two texts, unless there are too many to be looked at."""

from welcome.segmentation import Op, word_diff
from welcome.segmentation.changes import tokens

MOST_CHARACTERS, MOST_TOKENS = 20_000, 3_000


def compare(old: str, new: str) -> list[tuple[Op, str]]:
    """Give the pieces of both texts as `word_diff` does; long ones whole."""
    if any(_is_much(text) for text in (old, new)):
        return [(op, text) for op, text in ((Op.DELETE, old), (Op.INSERT, new)) if text]
    return word_diff(old, new)


def _is_much(text: str) -> bool:
    return len(text) > MOST_CHARACTERS or len(tokens(text)) > MOST_TOKENS
