"""Erasing somebody wherever their pairing stands, and what is left of them."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import func, select

from tests.buddies import records
from tests.conftest import KEYRING
from welcome.buddies.errors import PersonErased
from welcome.buddies.lifecycle import exits, seats
from welcome.buddies.models.desk import Link, Task
from welcome.buddies.models.pairings import OVER, Outcome, PairingState, Side
from welcome.buddies.models.people import (
    Area,
    Channel,
    Newcomer,
    Prefers,
    SpokenThrough,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import RequestState
from welcome.buddies.models.rights import ErasedFor, Erasure, KeptFor
from welcome.buddies.people import requests
from welcome.buddies.people.requests import Wanted
from welcome.buddies.privacy import erasing, forgetting
from welcome.buddies.privacy.errors import KeptForLaw
from welcome.buddies.scheme import Scheme
from welcome.database import Base, Sealed, empty_log
from welcome.messages.models import Message, MessageState
from welcome.sealing import SealBroken

SCHEME = Scheme(
    site_url="https://town.example", place_name="Town", zone=ZoneInfo("Europe/London")
)
HELD_FROM = [
    PairingState.VOLUNTEER_ASKED,
    PairingState.NEWCOMER_ASKED,
    PairingState.AGREED,
    PairingState.MEETING,
]
STAGES = [(state, None) for state in PairingState if state is not PairingState.HELD] + [
    (PairingState.HELD, each.value) for each in HELD_FROM
]


def erase(session, person, now, why=ErasedFor.ASKED):
    receipt = erasing.erase(session, person, why, SCHEME, actor=None, now=now)
    session.commit()
    return receipt


def letters_to(session, address) -> list[str]:
    found = session.exec(select(Message).order_by(Message.id)).all()
    return [
        each.letter
        for each in found
        if each.recipient == address and each.state is MessageState.QUEUED
    ]


def texts_in(engine) -> list[str]:
    """Every text of every table, what is sealed opened."""
    found = []
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(sa.text(f'SELECT * FROM "{table.name}"')):
                for value in row:
                    if isinstance(value, bytes | memoryview):
                        try:
                            found.append(KEYRING.open(bytes(value)))
                        except SealBroken:
                            found.append(bytes(value).decode("latin-1"))
                    else:
                        found.append(str(value))
    return found


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(("state", "held_from"), STAGES)
def test_it_works_wherever_a_pairing_stands(session, now, side, state, held_from):
    made = records.write(session, now, state, held_from)
    stage = seats.stage(made.pairing)
    erased, other = made.person(side), made.person(_other(side))
    address, theirs = erased.email, other.email
    erase(session, erased, now)

    if state in OVER:
        assert made.pairing.state is state
        assert letters_to(session, theirs).count("no_longer") == 0
    else:
        assert made.pairing.state in {PairingState.ENDED, PairingState.WITHDRAWN}
        assert made.pairing.outcome is Outcome.ERASED
        knew = _other(side) in exits.TOLD.get(stage, tuple(Side))
        assert letters_to(session, theirs) == ["did_you_meet"] + ["no_longer"] * knew
    assert letters_to(session, address) == []
    assert session.get_one(Volunteer, made.volunteer.id).held == 0
    if side is Side.NEWCOMER:
        assert made.request.state is RequestState.WITHDRAWN
    else:
        assert made.volunteer.state is VolunteerState.LEFT
        assert made.request.state is RequestState.OPEN


def _other(side: Side) -> Side:
    return Side.VOLUNTEER if side is Side.NEWCOMER else Side.NEWCOMER


@pytest.mark.parametrize("side", list(Side))
def test_nothing_tells_of_them_any_more(session, engine, now, side):
    made = records.write(session, now)
    erase(session, made.person(side), now)
    said = records.NEWCOMERS if side is Side.NEWCOMER else records.VOLUNTEERS
    own = {*said, *(records.SECRETS[each] for each in ("check_in_note", "task_note"))}
    own.add(records.SECRETS[f"{side}_told"])
    theirs = {
        *("interpreter", "never_told", "urgency_reason", "block_note"),
        *("own_task_note", "named_again"),
    }
    if side is Side.VOLUNTEER:
        own |= {records.SECRETS[each] for each in ("clearance_reason", "answer")}
        own |= set(records.REFEREES)
    else:
        own |= {records.SECRETS[each] for each in theirs}
    texts = texts_in(engine)
    assert [(word, text) for text in texts for word in own if word in text] == []
    other = records.VOLUNTEERS if side is Side.NEWCOMER else records.NEWCOMERS
    assert other[0] in texts
    assert records.SECRETS[f"{_other(side)}_told"] in texts


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_file_itself_holds_nothing_of_them(session, engine, now):
    """What a server of its own keeps of dead rows is not ours to look at."""
    made = records.write(session, now)
    asked = sa.text("SELECT name, email, phone, about FROM newcomer")
    lying = session.connection().execute(asked).all()
    sealed = [bytes(each) for row in lying for each in row]
    session.commit()
    assert [each for each in sealed if each not in bytes_of(engine)] == []
    erase(session, made.newcomer, now)
    session.close()
    empty_log(engine)
    assert [each for each in sealed if each in bytes_of(engine)] == []


def bytes_of(engine) -> bytes:
    """All that lies in a database's file and in its log."""
    file = Path(engine.url.database)
    log = file.with_name(f"{file.name}-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_a_receipt_tells_what_went_and_of_nobody(session, now, cast):
    made = records.write(session, now)
    public_id = made.newcomer.public_id
    receipt = erase(session, made.newcomer, now)
    assert (receipt.public_id, receipt.kind) == (public_id, "newcomer")
    assert receipt.why is ErasedFor.ASKED
    assert set(receipt.fields) >= {
        "name", "email", "phone", "about", "safe_note", "interpreter", "never_told",
        "gender", "times", "urgency_reason", "block_note", "check_in_note",
        "told_interpreter", erasing.KEPT_APART,
    }  # fmt: skip
    assert "interests" not in receipt.fields
    again = erase(session, made.newcomer, now)
    assert again.id == receipt.id
    assert session.exec(select(func.count()).select_from(Erasure)).one() == 1


def test_what_statistics_count_stays(session, now):
    made = records.write(session, now)
    volunteer = made.volunteer
    erase(session, volunteer, now)
    assert volunteer.erased_at == now
    assert session.get_one(Area, volunteer.area_id).code == "B11 1"
    assert volunteer.wish == 0
    assert volunteer.gender is None
    count = select(func.count()).select_from(Base.metadata.tables["volunteer_language"])
    assert session.exec(count).one() == 2
    assert made.pairing.outcome is Outcome.ERASED
    assert made.pairing.ended_at == now


def test_links_and_tasks_about_them_are_over(session, now):
    made = records.write(session, now)
    erase(session, made.newcomer, now)
    usable = session.exec(select(Link.subject).where(Link.used_at.is_(None))).all()
    # The other side's own, and the one of the letter that tells them.
    assert set(usable) == {"volunteer"}
    left = session.exec(select(Task.subject).where(Task.done_at.is_(None))).all()
    assert set(left) == {"volunteer"}


@pytest.mark.parametrize("side", list(Side))
def test_who_is_kept_for_the_law_stays(session, now, side, cast):
    made = records.write(session, now)
    person = made.person(side)
    erasing.keep_for_law(
        session, person, KeptFor.COURT, actor=cast.administrator, now=now
    )
    session.commit()
    with pytest.raises(KeptForLaw):
        erase(session, person, now)
    session.rollback()
    assert made.pairing.state is PairingState.MEETING
    erasing.keep_no_longer(session, person, actor=cast.administrator, now=now)
    erase(session, person, now)
    with pytest.raises(PersonErased):
        erasing.keep_for_law(
            session, person, KeptFor.COURT, actor=cast.administrator, now=now
        )


def test_nothing_begins_anew_for_them(session, now):
    made = records.write(session, now)
    erase(session, made.newcomer, now)
    wanted = Wanted("self")
    with pytest.raises(PersonErased):
        requests.open_request(session, made.newcomer, wanted, actor=None, now=now)


def test_every_sealed_column_of_a_person_is_emptied(session, now):
    """A column that is added has to be forgotten too."""
    made = records.write(session, now)
    for table, person in ((Newcomer, made.newcomer), (Volunteer, made.volunteer)):
        names = [
            column.name
            for column in table.__table__.columns
            if isinstance(column.type, Sealed)
        ]
        assert len(names) >= 5
        erase(session, person, now)
        assert [each for each in names if getattr(person, each) is not None] == []


# What statistics count, and what tells no more than that there was somebody.
LEFT = {
    "id", "public_id", "organisation_id", "area_id", "wish", "is_adult",
    "notice_version", "noticed_at", "created_at", "heard_at", "erased_at",
}  # fmt: skip
LEFT_OF_VOLUNTEERS = {
    "state", "moved_at", "paused_by", "held", "unanswered", "asked_if_free_at",
    "times_asked_if_free", "first_cleared_at",
}  # fmt: skip


@pytest.mark.parametrize("side", list(Side))
def test_every_column_of_a_person_is_emptied_or_named_here(session, now, side):
    """A column that is added has to be forgotten too, or to be counted."""
    emptied = forgetting.OF_ALL | (
        forgetting.OF_NEWCOMERS if side is Side.NEWCOMER else forgetting.OF_VOLUNTEERS
    )
    left = LEFT | (LEFT_OF_VOLUNTEERS if side is Side.VOLUNTEER else set())
    table = Newcomer if side is Side.NEWCOMER else Volunteer
    assert set(table.__table__.columns.keys()) == set(emptied) | left


@pytest.mark.parametrize("side", list(Side))
def test_what_nobody_counts_is_neutral_afterwards(session, now, side, cast):
    made = records.write(session, now)
    person = made.person(side)
    said = {
        "agreed_on": now.date(), "agreed_through": SpokenThrough.PHONE, "tag": "ar",
        "coordinator_id": cast.administrator.id, "channel": Channel.CALL,
        "prefers": Prefers.LISTEN,
    }  # fmt: skip
    if side is Side.NEWCOMER:
        said |= {
            "referrer_id": person.organisation_id, "avoids_own_community": True,
            "referred_by_id": cast.administrator.id,
        }  # fmt: skip
    for name, value in said.items():
        setattr(person, name, value)
    session.commit()
    receipt = erase(session, person, now)
    assert set(receipt.fields) >= set(said)
    told = {name: getattr(person, name) for name in said}
    neutral = dict.fromkeys(said) | {
        "tag": "en", "channel": Channel.EMAIL, "prefers": Prefers.READ,
    }  # fmt: skip
    if side is Side.NEWCOMER:
        neutral["avoids_own_community"] = False
    else:
        assert (person.offers, person.capacity, person.held) == ([], 0, 0)
    assert told == neutral
