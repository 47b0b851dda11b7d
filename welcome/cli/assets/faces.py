"""The print fonts and the one web font, made from the fetched packages.

Runs as `python -m welcome.cli.assets.faces PACKAGES PRINT WEB FAMILY…`: fontTools is slow
to load and no other command needs it. One file per family and weight: WeasyPrint prints
garbage when two files share both.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from welcome.cli.assets.shelves import font_names, font_package

WEIGHTS = ("400Regular", "700Bold")
NASTALIQ = "Noto Nastaliq Urdu"
WEB_FONT = "noto-nastaliq-urdu.woff2"

# Private, so that every machine breaks lines alike: only these files, no system font.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <match target="pattern">
    <edit name="family" mode="append" binding="weak"><string>Noto Sans</string></edit>
  </match>
</fontconfig>
"""

PUNCTUATION = (
    (0x20, 0x7F),
    (0xA0, 0x100),
    (0x2010, 0x203C),
    (0x3000, 0x3040),
    (0xFF00, 0xFF66),
)
SYMBOLS = "€£→←↑↓✓•…“”‘’"
CHINESE = {
    "Noto Sans SC": (("gb2312", 0xA1A1, 0xF7FE),),
    # Big5 alone lacks everyday Cantonese; the whole of it with HKSCS does not.
    "Noto Sans HK": (
        ("big5", 0xA140, 0xF9FE),
        ("big5hkscs", 0x8740, 0x8BFE),
        ("big5hkscs", 0x8E40, 0xA0FE),
        ("big5hkscs", 0xFA40, 0xFEFE),
    ),
}
# What Urdu, and the Arabic quoted in it, is written with: no Latin, which the phone's own
# face draws better. With the rarer letters of U+0750 the tables take minutes to pack.
URDU = ((0x20, 0x21), (0x600, 0x700), (0x200C, 0x2010))


def _decoded(encoding: str, first: int, last: int) -> set[int]:
    """Return the code points of a double-byte encoding's range."""
    found: set[int] = set()
    for code in range(first, last + 1):
        text = code.to_bytes(2, "big").decode(encoding, errors="ignore")
        found.update(ord(character) for character in text)
    return found


def _spans(spans: tuple[tuple[int, int], ...]) -> set[int]:
    """Return the code points of half-open spans."""
    return {code for first, last in spans for code in range(first, last)}


def characters_of(family: str) -> set[int]:
    """Return the code points kept of a Chinese family."""
    kept = _spans(PUNCTUATION) | {ord(symbol) for symbol in SYMBOLS}
    for encoding, first, last in CHINESE[family]:
        kept |= _decoded(encoding, first, last)
    return kept


def _cut(source: Path, target: Path, characters: set[int], flavour: str | None) -> None:
    """Write the part of a font that holds `characters`, the same bytes every time."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.recalc_timestamp = False
    options.harfbuzz_repacker = False
    options.drop_tables += ["DSIG"]
    options.flavor = flavour
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(characters))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def _source(packages: Path, family: str, weight: str) -> Path:
    """Find the whole font of a family and weight among the fetched packages."""
    stem = family.replace(" ", "")
    folder = packages / "node_modules" / font_package(family) / weight
    return folder / f"{stem}_{weight}.ttf"


def build_family(packages: Path, folder: Path, family: str) -> None:
    """Write a family's regular and bold, and its licence, into the print folder."""
    *fonts, licence = font_names(family)
    for weight, name in zip(WEIGHTS, fonts, strict=True):
        source = _source(packages, family, weight)
        if family in CHINESE:
            _cut(source, folder / name, characters_of(family), None)
        else:
            shutil.copyfile(source, folder / name)
    written = packages / "node_modules" / font_package(family) / "LICENSE_FONT"
    shutil.copyfile(written, folder / licence)


def build_web_font(packages: Path, folder: Path) -> None:
    """Write the Nastaliq that phones lack, cut to what Urdu needs."""
    source = _source(packages, NASTALIQ, "400Regular")
    _cut(source, folder / WEB_FONT, _spans(URDU), "woff2")
    written = packages / "node_modules" / font_package(NASTALIQ) / "LICENSE_FONT"
    shutil.copyfile(written, folder / "licences" / "noto-nastaliq-urdu.txt")


def main(arguments: list[str]) -> None:
    """Build every named family and the web font."""
    packages, print_folder, web_folder = map(Path, arguments[:3])
    for folder in (print_folder, web_folder):
        (folder / "licences").mkdir(parents=True, exist_ok=True)
    (print_folder / "fonts.conf").write_text(FONTS_CONF, encoding="utf-8")
    for family in arguments[3:]:
        build_family(packages, print_folder, family)
    build_web_font(packages, web_folder)


if __name__ == "__main__":
    main(sys.argv[1:])
