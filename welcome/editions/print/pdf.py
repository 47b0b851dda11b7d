"""Prints an edition: checked before, set in a child process, checked after.

It opens its own transactions, where rooms leave that to the edge: a print takes seconds
between them, and nobody may wait for a lock meanwhile.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from sqlmodel import Session

from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.editions import (
    artifacts,
    book,
    fingerprints,
    folders,
    leftovers,
    problems,
    sharing,
)
from welcome.editions.book import Body, Book
from welcome.editions.current import folder_of
from welcome.editions.errors import GlyphsMissing, PrintFailed
from welcome.editions.models import Artifact, ArtifactKind, Edition
from welcome.editions.print import document, fonts
from welcome.editions.print import press as pressing
from welcome.editions.print.coverage import find_gaps
from welcome.editions.sharing import File

# A report names this many of each kind; a person mends one and prints again.
SHOWN = 10
# What the folders that a press works in are called.
SCRATCH = "welcome-print"
OUT_OF_MEMORY = ("MemoryError", "Cannot allocate memory", "failed to map segment")


@dataclass(frozen=True)
class Limits:
    """What one printing may take."""

    seconds: int = 300
    megabytes: int = 1024


@dataclass(frozen=True)
class Printed:
    """A PDF as it lies below the editions' root."""

    path: Path
    fingerprint: str
    sha256: str
    size: int


def make(
    sessions: Sessions,
    edition_id: int,
    *,
    settings: Settings,
    now: datetime,
    anew: bool = False,
) -> Printed:
    """Print an edition, holding no lock meanwhile; the same print is made only once.

    Or anew, where what lies there was harmed.

    Raises PrintFailed, or GlyphsMissing naming section, character and locale: that is
    kept with the edition, which is not due again then. Raises EditionsFolderMissing,
    StoreUnreachable or StoreRefused, before the work, where other machines would not
    find the print.
    """
    shared = sharing.ready(settings)
    with reading(), sessions() as session:
        edition = session.get_one(Edition, edition_id)
        read = book.read(session, edition)
        bodies = book.read_bodies(session, read.pages)
        held = None if anew else artifacts.find(session, edition, ArtifactKind.PRINT)
    try:
        printed = print_book(read, bodies, settings, held=held)
    except PrintFailed as failure:
        with sessions.begin() as session:
            session.get_one(Edition, edition_id).problem = problems.keep(failure, 1000)
        raise
    if shared.is_set:
        kept = File(str(printed.path), printed.sha256, printed.size)
        sharing.keep_file(shared, settings.editions, kept)
    with sessions.begin() as session:
        record(session, session.get_one(Edition, edition_id), printed, now=now)
    return printed


def print_book(
    read: Book,
    bodies: Mapping[int, Body],
    settings: Settings,
    *,
    held: Artifact | None = None,
) -> Printed:
    """Print a book below the editions' root, or keep the print that is there."""
    html = document.render(read, bodies)
    key = fingerprints.of([html, fonts.fingerprint(), metadata.version("weasyprint")])
    folder = folder_of(read.furniture["pack"], read.edition.tag, read.edition.number)
    path = folder.with_name(f"{folder.name}.pdf")
    target = settings.editions / path
    if held and held.fingerprint == key and target.is_file():
        return Printed(path, key, held.sha256, held.size)
    check(read, html)
    limits = Limits(settings.print_seconds, settings.print_memory_mb)
    content = press(html, read.furniture["site_url"], limits)
    folders.put_file(target, content)
    return Printed(path, key, fingerprints.of_bytes(content), len(content))


def check(read: Book, html: str) -> None:
    """Refuse what the fonts cannot write; raises GlyphsMissing or PrintFailed."""
    fonts.require({read.locale, read.source})
    gaps = find_gaps(html, read.edition.tag, fonts.coverage())
    if gaps:
        places = [str(gap) for gap in gaps[:SHOWN]]
        raise GlyphsMissing(reason="glyphs", detail="; ".join(places))


def press(html: str, address: str, limits: Limits) -> bytes:
    """Set a document in a child process; raises PrintFailed with the reason."""
    with leftovers.held_folder(Path(tempfile.gettempdir()), SCRATCH) as folder:
        (folder / "in.html").write_text(html, "utf-8")
        _run(folder, address, limits)
        report: dict[str, list[str]] = json.loads((folder / "report.json").read_text())
        if report["boxes"]:
            raise GlyphsMissing(reason="glyphs", detail=" ".join(report["boxes"]))
        for kind in ("refused", "warnings"):
            if report[kind]:
                detail = "; ".join(report[kind][:SHOWN])
                raise PrintFailed(reason=kind, detail=detail)
        return (folder / "out.pdf").read_bytes()


def record(
    session: Session, edition: Edition, printed: Printed, *, now: datetime
) -> Artifact:
    """Note a print; one that was kept keeps its date."""
    artifact = artifacts.find(session, edition, ArtifactKind.PRINT)
    made_from, sum_of = printed.fingerprint, printed.sha256
    if artifact and (artifact.fingerprint, artifact.sha256) == (made_from, sum_of):
        return artifact
    if artifact:
        session.delete(artifact)
        session.flush()
    edition.problem = ""
    made = Artifact(
        edition_id=edition.id,
        kind=ArtifactKind.PRINT,
        fingerprint=printed.fingerprint,
        path=printed.path.as_posix(),
        sha256=printed.sha256,
        size=printed.size,
        made_at=now,
    )
    session.add_all([edition, made])
    session.flush()
    return made


def _run(folder: Path, address: str, limits: Limits) -> None:
    """Run the press in a process of its own, which a bad document may ruin.

    A plain child: workers are daemons, which may not have any of multiprocessing's. It
    ends with us, however we end: its standard input is ours to close. What its libraries
    put down for a moment lies in the folder too, and goes with it.
    """
    given = (folder, address, fonts.configuration(), limits.megabytes)
    command = [sys.executable, "-m", pressing.__name__, *(str(each) for each in given)]
    own = os.environ | {"TMPDIR": str(folder)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=own) as child:
        try:
            code = child.wait(limits.seconds)
        except subprocess.TimeoutExpired as late:
            raise PrintFailed(reason="time", detail=f"{limits.seconds} s") from late
        finally:
            child.kill()
    if code:
        raise PrintFailed(**_reason(folder, code, limits))


def _reason(folder: Path, code: int, limits: Limits) -> dict[str, str]:
    """Tell why a press stopped from its last words."""
    file = folder / "words.txt"
    words = file.read_text("utf-8", "replace").strip() if file.exists() else ""
    last = words.splitlines()[-1] if words else f"exit code {code}"
    # Python raises, C libraries abort, the kernel kills.
    if code < 0 or any(sign in words for sign in OUT_OF_MEMORY):
        return {"reason": "memory", "detail": f"{limits.megabytes} MB; {last}"}
    return {"reason": "crash", "detail": last}
