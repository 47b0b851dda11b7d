"""What somebody may have of their record: prepared, looked through, given out, removed.

Somebody else than who prepared it looks it through, for what no rule finds. It lies
sealed meanwhile, and is emptied some days after it was given out (`clocks`).
"""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies import tasks
from welcome.buddies.errors import MoveRefused, PersonErased
from welcome.buddies.links import About
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.rights import EXPORT_MOVES, ExportState, SubjectExport
from welcome.buddies.moving import move
from welcome.buddies.privacy import gathered
from welcome.buddies.privacy.errors import SecondLookNeeded
from welcome.buddies.privacy.traces import Person, kind_of

SUBJECT = "subject_export"


def prepare(
    session: Session, person: Person, *, actor: Account | None, now: datetime
) -> SubjectExport:
    """Gather all that is kept of a person, and ask for a second look.

    Of one that stands already, that one is returned. Raises PersonErased.
    """
    if person.erased_at is not None:
        raise PersonErased
    standing = find_newest(session, person)
    if standing and standing.state is not ExportState.REMOVED:
        return standing
    content = gathered.gather(session, person, now=now)
    made = SubjectExport(
        organisation_id=person.organisation_id,
        subject=kind_of(person),
        subject_id=person.id,
        moved_at=now,
        prepared_at=now,
        prepared_by_id=actor.id if actor else None,
        content=json.dumps(content, ensure_ascii=False),
    )
    session.add(made)
    session.flush()
    tasks.raise_task(
        session, TaskKind.REVIEW_EXPORT, person.organisation_id,
        About(SUBJECT, made.id), now=now,
    )  # fmt: skip
    journal.write(session, "export.prepared", SUBJECT, made.id, actor=actor, now=now)
    return made


def review(
    session: Session, export: SubjectExport, *, actor: Account, now: datetime
) -> None:
    """Say that somebody else looked it through; raises SecondLookNeeded, MoveRefused.

    Whoever calls has seen that the account coordinates or safeguards there.
    """
    if export.prepared_by_id == actor.id:
        raise SecondLookNeeded
    _move(session, export, ExportState.REVIEWED, now, reviewed_by_id=actor.id)
    about = About(SUBJECT, export.id)
    tasks.finish(session, TaskKind.REVIEW_EXPORT, about, actor=actor, now=now)
    journal.write(session, "export.reviewed", SUBJECT, export.id, actor=actor, now=now)


def release(
    session: Session, export: SubjectExport, *, actor: Account | None, now: datetime
) -> dict[str, Any]:
    """Give it out, once or again; raises MoveRefused before it was looked through."""
    if export.state is not ExportState.RELEASED:
        _move(session, export, ExportState.RELEASED, now)
    journal.write(session, "export.released", SUBJECT, export.id, actor=actor, now=now)
    return read(export)


def remove(
    session: Session, export: SubjectExport, *, actor: Account | None, now: datetime
) -> None:
    """Empty it, at whatever point; raises MoveRefused where it is empty already."""
    _move(session, export, ExportState.REMOVED, now, content=None)
    journal.write(session, "export.removed", SUBJECT, export.id, actor=actor, now=now)


def read(export: SubjectExport) -> dict[str, Any]:
    """Read what it holds, to look it through; raises MoveRefused where it is empty."""
    if export.content is None:
        raise MoveRefused(state=export.state.value, wanted=ExportState.REVIEWED.value)
    told: dict[str, Any] = json.loads(export.content)
    return told


def find_newest(session: Session, person: Person) -> SubjectExport | None:
    """Find what was gathered for somebody last."""
    asked = select(SubjectExport).where(
        SubjectExport.subject == kind_of(person), SubjectExport.subject_id == person.id
    )
    return session.exec(asked.order_by(col(SubjectExport.id).desc())).first()


def _move(
    session: Session,
    export: SubjectExport,
    state: ExportState,
    now: datetime,
    **values: object,
) -> None:
    move(session, export, EXPORT_MOVES, state, now=now, only_from=None, **values)
