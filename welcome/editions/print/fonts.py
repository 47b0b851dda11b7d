"""The private fonts of print, and what each of them can write."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from welcome.editions import fingerprints
from welcome.editions.errors import PrintFailed
from welcome.locales import Locale

# Filled by `welcome assets fetch`; no system font is ever used, so that every
# machine breaks lines alike.
FOLDER = Path(__file__).parent / "fonts"


def configuration(folder: Path = FOLDER) -> Path:
    """Find fontconfig's file; raises PrintFailed before the fonts are fetched."""
    file = folder / "fonts.conf"
    if not file.is_file():
        raise PrintFailed(reason="fonts", detail="run `welcome assets fetch`")
    return file


def require(locales: Iterable[Locale], folder: Path = FOLDER) -> None:
    """Refuse to print without the families of these locales; raises PrintFailed."""
    configuration(folder)
    wanted = {family for locale in locales for family in locale.fonts}
    missing = sorted(wanted - set(coverage(folder)))
    if missing:
        names = ", ".join(missing)
        detail = f"{names}: run `welcome assets fetch` with the pack's locales"
        raise PrintFailed(reason="fonts", detail=detail)


@cache
def coverage(folder: Path = FOLDER) -> dict[str, frozenset[int]]:
    """Give the characters of each family that is there, as code points."""
    found = {}
    for file in sorted(folder.glob("*-Regular.ttf")):
        with TTFont(file, lazy=True) as font:
            names = font["name"]
            family = names.getDebugName(16) or names.getDebugName(1)
            found[str(family)] = frozenset(font.getBestCmap())
    return found


@cache
def fingerprint(folder: Path = FOLDER) -> str:
    """Name the fonts that are there; new files are new names or sizes."""
    files = sorted(folder.glob("*.ttf"))
    return fingerprints.of([[file.name, file.stat().st_size] for file in files])
