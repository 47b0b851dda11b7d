"""Files that need no view: our own assets, and the pages of current editions."""

import hashlib
import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from whitenoise.base import scantree

from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.editions import artifacts, current, store, whereabouts
from welcome.editions.addresses import address_of
from welcome.editions.current import CurrentEdition
from welcome.editions.folders import MANIFEST, read_manifest
from welcome.editions.whereabouts import Link
from welcome.packs.access import find_default_pack
from welcome.web.bringing import Bringing
from welcome.web.packed_files import PackedAssets, PackedFiles

log = logging.getLogger(__name__)

# How long the first reader of a new machine waits for editions to be brought.
SECONDS_FOR_THE_FIRST = 10.0
# A publisher looks at the site sooner than that after publishing.
SECONDS_BETWEEN_LOOKS = 2.0


def install(app: Flask, settings: Settings, sessions: Sessions) -> None:
    """Serve assets and editions before Flask is asked."""
    static = Path(app.static_folder or "")
    app.jinja_env.globals["static_folder"] = static
    app.url_defaults(_add_version(static))
    bringing = Bringing(
        store.of(settings), settings.editions, settings.instance / "served.json"
    )
    editions = EditionFiles(app.wsgi_app, settings.editions, sessions, bringing)
    app.extensions["welcome.editions"] = editions
    app.jinja_env.globals["foot_in"] = editions.foot_in
    assets = PackedAssets(editions, static, settings.instance / "packed")
    # Flask means this attribute to be replaced, though its types call it a method.
    vars(app)["wsgi_app"] = assets


class EditionFiles(PackedFiles):
    """The pages of current editions; a new edition is seen within seconds."""

    def __init__(
        self,
        application: WSGIApplication,
        root: Path,
        sessions: Sessions,
        bringing: Bringing,
    ) -> None:
        super().__init__(
            application,
            # Readers' browsers ask each time: a corrected number must not wait.
            max_age=0,
            allow_all_origins=False,
        )
        self.root = root
        self.sessions = sessions
        self.bringing = bringing
        # Current in the database, and not here: readers have the ones before, or none.
        self.awaited: tuple[CurrentEdition, ...] = ()
        self.seen: tuple[CurrentEdition, ...] = ()
        self.looked_at = -math.inf
        self.has_looked = False
        self.digests: dict[str, str] = {}
        # Known here, so that pages which tell of trouble need no database.
        self.foot: dict[str, list[Link]] = {}
        self.place: dict[str, Any] = {}
        self.lock = threading.Lock()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer from a current edition, else let the application answer."""
        is_due = time.monotonic() - self.looked_at > SECONDS_BETWEEN_LOOKS
        # Before the first look nothing is known: whoever comes then waits for it.
        if is_due and self.lock.acquire(blocking=not self.has_looked):
            try:
                self.look()
            finally:
                self.lock.release()
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer

    def look(self) -> None:
        """Refresh what is known, unless somebody did so a moment ago."""
        moment = time.monotonic()
        if moment - self.looked_at > SECONDS_BETWEEN_LOOKS:
            self.refresh()
            if not self.has_looked and self.bringing.wait(SECONDS_FOR_THE_FIRST):
                self.refresh()
            self.looked_at, self.has_looked = moment, True

    def refresh(self) -> None:
        """See which editions are current; without a database the known ones stay."""
        try:
            with reading(), self.sessions() as session:
                found = tuple(current.list_current(session))
                self._await(session, found)
                if found != self.seen:
                    self.foot = whereabouts.foot_links(session)
                    pack = find_default_pack(session)
                    self.place = dict(pack.place) if pack else {}
        except SQLAlchemyError as problem:
            log.warning("editions not looked up: %s", type(problem).__name__)
            return
        if tuple(self._served(each) for each in found) != self.seen:
            self._take_in_all(found)

    def _await(self, session: Session, found: Sequence[CurrentEdition]) -> None:
        """Have what is not on this machine brought, while readers have what is."""
        self.awaited = tuple(each for each in found if not self._is_here(each))
        if self.awaited:
            ids = [each.edition_id for each in self.awaited]
            self.bringing.begin(artifacts.list_pages(session, ids))

    def _is_here(self, edition: CurrentEdition) -> bool:
        return (self.root / edition.folder / MANIFEST).is_file()

    def _served(self, edition: CurrentEdition) -> CurrentEdition:
        """Give an edition, or while it is not here the one that readers had before."""
        if self._is_here(edition):
            return edition
        key = (edition.pack_slug, edition.tag)
        had = (each for each in self.seen if (each.pack_slug, each.tag) == key)
        before = next(had, None) or self.bringing.recall(edition)
        return replace(before, is_default=edition.is_default)

    def _take_in_all(self, found: Sequence[CurrentEdition]) -> None:
        """List the files of what readers get from now on."""
        fresh = EditionFiles(self.application, self.root, self.sessions, self.bringing)
        # One that could not be read now is tried again at the next look.
        served = (self._served(each) for each in found)
        self.seen = tuple(each for each in served if fresh.take_in(each))
        self.files = fresh.files
        self.bringing.remember(self.seen)

    def foot_in(self, tag: str) -> list[Link]:
        """List what the foot of a page in a locale links, or of one in the source."""
        return self.foot.get(tag) or self.foot.get("", [])

    def awaits(self, pack_slug: str, tag: str) -> bool:
        """Tell whether readers of a locale have nothing only because it is not here."""
        key = (pack_slug, tag)
        return any((each.pack_slug, each.tag) == key for each in self.awaited)

    def home_near(self, path: str) -> str:
        """Find the start page of the edition that an address would belong to."""
        homes = (each.home for each in reversed(self.seen))
        return next((home for home in homes if path.startswith(home)), "")

    def take_in(self, edition: CurrentEdition) -> bool:
        """List the files of an edition; tell whether its folder could be read."""
        folder = self.root / edition.folder
        try:
            # A folder that is missing says so here; WhiteNoise would find it empty.
            next(folder.iterdir(), None)
            self.digests |= _digests_in(folder)
            self.add_files(folder, edition.home)
        except OSError:
            log.exception("edition %s cannot be read", edition.folder)
            return False
        return True

    def update_files_dictionary(self, root: str, prefix: str) -> None:
        """Serve each file of an edition where it stands on the site."""
        found = dict(scantree(root))
        for path in found:
            address = prefix + address_of(path.removeprefix(root))
            self.add_file_to_dictionary(address, path, found)
            if address.endswith("/"):
                bare = address.rstrip("/")
                self.files[bare] = self.redirect(bare, address)

    def add_own_headers(self, headers: Headers, path: str) -> None:
        """Name a page by its content: equal size and second do not make it equal."""
        if path in self.digests:
            headers["ETag"] = f'"{self.digests[path][:32]}"'
        if path.endswith(MANIFEST):
            headers["X-Robots-Tag"] = "noindex"


def _digests_in(folder: Path) -> dict[str, str]:
    """Read what the files of a folder are known by; nothing where that is damaged."""
    try:
        listed = read_manifest(folder).files.items()
        return {str(folder / name): str(entry["sha256"]) for name, entry in listed}
    except (ValueError, TypeError, AttributeError, LookupError):
        # Readers still get the pages, named by size and second.
        log.exception("the manifest of %s is damaged", folder)
        return {}


def _add_version(static: Path) -> Callable[[str, dict[str, Any]], None]:
    """Make the address of an asset change with its content."""

    @cache
    def version(name: str) -> str:
        file = static / name
        content = file.read_bytes() if file.is_file() else b""
        return hashlib.sha256(content).hexdigest()[:10]

    def add(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = version(values["filename"])

    return add
