"""What readers get beside the pages of an edition: choosers, print, old addresses."""

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from welcome import locales
from welcome.config import Settings
from welcome.editions import artifacts, current, whereabouts
from welcome.editions.addresses import Addresses
from welcome.editions.look import icon_address, style_addresses
from welcome.editions.models import ArtifactKind, Edition
from welcome.editions.site import ROBOTS
from welcome.errors import NotFound
from welcome.jobs import printing
from welcome.locales import Locale
from welcome.packs import access, versions
from welcome.packs.models import Pack
from welcome.web import apologies
from welcome.web.allowed import public
from welcome.web.database import db
from welcome.web.static_files import EditionFiles

desk = Blueprint("reading", __name__)
desk.add_app_template_global(style_addresses, "reading_styles")
desk.add_app_template_global(icon_address, "reading_icon")

A_MINUTE = "public, max-age=60"


@desk.get("/")
@public
def root() -> ResponseReturnValue:
    """Let somebody who comes without a language choose one."""
    return _chooser("", "", _default_pack())


@desk.get("/-/languages/")
@desk.get("/-/languages/<slug>/")
@public
def languages(slug: str = "") -> ResponseReturnValue:
    """Let a reader go on with the same page in another language."""
    asked = request.args.get("pack")
    pack = access.get_pack(db(), asked) if asked else _default_pack()
    return _chooser(slug, request.args.get("from", ""), pack)


@desk.get("/-/print/<pack_slug>/<tag>/")
@public
def print_out(pack_slug: str, tag: str) -> ResponseReturnValue:
    """Hand out the pack on paper, or say that it is being made or cannot be."""
    pack = access.get_pack(db(), pack_slug)
    edition = current.find_current(db(), pack, tag)
    if edition is None:
        raise NotFound
    artifact = artifacts.find(db(), edition, ArtifactKind.PRINT)
    settings: Settings = current_app.extensions["welcome.settings"]
    # Another machine may have printed it.
    if artifact is None or not _files().bringing.fetch(artifact):
        return _no_print(pack, edition)
    name = f"{pack_slug}-{tag}-{edition.number}.pdf"
    answer = send_file(
        settings.editions / artifact.path,
        mimetype="application/pdf",
        download_name=name,
        etag=artifact.sha256,
        max_age=60,
    )
    answer.headers["Content-Language"] = tag
    return answer


@desk.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Keep search engines to the pages of editions."""
    return Response(ROBOTS, mimetype="text/plain", headers={"Cache-Control": A_MINUTE})


@desk.get("/<tag>/")
@desk.get("/<tag>/<slug>/")
@public
def moved(tag: str, slug: str = "") -> ResponseReturnValue:
    """Lead an old address of the default pack to where its page stands now."""
    return _moved(tag, _default_pack(), slug)


@desk.get("/<tag>/p/<pack_slug>/")
@desk.get("/<tag>/p/<pack_slug>/<slug>/")
@public
def moved_in_pack(tag: str, pack_slug: str, slug: str = "") -> ResponseReturnValue:
    """Lead an old address of another pack to where its page stands now."""
    return _moved(tag, access.get_pack(db(), pack_slug), slug)


def _no_print(pack: Pack, edition: Edition) -> Response:
    """Promise a minute only where one will do."""
    if printing.find_problem(db(), edition):
        home = Addresses("", pack.slug, pack.is_default).home(edition.tag)
        page = render_template("reading/not_made.html", home=home)
        return Response(page, 503)
    page = render_template("reading/being_made.html")
    return Response(page, 503, {"Retry-After": "30"})


def _default_pack() -> Pack | None:
    return access.find_default_pack(db())


def _files() -> EditionFiles:
    files: EditionFiles = current_app.extensions["welcome.editions"]
    return files


def _moved(tag: str, pack: Pack | None, slug: str) -> ResponseReturnValue:
    """Redirect to where the page that has, or had, this slug stands in this locale."""
    if pack is None:
        raise NotFound
    page = access.find_page_by_slug(db(), pack, slug) if slug else None
    there = whereabouts.find_slug(db(), page, tag) if page else slug
    # A page that stands here is answered before us, but for one whose edition is late.
    if there == slug and (page or not slug) and _files().awaits(pack.slug, tag):
        return _late()
    if page is None or there is None or there == slug:
        raise NotFound
    # A locale may still have the older slug: browsers must not keep that for ever.
    is_newest = there == versions.head(db(), page).slug
    address = Addresses("", pack.slug, pack.is_default).at(tag, there)
    return redirect(address, 301 if is_newest else 302)


def _late() -> Response:
    """Ask to come back in a moment: the edition is on its way to this machine."""
    page = render_template("reading/trouble.html", sentence=apologies.failed())
    return Response(page, 503, {"Retry-After": "5"})


def _chooser(slug: str, coming_from: str, pack: Pack | None) -> ResponseReturnValue:
    answer = current_app.make_response(
        render_template(
            "reading/languages.html",
            listed=_ways(pack, slug) if pack else [],
            coming_from=coming_from,
            place=pack.place if pack else {},
            sign_in=url_for("desks.home"),
        )
    )
    answer.headers["Vary"] = "Accept-Language"
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer


def _ways(pack: Pack, slug: str) -> list[tuple[Locale, str]]:
    """List a page's address in each locale, the reader's likely ones first.

    Where a locale has no such page, its start page is the nearest.
    """
    home = Addresses("", pack.slug, pack.is_default).home
    ways = {tag: home(tag) for tag in current.current_by_tag(db(), pack)}
    if slug:
        found = whereabouts.addresses_of_pages(db(), pack, slug)
        ways |= found.get(slug, {})
    liked = request.headers.get("Accept-Language", "")
    return [(locales.get(tag), ways[tag]) for tag in locales.likely(liked, list(ways))]
