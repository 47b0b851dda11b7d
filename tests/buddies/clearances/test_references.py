"""References: named, asked by letter, answered once, read, decided on."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from tests.buddies import clearing_people
from welcome.buddies import access, links
from welcome.buddies.clearances import referees, references, replies
from welcome.buddies.clearances.errors import RefereeTaken, RefereeUnreachable
from welcome.buddies.clearances.referees import Named
from welcome.buddies.clearances.replies import KnownFor, Reply, WouldTrust
from welcome.buddies.errors import (
    BadAddress,
    BadPhone,
    LinkOver,
    MoveRefused,
    NothingSaid,
    TooLongSaid,
)
from welcome.buddies.models.clearing import (
    Clearance,
    Referee,
    RefereeState,
    Relation,
)
from welcome.buddies.models.desk import Link, LinkPurpose, Task, TaskKind
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.rules.requirements import ClearanceKind
from welcome.buddies.scheme import Scheme
from welcome.errors import NotFound
from welcome.messages.models import Message
from welcome.tables import metadata

SCHEME = Scheme(
    site_url="https://welcome.example.org/",
    place_name="Exampleton",
    zone=ZoneInfo("Europe/London"),
)
REPLY = Reply(KnownFor.OVER_THREE_YEARS, "We worked together.", WouldTrust.YES, "جيدة")
RUTH = Named("Ruth Fictional", Relation.COLLEAGUE, "Ruth@Example.org", "020 7946 0123")


@pytest.fixture
def people(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def volunteer(session, people, now):
    return clearing_people.add_volunteer(
        session, people.charity, now, phone="+442079460999"
    )


@pytest.fixture
def name(session, volunteer, now):
    return lambda named: referees.name_referee(
        session, volunteer, named, actor=None, now=now
    )


@pytest.fixture
def referee(name):
    return name(RUTH)


@pytest.fixture
def asked(session, people, referee, now):
    references.ask(session, referee, SCHEME, actor=people.coordinator, now=now)
    return referee


def letters(session):
    return list(session.exec(select(Message).order_by(col(Message.id))))


def token_in(letter):
    [line] = [each for each in letter.body.splitlines() if each.startswith("https:")]
    path = "https://welcome.example.org/-/take-part/reference/"
    assert line.startswith(path)
    return line.removeprefix(path)


def answer(session, now, reply=REPLY):
    """Answer behind the link of the first letter."""
    token = token_in(letters(session)[0])
    link = links.get(session, token, LinkPurpose.REFERENCE, now=now)
    return references.answer(session, link, reply, now=now)


def everything(session):
    return {
        table.name: sorted(map(repr, session.connection().execute(table.select())))
        for table in metadata.sorted_tables
    }


def test_a_referee_is_kept_as_they_are_reached(referee):
    assert (referee.email, referee.phone) == ("ruth@example.org", "+442079460123")
    assert referee.state is RefereeState.NAMED


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"name": "  "}, NothingSaid),
        ({"name": "x" * 121}, TooLongSaid),
        ({"email": "nobody"}, BadAddress),
        ({"phone": "12"}, BadPhone),
        ({"email": "", "phone": " "}, RefereeUnreachable),
        ({"email": "VERA@example.org"}, RefereeTaken),
        ({"email": "", "phone": "+44 20 7946 0999"}, RefereeTaken),
    ],
    ids=str,
)
def test_who_cannot_be_a_referee(name, session, changed, refused):
    with pytest.raises(refused):
        name(Named(**{**vars(RUTH), **changed}))
    assert session.exec(select(Referee)).all() == []


@pytest.mark.parametrize(
    "changed",
    [{"phone": ""}, {"email": ""}, {"email": "other@example.org"}],
    ids=str,
)
def test_two_referees_are_two_people(name, referee, changed):
    with pytest.raises(RefereeTaken):
        name(Named(**{**vars(RUTH), "name": "Somebody Else", **changed}))


def test_family_is_no_choice():
    assert "family" not in {each.value for each in Relation}


def test_the_letter_says_little_and_its_link_answers_once(session, asked, now):
    [letter] = letters(session)
    assert letter.recipient == "ruth@example.org"
    assert letter.subject == "A question from Exampleton"
    token = token_in(letter)
    before = everything(session)
    for _ in range(3):
        link = links.get(session, token, LinkPurpose.REFERENCE, now=now)
        found, volunteer = references.get_asked(session, link)
        assert (found.id, volunteer.name) == (asked.id, "Vera Fictional")
    assert everything(session) == before

    answer(session, now)
    assert asked.state is RefereeState.ANSWERED
    assert replies.unpack(asked.answer) == REPLY
    assert [each.kind for each in session.exec(select(Task))] == [
        TaskKind.REFERENCE_CAME
    ]
    with pytest.raises(LinkOver):
        references.answer(session, link, REPLY, now=now)
    with pytest.raises(LinkOver):
        links.get(session, token, LinkPurpose.REFERENCE, now=now)


def test_what_was_said_lies_sealed(session, asked, now):
    answer(session, now)
    stored = session.connection().exec_driver_sql("SELECT answer FROM referee").scalar()
    assert b"worked together" not in bytes(stored)


@pytest.mark.parametrize(
    ("reply", "refused"),
    [
        (Reply(KnownFor.UNDER_A_YEAR, " ", WouldTrust.NO), NothingSaid),
        (
            Reply(KnownFor.UNDER_A_YEAR, "x" * 4_001, WouldTrust.UNSURE),
            TooLongSaid,
        ),
    ],
)
def test_an_answer_that_is_refused_may_be_given_again(
    session, asked, now, reply, refused
):
    with pytest.raises(refused):
        answer(session, now, reply)
    answer(session, now)
    assert asked.state is RefereeState.ANSWERED


def test_nobody_answers_of_whoever_is_gone(session, asked, volunteer, now):
    volunteer.state = VolunteerState.DECLINED
    with pytest.raises(LinkOver):
        answer(session, now)
    later = now + references.REMIND_AFTER
    assert references.list_to_remind(session, later) == []


def test_somebody_without_an_address_is_called(session, people, name, now):
    phoned = name(Named("Phil Fictional", Relation.NEIGHBOUR, phone="020 7946 0124"))
    with pytest.raises(RefereeUnreachable):
        references.ask(session, phoned, SCHEME, actor=people.coordinator, now=now)
    references.write_down(session, phoned, REPLY, actor=people.coordinator, now=now)
    assert phoned.state is RefereeState.ANSWERED
    assert letters(session) == []


def test_a_call_makes_the_letters_link_worthless(session, people, asked, now):
    references.write_down(session, asked, REPLY, actor=people.coordinator, now=now)
    token = token_in(letters(session)[0])
    with pytest.raises(LinkOver):
        links.get(session, token, LinkPurpose.REFERENCE, now=now)
    assert session.exec(select(Link).where(col(Link.used_at).is_(None))).all() == []


def test_reminders_go_out_twice_a_week_apart(session, asked, now):
    sent = []
    for day in range(40):
        moment = now + timedelta(days=day)
        for referee_id in references.list_to_remind(session, moment):
            assert referee_id == asked.id
            assert references.remind(session, asked, SCHEME, now=moment)
            assert not references.remind(session, asked, SCHEME, now=moment)
            sent.append(day)
    assert sent == [7, 14]
    assert [each.letter for each in letters(session)] == [
        "reference_asked", "reference_reminder", "reference_reminder",
    ]  # fmt: skip
    answer(session, now + timedelta(days=14))
    assert asked.state is RefereeState.ANSWERED
    assert not references.remind(session, asked, SCHEME, now=now + timedelta(days=30))


def test_what_is_accepted_counts_as_a_clearance(session, people, asked, now):
    answer(session, now)
    today = SCHEME.today(now)
    references.accept(session, asked, actor=people.coordinator, today=today, now=now)
    [row] = session.exec(select(Clearance))
    assert (row.kind, row.is_met) == (ClearanceKind.REFERENCE, True)
    assert asked.decided_by_id == people.coordinator.id
    [task] = session.exec(select(Task))
    assert task.done_at == now
    with pytest.raises(MoveRefused):
        references.accept(
            session, asked, actor=people.coordinator, today=today, now=now
        )


def test_what_is_refused_counts_for_nothing(session, people, asked, now):
    answer(session, now)
    references.refuse(session, asked, actor=people.coordinator, now=now)
    assert session.exec(select(Clearance)).all() == []
    assert asked.state is RefereeState.REFUSED


ALLOWED = {
    "ask": {RefereeState.NAMED},
    "write_down": {RefereeState.NAMED, RefereeState.ASKED},
    "accept": {RefereeState.ANSWERED},
    "refuse": {RefereeState.ANSWERED},
}


@pytest.mark.parametrize("state", list(RefereeState), ids=str)
@pytest.mark.parametrize("act", list(ALLOWED))
def test_where_a_reference_may_go(session, people, referee, now, act, state):
    referee.state = state
    session.flush()
    actor = people.coordinator
    acts = {
        "ask": lambda: references.ask(session, referee, SCHEME, actor=actor, now=now),
        "write_down": lambda: references.write_down(
            session, referee, REPLY, actor=actor, now=now
        ),
        "accept": lambda: references.accept(
            session, referee, actor=actor, today=SCHEME.today(now), now=now
        ),
        "refuse": lambda: references.refuse(session, referee, actor=actor, now=now),
    }
    if state in ALLOWED[act]:
        acts[act]()
        assert referee.state is not state
    else:
        with pytest.raises(MoveRefused):
            acts[act]()
        assert referee.state is state


READERS = {"coordinator"}


@pytest.mark.parametrize("who", list(clearing_people.PEOPLE))
def test_who_reads_a_reference(session, people, referee, volunteer, who):
    account = getattr(people, who)
    if who in READERS:
        found = access.get_referee(session, account, referee.public_id)
        assert found == (referee, volunteer)
    else:
        with pytest.raises(NotFound):
            access.get_referee(session, account, referee.public_id)
