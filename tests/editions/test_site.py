"""The site as plain files: pages where they are looked for, no dead links, nothing old."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from sqlmodel import Session

from tests.editions.conftest import current_of
from tests.page_laws import obey
from welcome.config import Settings
from welcome.editions import moves, site
from welcome.editions.models import Artifact, ArtifactKind
from welcome.packs import access, retiring
from welcome.packs.models import Pack

Ordered = Callable[..., object]


def test_the_site_can_be_exported_as_files(
    session: Session, order: Ordered, settings: Settings, tmp_path: Path
) -> None:
    order("en", "ar")
    count = site.export(session, settings.editions, tmp_path / "out")

    out = tmp_path / "out"
    written = {each for each in out.rglob("*") if each.is_file()}
    assert count == len(written - {out / site.LISTING})
    assert (out / "ar" / "doctor" / "index.html").is_file()
    assert not list(out.rglob("manifest.json"))
    assert "Disallow: /-/" in (out / "robots.txt").read_text("utf-8")
    assert obey((out / "404.html").read_text("utf-8")).xpath("//main//a/@href") == ["/"]
    chooser = obey((out / "index.html").read_text("utf-8"))
    assert chooser.xpath("//main//a/@href") == ["/ar/", "/en/"]
    assert chooser.xpath("//footer//a/@href") == ["/en/privacy/"]
    for address in chooser.xpath("//link[@rel='stylesheet']/@href"):
        assert (out / address.split("?")[0].lstrip("/")).is_file()


def test_an_exported_site_has_no_dead_links(
    session: Session, order: Ordered, settings: Settings, tmp_path: Path, now: datetime
) -> None:
    order("en", "ar")
    printed = settings.editions / "town" / "en" / "1.pdf"
    printed.write_bytes(b"%PDF-")
    session.add(
        Artifact(
            edition_id=current_of(session, "en").id,
            kind=ArtifactKind.PRINT,
            fingerprint="f",
            path="town/en/1.pdf",
            sha256="s",
            size=5,
            made_at=now,
        )
    )
    session.commit()
    out = tmp_path / "out"
    site.export(session, settings.editions, out)

    addresses = set()
    for file in out.rglob("*.html"):
        here = f"{settings.site_url}/{file.parent.relative_to(out).as_posix()}/"
        page = html.document_fromstring(file.read_text("utf-8"))
        addresses |= {urljoin(here, each) for each in page.xpath("//@href")}
    ours = {each for each in addresses if each.startswith(settings.site_url + "/")}
    paths = {unquote(urlsplit(each).path).lstrip("/") for each in ours}
    files = {out / (path or ".") for path in paths}
    files = {each / "index.html" if each.is_dir() else each for each in files}
    assert {each for each in files if not each.is_file()} == set()
    assert out / "-" / "print" / "town" / "en" / "1.pdf" in files
    assert out / "-" / "languages" / "doctor" / "index.html" in files
    told = (out / "-" / "languages" / "doctor" / "index.html").read_text("utf-8")
    assert '"/ar/doctor/"' in told
    obey(told)
    obey((out / "-" / "print" / "town" / "ar" / "index.html").read_text("utf-8"))


def test_what_is_no_longer_published_leaves_the_site(
    session: Session,
    pack: Pack,
    order: Ordered,
    settings: Settings,
    tmp_path: Path,
    now: datetime,
) -> None:
    order("en", "ar", "pl")
    out = tmp_path / "out"
    out.mkdir()
    (out / "theirs.txt").write_text("Of the server's own.")
    (out / ".git" / "refs" / "tags").mkdir(parents=True)
    site.export(session, settings.editions, out)
    moves.withdraw(session, pack, "ar", actor=None, now=now)
    doctor = access.get_page(session, pack, "doctor")
    retiring.retire(session, doctor, actor=None, now=now)
    order("en")

    count = site.export(session, settings.editions, out)

    assert not (out / "ar").exists()
    assert not (out / "en" / "doctor").exists()
    assert (out / "pl" / "doctor" / "index.html").is_file()
    assert (out / "theirs.txt").is_file()
    assert (out / ".git" / "refs" / "tags").is_dir()
    chooser = obey((out / "index.html").read_text("utf-8"))
    assert chooser.xpath("//main//a/@href") == ["/en/", "/pl/"]
    told = obey((out / "-/languages/doctor/index.html").read_text("utf-8"))
    assert told.xpath("//main//a/@href") == ["/en/", "/pl/doctor/"]
    files = [each for each in out.rglob("*") if each.is_file()]
    assert count == len(files) - len(["theirs.txt", site.LISTING])
