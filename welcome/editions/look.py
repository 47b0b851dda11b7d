"""The look of pages: the files it is made of, and one fingerprint for all of it."""

import re
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from welcome.editions import fingerprints
from welcome.phrases import catalogues

STYLES = ("vendor/tokens.css", "css/reading.css")
ICON = "icon.svg"
# Renderings depend on what stands in these rooms, besides the templates.
LIBRARIES = ("babel", "brotli", "jinja2", "markdown", "nh3")
ROOMS = ("editions", "segmentation", "locales")

# A pack's own words for icons, in the names of the icon set, best first.
ICONS = {
    "bin": ("trash-2",),
    "book": ("book-open",),
    "health": ("heart-pulse",),
    "home": ("house",),
    "mind": ("brain", "message-circle"),
    "money": ("wallet",),
    "passport": ("id-card", "landmark"),
    "people": ("users",),
    "warning": ("triangle-alert",),
    "work": ("briefcase",),
}

_SYMBOL = re.compile(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


def static_file(name: str) -> Path:
    """Find a file that the web serves under /-/static/."""
    return Path(str(resources.files("welcome") / "web" / "static" / name))


@cache
def style_addresses() -> tuple[str, ...]:
    """Give the stylesheets' addresses; the content is part of them."""
    return tuple(_address(name) for name in STYLES)


@cache
def icon_address() -> str:
    """Give the address of the sign that browsers show beside a title."""
    return _address(ICON)


def _address(name: str) -> str:
    return f"/-/static/{name}?v={_digest(static_file(name))[:8]}"


def shapes(name: str) -> str:
    """Give the shapes of an icon for an inline SVG, or nothing if there is none."""
    known = _symbols()
    found = (known[each] for each in ICONS.get(name, (name,)) if each in known)
    return next(found, "")


@cache
def look(tag: str) -> str:
    """Name the look that a locale's pages have now: all that draws them."""
    root = Path(__file__).parent
    files = sorted((root / "templates").rglob("*.html"))
    for room in ROOMS:
        files += sorted((root.with_name(room)).glob("*.py"))
    files.append(root.with_name("locales") / "registry.toml")
    files += [static_file(name) for name in (*STYLES, "vendor/icons.svg")]
    catalogue = catalogues.find_file(tag)
    phrases = _digest(catalogue) if catalogue else ""
    return fingerprints.of([_libraries(), phrases, [_digest(file) for file in files]])


@cache
def _symbols() -> dict[str, str]:
    sprite = static_file("vendor/icons.svg")
    return dict(_SYMBOL.findall(sprite.read_text("utf-8"))) if sprite.exists() else {}


def _libraries() -> list[str]:
    return [metadata.version(name) for name in LIBRARIES]


def _digest(file: Path) -> str:
    return fingerprints.of_bytes(file.read_bytes()) if file.exists() else ""
