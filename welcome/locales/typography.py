"""Faces, leading and sizes by script, as style rules for print and for the web."""

import re
from collections.abc import Iterable
from typing import Literal

from welcome.locales.models import Locale
from welcome.locales.registry import get
from welcome.locales.tags import fallbacks

Medium = Literal["print", "web"]

BODY_POINTS = 11.5
_EMPHASIS = ("em", "i", "cite", "dfn")

# Consonants and independent vowels open a syllable, unless stacked under the one
# before (virama U+1039) or silenced (asat U+103A, a dot below may come between).
_BURMESE_SYLLABLE = re.compile(
    "(?<=[\u1000-\u1038\u103a-\u103f\u104a-\u104f])"
    "(?=[\u1000-\u102a\u103f](?!\u1037?\u103a|\u1039))"
)


def css(
    locales: Iterable[Locale], medium: Medium = "print", *, body: float = BODY_POINTS
) -> str:
    """Write the style rules that set each locale in its own face and leading.

    Print gets the explicit families and sizes (`body` is Noto Sans' size in
    points); the web gets the system's faces and no sizes. Leading is set on every
    element that carries `lang`: taken from an ancestor it would be another script's.
    Rules for longer tags come later, so `pa-Arab` wins over `pa`.
    """
    chosen = sorted(set(locales), key=lambda locale: locale.tag)
    rules = [_root_rule(medium, body)]
    for group in _groups(chosen):
        rules += _group_rules(group, medium)
    rules += _emphasis_rules(chosen)
    if medium == "print":
        rules += _size_rules(chosen, body)
    return "\n".join(rules) + "\n"


def family(locale: Locale, medium: Medium) -> str:
    """Give the value of `font-family` for a locale."""
    if medium == "web":
        return locale.web_family
    return ",".join(f"'{name}'" for name in locale.fonts)


def break_burmese(text: str) -> str:
    """Let Burmese lines end between syllables, by zero width spaces (U+200B).

    Burmese writes no spaces between words and WeasyPrint has no dictionary for
    it. Applying it again changes nothing; other scripts are left alone.
    """
    return _BURMESE_SYLLABLE.sub("\u200b", text)


def _root_rule(medium: Medium, body: float) -> str:
    english = get("en")
    size = f";font-size:{_points(body)}" if medium == "print" else ""
    leading = f"line-height:{english.line_height}"
    return f":root{{font-family:{family(english, medium)};{leading}{size}}}"


def _groups(locales: Iterable[Locale]) -> list[list[Locale]]:
    groups: dict[tuple[int, str], list[Locale]] = {}
    for locale in locales:
        depth = len(fallbacks(locale.tag))
        groups.setdefault((depth, locale.writing), []).append(locale)
    return [groups[key] for key in sorted(groups)]


def _group_rules(group: list[Locale], medium: Medium) -> list[str]:
    first = group[0]
    spacing = ";letter-spacing:normal" if first.joined else ""
    inside = ",".join(f":lang({locale.tag})" for locale in group)
    carrying = ",".join(_carries(locale) for locale in group)
    return [
        f"{inside}{{font-family:{family(first, medium)}{spacing}}}",
        f"{carrying}{{line-height:{first.line_height}}}",
    ]


def _emphasis_rules(locales: list[Locale]) -> list[str]:
    """Set emphasis bold in scripts that have no italics."""
    selectors = [
        f"{element}:lang({locale.tag})"
        for locale in locales
        if not locale.italics
        for element in _EMPHASIS
    ]
    if not selectors:
        return []
    return [f"{','.join(selectors)}{{font-style:normal;font-weight:bold}}"]


def _size_rules(locales: list[Locale], body: float) -> list[str]:
    """Change size only where one script meets another, so nesting never adds up.

    A rule without weight (`:where`) leaves a heading that carries `lang` its size.
    """
    rules = []
    for points in sorted({locale.print_points for locale in locales}):
        factor = points / BODY_POINTS
        if factor == 1:
            continue
        sized = [locale for locale in locales if locale.print_points == points]
        roots = ",".join(f":root{_carries(locale)}" for locale in sized)
        outside = "".join(f":not(:lang({locale.tag}))" for locale in sized)
        into = ",".join(f"{outside}>{_carries(locale)}" for locale in sized)
        other = "".join(f":not({_carries(locale)})" for locale in sized)
        back = ",".join(f":lang({locale.tag})>[lang]{other}" for locale in sized)
        rules += [
            f"{roots}{{font-size:{_points(body * factor)}}}",
            f":where({into}){{font-size:{factor:.4f}em}}",
            f":where({back}){{font-size:{1 / factor:.4f}em}}",
        ]
    return rules


def _carries(locale: Locale) -> str:
    return f'[lang|="{locale.tag}"]'


def _points(size: float) -> str:
    return f"{round(size, 2):g}pt"
