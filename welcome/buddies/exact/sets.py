"""Sets of small numbers as one whole number: number i is in it where bit i is set."""

from collections.abc import Iterable


def set_of(numbers: Iterable[int], most: int) -> int:
    """Make the set of some numbers under a limit; each sets a bit of one buffer."""
    buffer = bytearray(most // 8 + 1)
    for at in numbers:
        buffer[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(buffer, "little")


def lowest(numbers: int) -> int:
    """Give the lowest number of a set that is not empty."""
    return (numbers & -numbers).bit_length() - 1


def list_numbers(numbers: int) -> list[int]:
    """List the numbers of a set, the lowest first."""
    text = f"{numbers:b}"[::-1]
    return [at for at, bit in enumerate(text) if bit == "1"]
