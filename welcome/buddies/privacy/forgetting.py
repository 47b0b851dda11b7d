"""Letting go of what is known of people; what statistics count stays.

That is: languages and levels, the area widely, whether a newcomer wished for women or
men alone, days, states and outcomes; of a request also who brought it, for whom and how
urgent it was. Rows are changed where they lie, without being opened.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies.models.clearing import Clearance, ClearedFor, Referee
from welcome.buddies.models.desk import Link, Task
from welcome.buddies.models.pairings import CheckIn, Pairing
from welcome.buddies.models.people import (
    Area,
    AreaKind,
    Channel,
    Newcomer,
    NewcomerLanguage,
    Prefers,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.models.requests import Block, BuddyRequest
from welcome.buddies.models.rights import ExportState, RightsRequest, SubjectExport
from welcome.buddies.models.told import ToldStep
from welcome.buddies.privacy import traces
from welcome.buddies.privacy.traces import Ids, Person
from welcome.buddies.rules.spoken import OTHER
from welcome.buddies.rules.vocabulary import ANY_GENDER, COUNTED_WISHES, Level
from welcome.buddies.telling import is_about_pairings
from welcome.database import Base

Which = Ids | Sequence[int]

# What is nobody's own any more once it is emptied so.
OF_ALL: dict[str, object] = {
    "name": None,
    "email": None,
    "email_index": None,
    "phone": None,
    "phone_index": None,
    "safe_note": None,
    "about": None,
    "agreed_by": None,
    "agreed_in": None,
    "agreed_on": None,
    "agreed_through": None,
    "agreed_interpreter": None,
    "coordinator_id": None,
    "tag": "en",
    "prefers": Prefers.READ,
    "channel": Channel.EMAIL,
    "gender": None,
    "times": 0,
    "interests": [],
    "safe_from": 0,
    "safe_until": 24,
    "shares_phone": False,
    "is_kept_for_law": False,
    "kept_by_safeguarding": False,
}
OF_NEWCOMERS: dict[str, object] = {
    "interpreter": None,
    "never_told": None,
    "referrer_id": None,
    "referred_by_id": None,
    "avoids_own_community": False,
}
OF_VOLUNTEERS: dict[str, object] = {
    "reach_m": None,
    "back_on": None,
    "offers": [],
    "capacity": 0,
}
# A wish that few have, and nothing of which.
SOME_WISH = 0
# What somebody typed as a language says no more than that there was one.
UNNAMED = f"{OTHER}–"
REFEREE = {"name": None, "email": None, "phone": None, "answer": None}
Text = tuple[str, type[Base], str, sa.ColumnElement[bool]]


def forget_person(session: Session, person: Person, *, now: datetime) -> list[str]:
    """Empty a person's row and what others tell of them; name what held something."""
    table = type(person)
    emptied = OF_ALL | (OF_NEWCOMERS if isinstance(person, Newcomer) else OF_VOLUNTEERS)
    held = _name_held(session, person, emptied)
    counted = COUNTED_WISHES if isinstance(person, Newcomer) else {ANY_GENDER}
    wish = sa.case((col(table.wish).in_(counted), table.wish), else_=SOME_WISH)
    changed = sa.update(table).where(col(table.id) == person.id)
    _run(
        session,
        changed.values(
            **emptied, wish=wish, area_id=_widely(session, person), erased_at=now
        ),
    )
    held += _forget_beside(session, person)
    _forget_languages(session, person)
    session.refresh(person)
    return held


def forget_pairings(session: Session, which: Which) -> int:
    """Forget what was noted about pairings, who interpreted, who said no; count pairings.

    Days, states, faces, scores and outcomes stay: they are counted, and tell of nobody.
    """
    noted = sa.update(CheckIn).where(
        col(CheckIn.pairing_id).in_(which), col(CheckIn.note).is_not(None)
    )
    _run(session, noted.values(note=None))
    named = col(ToldStep.interpreter).is_not(None)
    heard = sa.update(ToldStep).where(is_about_pairings(which), named)
    _run(session, heard.values(interpreter=None))
    told = sa.update(Pairing).where(col(Pairing.id).in_(which))
    return _run(session, told.values(said_why=None, said_no=None))


def forget_referees(session: Session, which: Which) -> int:
    """Forget who referees are and what they wrote; that they answered stays."""
    any_left = sa.or_(*(getattr(Referee, each).is_not(None) for each in REFEREE))
    change = sa.update(Referee).where(col(Referee.id).in_(which), any_left)
    return _run(session, change.values(**REFEREE))


def remove_exports(session: Session, which: Which, *, now: datetime) -> int:
    """Empty what was gathered for people, whether they had it or not."""
    change = sa.update(SubjectExport).where(
        col(SubjectExport.id).in_(which),
        col(SubjectExport.state) != ExportState.REMOVED,
    )
    return _run(
        session, change.values(state=ExportState.REMOVED, moved_at=now, content=None)
    )


def close_all(session: Session, person: Person, *, now: datetime) -> None:
    """Close tasks about a person and what they asked for, and make links worthless."""
    for subject, which in traces.subjects_of(person).items():
        tasks = sa.update(Task).where(
            col(Task.subject) == subject,
            col(Task.subject_id).in_(which),
            col(Task.done_at).is_(None),
        )
        _run(session, tasks.values(done_at=now))
        links = sa.update(Link).where(
            col(Link.subject) == subject,
            col(Link.subject_id).in_(which),
            col(Link.used_at).is_(None),
        )
        _run(session, links.values(used_at=now))
    _close_asked(session, person, now)


def _close_asked(session: Session, person: Person, now: datetime) -> None:
    """Answer what somebody asked for: there is nothing any more to give or to mend."""
    asked = sa.update(RightsRequest).where(
        col(RightsRequest.subject) == traces.kind_of(person),
        col(RightsRequest.subject_id) == person.id,
        col(RightsRequest.answered_at).is_(None),
    )
    _run(session, asked.values(answered_at=now))


def _forget_beside(session: Session, person: Person) -> list[str]:
    """Empty the free text that stands about a person in other tables."""
    is_volunteer = isinstance(person, Volunteer)
    held = []
    for name, table, column, which in _list_texts(person):
        filled = getattr(table, column).is_not(None)
        change = sa.update(table).where(which, filled).values({column: None})
        if _run(session, change):
            held.append(name)
    if forget_referees(session, traces.referees_of(person)):
        held.append("referees")
    if is_volunteer:
        gone = sa.delete(ClearedFor).where(col(ClearedFor.volunteer_id) == person.id)
        _run(session, gone)
    return held


def _list_texts(person: Person) -> list[Text]:
    """List the free text about a person: its name, table, column and rows."""
    own = col(Clearance.volunteer_id) == person.id
    is_volunteer = isinstance(person, Volunteer)
    about = [
        (col(Task.subject) == subject) & col(Task.subject_id).in_(which)
        for subject, which in traces.subjects_of(person).items()
    ]
    return [
        (
            "urgency_reason",
            BuddyRequest,
            "urgency_reason",
            col(BuddyRequest.id).in_(traces.requests_of(person)),
        ),
        ("block_note", Block, "note", col(Block.id).in_(traces.blocks_of(person))),
        (
            "check_in_note",
            CheckIn,
            "note",
            col(CheckIn.id).in_(traces.check_ins_of(person)),
        ),
        ("task_note", Task, "note", sa.or_(*about)),
        ("task_told", Task, "told", sa.or_(*about)),
        ("clearance_reason", Clearance, "reason", own if is_volunteer else sa.false()),
        (
            "told_interpreter",
            ToldStep,
            "interpreter",
            col(ToldStep.id).in_(traces.told_of(person)),
        ),
    ]


def _forget_languages(session: Session, person: Person) -> None:
    """Keep the languages that have a name of their own; of others, that there was one."""
    is_newcomer = isinstance(person, Newcomer)
    table = NewcomerLanguage if is_newcomer else VolunteerLanguage
    owner: Any = getattr(table, "newcomer_id" if is_newcomer else "volunteer_id")
    own = owner == person.id
    typed = col(table.language).startswith(OTHER)
    # Their first language, where one of these is.
    is_other = sa.case((col(table.level) == Level.FIRST, 0), else_=1)
    first = session.exec(
        select(table.language).where(own, typed).order_by(is_other).limit(1)
    ).first()
    _run(session, sa.delete(table).where(own, typed, col(table.language) != first))
    renamed = sa.update(table).where(own, typed)
    _run(session, renamed.values(language=UNNAMED))
    if not is_newcomer:
        _run(session, sa.update(table).where(own).values(cell_x=None, cell_y=None))


def _widely(session: Session, person: Person) -> int | None:
    """Give the first sector of the same outward part; a neighbourhood stays itself."""
    area = session.get(Area, person.area_id) if person.area_id else None
    if area is None or area.kind is not AreaKind.SECTOR:
        return person.area_id
    outward = area.code.partition(" ")[0]
    same = (col(Area.code) == outward) | col(Area.code).startswith(f"{outward} ")
    asked = select(Area.id).where(col(Area.kind) == AreaKind.SECTOR, same)
    return session.exec(asked.order_by(col(Area.code)).limit(1)).first()


def _name_held(
    session: Session, person: Person, emptied: Mapping[str, object]
) -> list[str]:
    """Name the fields that hold something; sealed ones are not opened for it."""
    table = type(person)
    asked = sa.select(
        *(getattr(table, name).is_not(None).label(name) for name in emptied)
    ).where(col(table.id) == person.id)
    is_there = session.connection().execute(asked).one()._mapping
    plain = {name: value for name, value in emptied.items() if value is not None}
    return [
        name
        for name in emptied
        if not name.endswith("_index")
        and is_there[name]
        and (name not in plain or getattr(person, name) != plain[name])
    ]


def _run(session: Session, statement: sa.Update | sa.Delete) -> int:
    quiet = statement.execution_options(synchronize_session=False)
    return session.connection().execute(quiet).rowcount
