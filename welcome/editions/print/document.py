"""The whole pack in one locale as one HTML document, to be set on paper."""

from collections.abc import Mapping
from typing import Any

import segno
from sqlmodel import Session

from welcome.editions import book
from welcome.editions.addresses import addresses_of
from welcome.editions.book import Body, Book, BookPage
from welcome.editions.models import Edition
from welcome.editions.place_colours import DEFAULT, readable_hex
from welcome.editions.print.spelt_links import spell_links
from welcome.editions.views import direction_of, naming, words_of
from welcome.editions.web_edition import body_of
from welcome.locales.typography import break_burmese, css
from welcome.phrases.templates import environment


def html(session: Session, edition: Edition) -> str:
    """Set an edition's frozen pages for paper."""
    read = book.read(session, edition)
    return render(read, book.read_bodies(session, read.pages))


def render(read: Book, bodies: Mapping[int, Body]) -> str:
    """Set a book for paper; equal books give equal documents."""
    addresses = addresses_of(read)
    address = addresses.absolute(addresses.home(read.edition.tag))
    template = environment(read.edition.tag).get_template("print/pack.html")
    rendered = template.render(
        faces=css({read.locale, read.source}, "print"),
        colour=readable_hex(str(read.place.get("colour") or DEFAULT)),
        is_rtl=read.locale.is_rtl,
        place=naming(str(read.place.get("name", ""))),
        organisation=naming(str(read.place.get("organisation", ""))),
        source={
            "tag": read.source.tag,
            "dir": read.source.direction,
            "name": read.source.autonym,
        },
        start=_page(read.start, read, bodies),
        urgent=read.furniture["urgent"],
        sections=[_page(page, read, bodies) for page in (*read.sections, *read.about)],
        number=read.edition.number,
        published_on=read.published_on,
        address=address,
        code=_code(address),
    )
    return break_burmese(rendered)


def _page(page: BookPage, read: Book, bodies: Mapping[int, Body]) -> dict[str, Any]:
    return {
        **words_of(page, read.locale),
        "id": page.slug,
        "title_dir": direction_of(page.title),
        "body": spell_links(
            body_of(page, bodies[page.frozen_id], id_prefix=f"{page.slug}-")
        ),
    }


def _code(address: str) -> str:
    """Draw the address as a QR code; its words say what it opens."""
    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(
        border=2, title=address, omitsize=True, dark="#000", light="#fff"
    )
    return drawn
