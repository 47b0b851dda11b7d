"""Names for what is kept: two restores in one second keep two old databases."""

from collections.abc import Callable
from itertools import chain, count


def unused(name: str, is_taken: Callable[[str], bool]) -> str:
    """Give a name, with a number where it is taken already."""
    counted = (f"{name}_{number}" for number in count(2))
    return next(each for each in chain([name], counted) if not is_taken(each))
