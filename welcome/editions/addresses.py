"""Where things stand on the site, and in an edition's folder: pure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from welcome.editions.book import Book, BookPage

START = "index.html"
# One folder for all pages: making one for each costs more than linking the page.
PAGES, ENDING = "pages/", ".html"


@dataclass(frozen=True)
class Addresses:
    """The addresses of one pack."""

    site_url: str
    pack: str
    is_default: bool

    def home(self, tag: str) -> str:
        """Say where a locale's start page stands."""
        return f"/{tag}/" if self.is_default else f"/{tag}/p/{self.pack}/"

    def page(self, tag: str, page: BookPage) -> str:
        """Say where a page stands in a locale."""
        return self.at(tag, "" if page.is_start else page.slug)

    def at(self, tag: str, slug: str) -> str:
        """Say where what is called so stands in a locale; nothing is the start page."""
        return self.home(tag) + (f"{slug}/" if slug else "")

    def languages(self, tag: str, page: BookPage) -> str:
        """Say where a reader of a page chooses another language."""
        asked = {"from": tag}
        if not self.is_default:
            asked["pack"] = self.pack
        return f"/-/languages/{page.slug}/?{urlencode(asked)}"

    def print(self, tag: str) -> str:
        """Say where the pack on paper is."""
        return f"/-/print/{self.pack}/{tag}/"

    def absolute(self, path: str) -> str:
        """Give the whole address of a path."""
        return self.site_url + path


def addresses_of(book: Book) -> Addresses:
    """Give the addresses of an edition's pack."""
    furniture = book.furniture
    return Addresses(
        furniture["site_url"], furniture["pack"], bool(furniture["is_default"])
    )


def file_of(page: BookPage) -> str:
    """Name the file of a page, relative to its edition's folder."""
    return START if page.is_start else f"{PAGES}{page.slug}{ENDING}"


def address_of(file: str) -> str:
    """Say where an edition's file stands on the site, below its start page."""
    if file == START:
        return ""
    if file.startswith(PAGES) and file.endswith(ENDING):
        return f"{file[len(PAGES) : -len(ENDING)]}/"
    return file
