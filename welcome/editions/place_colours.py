"""A place's own colour as a stylesheet of three tokens, dark enough to read on: pure."""

import colorsys
import re

from welcome.editions import fingerprints

# The tokens' own colour; it needs no stylesheet.
DEFAULT = "#0f5257"
# Text in or on the colour keeps this contrast.
CONTRAST = 7.0

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
Colour = tuple[float, float, float]

_LIGHT_PAPER: Colour = (1.0, 1.0, 1.0)
_DARK_PAPER: Colour = (0.078, 0.098, 0.11)


def style_name(colour: str) -> str:
    """Name the file of a place's own colour, or nothing where there is none."""
    if not _HEX.fullmatch(colour) or colour.lower() == DEFAULT:
        return ""
    return f"place-{fingerprints.of(style(colour))[:8]}.css"


def style(colour: str) -> str:
    """Write the tokens of a place's own colour."""
    light, dark = readable(colour), readable(colour, on_dark=True)
    tint, dark_tint = _mixed(light, _LIGHT_PAPER, 0.1), _mixed(light, _DARK_PAPER, 0.35)
    return (
        f":root{{--place:{_hex(light)};--place-tint:{_hex(tint)};"
        f"--band:{_hex(light)}}}\n"
        "@media (prefers-color-scheme:dark){"
        f":root{{--place:{_hex(dark)};--place-tint:{_hex(dark_tint)}}}}}\n"
    )


def readable(colour: str, *, on_dark: bool = False) -> Colour:
    """Move a colour's lightness until text in it can be read on the paper."""
    paper = _DARK_PAPER if on_dark else _LIGHT_PAPER
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parsed(colour))
    step = 0.01 if on_dark else -0.01
    found = _parsed(colour)
    while contrast(found, paper) < CONTRAST and 0 <= lightness <= 1:
        lightness += step
        found = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
    return found


def readable_hex(colour: str) -> str:
    """Give a place's colour, dark enough for white text, for print."""
    return _hex(readable(colour if _HEX.fullmatch(colour) else DEFAULT))


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours, as WCAG 2 counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parsed(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _mixed(colour: Colour, paper: Colour, share: float) -> Colour:
    red, green, blue = (
        one * share + other * (1 - share)
        for one, other in zip(colour, paper, strict=True)
    )
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(each * 255):02x}" for each in colour)
