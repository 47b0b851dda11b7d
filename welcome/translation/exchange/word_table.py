"""A two-column Word table for people without our tools: out, back, and taken in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs.access import list_heads
from welcome.packs.models import Pack, Page, Unit
from welcome.packs.versions import units_of, units_of_heads
from welcome.segmentation import normalise
from welcome.translation import targets
from welcome.translation.checks import Finding
from welcome.translation.drafting import refuse_not_offered
from welcome.translation.errors import SaveConflict, TooLong
from welcome.translation.findings import findings_of, mark_blocked
from welcome.translation.models import DECIDED, Origin, Target, TargetState
from welcome.translation.past import list_past
from welcome.translation.targets import Draft

from .pins import Pin
from .word_reading import Row, read
from .word_writing import Line, write

__all__ = [
    "Line",
    "Outcome",
    "Returned",
    "Row",
    "Saved",
    "apply",
    "list_lines",
    "read",
    "write",
]


@dataclass(frozen=True)
class Saved:
    """A row whose text was saved and handed in, with what the checks say about it."""

    row: Row
    target: Target
    findings: Sequence[Finding]


@dataclass
class Outcome:
    """What became of each row of a table; every row is in exactly one list."""

    saved: list[Saved] = field(default_factory=list)
    # The text we have already, and nobody has to hand it in.
    unchanged: list[Row] = field(default_factory=list)
    # Nothing was written in the second column.
    empty: list[Row] = field(default_factory=list)
    # The source has changed since: the page no longer says this.
    stale: list[Row] = field(default_factory=list)
    # The pin is of another pack or locale, or of nothing we know.
    unknown: list[Row] = field(default_factory=list)
    # The pin is gone or twice there, or the first column was changed.
    damaged: list[Row] = field(default_factory=list)
    # Somebody here saved another text since the table went out.
    conflicts: list[Row] = field(default_factory=list)
    # The text is far longer than its source asks for.
    too_long: list[Row] = field(default_factory=list)
    # Just as a machine drafted it: nobody says that it was read.
    untouched: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Returned:
    """A table that came back, and whether its reader says to have read every row."""

    rows: Iterable[Row]
    all_read: bool = False


def list_lines(
    session: Session,
    pack: Pack,
    tag: str,
    *,
    page: Page | None = None,
    only_changed: bool = False,
) -> list[Line]:
    """List what waits for a translator in a locale, of one page or of all.

    Or only what has no text since its source changed.
    """
    refuse_not_offered(pack, tag)
    heads = [each for each in list_heads(session, pack) if page in (None, each[0])]
    placed = units_of(session, [version.id for _page, version in heads])
    ids = [each.unit.id for units in placed.values() for each in units]
    written = targets.targets_of(session, ids, tag)
    changed = list_past(session, ids, tag) if only_changed else {}
    lines = []
    for _page, version in heads:
        for each in placed.get(version.id, []):
            target = written.get(each.unit.id)
            is_wanted = not only_changed or (
                each.unit.id in changed and not (target and target.text)
            )
            if is_wanted and (target is None or target.state not in DECIDED):
                lines.append(_line(pack, tag, version.title, each.unit, target))
    return lines


def apply(
    session: Session,
    pack: Pack,
    tag: str,
    table: Returned,
    *,
    actor: Account,
    now: datetime,
) -> Outcome:
    """Save and hand in what came back; whatever cannot be saved is given back.

    Raises NotAllowed where the actor has no right for the locale, LocaleNotOffered.
    """
    refuse_not_offered(pack, tag)
    targets.refuse_strangers(session, actor, tag)
    intake = _Intake(session, pack, tag, actor, now)
    for row in table.rows:
        intake.take(row, all_read=table.all_read)
    intake.finish()
    return intake.outcome


class _Intake:
    """Taking in one table."""

    def __init__(
        self, session: Session, pack: Pack, tag: str, actor: Account, now: datetime
    ) -> None:
        self.session, self.pack, self.tag = session, pack, tag
        self.actor, self.now = actor, now
        self.outcome = Outcome()
        self.saved: list[tuple[Row, Target]] = []
        placed = units_of_heads(session, pack).values()
        self.units = {each.unit.id: each.unit for units in placed for each in units}
        self.held = targets.hold(session, self.units, tag)
        self.seen: set[int] = set()

    def take(self, row: Row, *, all_read: bool) -> None:
        """Put a row where it belongs; save it where it can be saved."""
        place = self._place(row)
        if place is not None:
            place.append(row)
            return
        unit, revision = self.units[row.known_pin.unit_id], row.known_pin.revision
        self.seen.add(unit.id)
        text = targets.clean(unit, _as_markdown(row.text, unit))
        target = self.held.get(unit.id) or Target(unit_id=unit.id, tag=self.tag)
        is_here = target.text == text and target.state is not TargetState.TRANSLATED
        if not text:
            self.outcome.empty.append(row)
        elif target.is_unread and target.text == text and not all_read:
            self.outcome.untouched.append(row)
        elif is_here:
            self.outcome.unchanged.append(row)
        else:
            self._save(row, unit, target, Draft(text, revision, Origin.IMPORT))

    def finish(self) -> None:
        """Look at what was saved, and write the journal."""
        saved = [target for _row, target in self.saved]
        mark_blocked(self.session, saved)
        found = findings_of(self.session, saved)
        self.outcome.saved = [
            Saved(row, target, found[target.id]) for row, target in self.saved
        ]
        counts = {name: len(rows) for name, rows in vars(self.outcome).items()}
        journal.write(
            self.session,
            "table.taken_in",
            "pack",
            self.pack.id,
            actor=self.actor,
            now=self.now,
            tag=self.tag,
            **counts,
        )

    def _place(self, row: Row) -> list[Row] | None:
        """Name the list of a row that cannot be saved."""
        pin = row.pin
        if pin is None:
            return self.outcome.damaged
        if (pin.pack, pin.tag) != (self.pack.slug, self.tag):
            return self.outcome.unknown
        unit = self.units.get(pin.unit_id)
        if unit is None:
            return self._place_of_absent(pin)
        if not pin.fits(unit.key_hash):
            return self.outcome.unknown
        is_whole = _same(row.source, unit.text) and unit.id not in self.seen
        return None if is_whole else self.outcome.damaged

    def _place_of_absent(self, pin: Pin) -> list[Row]:
        """Tell what the page used to say from what it never said."""
        unit = self.session.get(Unit, pin.unit_id)
        page = self.session.get(Page, unit.page_id) if unit else None
        is_ours = page is not None and page.pack_id == self.pack.id
        if unit and is_ours and pin.fits(unit.key_hash):
            return self.outcome.stale
        return self.outcome.unknown

    def _save(self, row: Row, unit: Unit, target: Target, draft: Draft) -> None:
        try:
            target = targets.put(
                self.session, unit, target, draft, actor=self.actor, now=self.now
            )
        except SaveConflict:
            self.outcome.conflicts.append(row)
            return
        except TooLong:
            self.outcome.too_long.append(row)
            return
        targets.hand_in(self.session, target, actor=self.actor, now=self.now)
        self.saved.append((row, target))


def _line(pack: Pack, tag: str, title: str, unit: Unit, target: Target | None) -> Line:
    revision = target.revision if target else 0
    pin = Pin(pack.slug, tag, unit.id, unit.key_hash, revision)
    text = target.text if target else ""
    return Line(title, pin, normalise(unit.text), text)


def _same(cell: str, text: str) -> bool:
    """Compare as a reader does: office programs change blanks and breaks."""
    return " ".join(cell.split()) == " ".join(normalise(text).split())


def _as_markdown(text: str, unit: Unit) -> str:
    """Give lines of a cell as hard breaks, where the source has any."""
    has_breaks = "  \n" in normalise(unit.text)
    return ("  \n" if has_breaks else " ").join(text.split("\n"))
