"""How a coordinator was told a step is kept with the step: sealed, and for few to see."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from tests.buddies import records, scenes
from tests.buddies.scenes import SCHEME
from welcome.accounts.models import JournalEntry
from welcome.buddies import noting, telling
from welcome.buddies.errors import InterpreterUnnamed, MoveRefused
from welcome.buddies.lifecycle import answers, checkins, exits, new_contact, pairings
from welcome.buddies.lifecycle.answers import Answer
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.lifecycle.new_contact import Contact
from welcome.buddies.lifecycle.pairings import Notice
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    Outcome,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import (
    Channel,
    PausedBy,
    SpokenThrough,
    VolunteerState,
)
from welcome.buddies.models.requests import RequestState
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.models.told import ToldStep
from welcome.buddies.noting import Heard
from welcome.buddies.people import requests, still_free, volunteers
from welcome.buddies.people.requests import Week
from welcome.buddies.people.volunteers import Offering, Pause
from welcome.buddies.privacy import erasing, retention
from welcome.buddies.rules.clocks import Clock
from welcome.partners import access as partners

NEWCOMERS = Heard(Side.NEWCOMER, SpokenThrough.INTERPRETER, "Ines Fiction")
VOLUNTEERS = Heard(Side.VOLUNTEER, SpokenThrough.INTERPRETER, "Vito Fiction")
S = PairingState


def check_in(session, scene, now):
    made = CheckIn(
        pairing_id=scene.pairing.id, side=Side.NEWCOMER, kind=CheckInKind.WEEK_2,
        due_on=now.date(), moved_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def paused(_session, scene, _now):
    scene.volunteer.state = VolunteerState.PAUSED
    scene.volunteer.paused_by = PausedBy.THEMSELVES
    return scene.volunteer


def on_hold(_session, scene, _now):
    scene.request.state = RequestState.ON_HOLD
    return scene.request


def closed(_session, scene, _now):
    scene.request.state = RequestState.CLOSED
    scene.pairing.state = S.ENDED
    return scene.request


def pairing(_session, scene, _now):
    return scene.pairing


def request(_session, scene, _now):
    return scene.request


def newcomer(_session, scene, _now):
    return scene.newcomer


def volunteer(_session, scene, _now):
    return scene.volunteer


LAST = scenes.NOON.date().replace(year=2100)
BY_PAPER = Contact(Channel.PAPER, heard=VOLUNTEERS)
# The act of the journal: where the pairing stands, whose row, the move and what it takes.
STEPS = {
    "pairing.answer_told": (S.NEWCOMER_ASKED, pairing, answers.record_answer,
                            (Answer(Side.NEWCOMER, True, heard=NEWCOMERS), SCHEME)),
    "check_in.answered": (S.MEETING, check_in, checkins.answer,
                          (Said(has_met=True, heard=NEWCOMERS),)),
    "pairing.met": (S.INTRODUCED, pairing, pairings.note_first_meeting, (VOLUNTEERS,)),
    "pairing.ending": (S.MEETING, pairing, pairings.begin_ending,
                       (Notice(LAST, VOLUNTEERS), SCHEME)),
    "pairing.carried_on": (S.ENDING, pairing, pairings.carry_on, (NEWCOMERS,)),
    "pairing.ended": (S.MEETING, pairing, exits.end,
                      (Ending(Outcome.FRIENDS, heard=NEWCOMERS), SCHEME)),
    "request.withdrawn": (S.MEETING, request, requests.withdraw,
                          (Ending(Outcome.FRIENDS, heard=NEWCOMERS), SCHEME)),
    "request.resumed": (S.ENDED, on_hold, requests.resume, (NEWCOMERS,)),
    "request.reopened": (S.ENDED, closed, requests.reopen, (NEWCOMERS,)),
    "request.week_changed": (S.MEETING, request, requests.change_week,
                             (Week(1, None, NEWCOMERS),)),
    "volunteer.paused": (S.MEETING, volunteer, volunteers.pause,
                         (Pause(PausedBy.THEMSELVES, heard=VOLUNTEERS), SCHEME)),
    "volunteer.came_back": (S.MEETING, paused, volunteers.come_back, (VOLUNTEERS, SCHEME)),
    "volunteer.still_free": (S.MEETING, volunteer, still_free.note_free, (VOLUNTEERS,)),
    "volunteer.offer_changed": (S.MEETING, volunteer, volunteers.change_offering,
                                (Offering(2, 1, None, VOLUNTEERS),)),
    "volunteer.left": (S.MEETING, volunteer, volunteers.leave,
                       (Ending(Outcome.FRIENDS, heard=VOLUNTEERS), SCHEME)),
    "person.contact_changed": (S.MEETING, volunteer, new_contact.change,
                               (BY_PAPER, SCHEME)),
}  # fmt: skip


def steps(session):
    return list(session.exec(select(ToldStep).order_by(ToldStep.id)))


@pytest.mark.parametrize("act", STEPS)
@pytest.mark.parametrize("is_staff", [True, False])
def test_every_step_is_kept_with_who_interpreted(session, now, cast, act, is_staff):
    state, find, move, said = STEPS[act]
    scene = scenes.scene(session, now, state)
    row = find(session, scene, now)
    session.flush()
    actor = cast.coordinator if is_staff else None
    move(session, row, *said, actor=actor, now=now)
    session.commit()
    if not is_staff:
        assert steps(session) == []
        return
    (kept,) = steps(session)
    noted = session.exec(select(JournalEntry).where(JournalEntry.act == act)).one()
    assert (kept.act, kept.subject, kept.subject_id) == (
        act, noting.SUBJECTS[type(row)], row.id,
    )  # fmt: skip
    assert (noted.subject, noted.subject_id) == (kept.subject, kept.subject_id)
    heard = NEWCOMERS if kept.side is Side.NEWCOMER else VOLUNTEERS
    assert (kept.through, kept.interpreter) == (heard.through, heard.interpreter)
    assert (kept.told_at, kept.written_by_id) == (now, cast.coordinator.id)
    assert noted.details["through"] == "interpreter"
    assert "Fiction" not in str(noted.details)


@pytest.mark.parametrize("name", ["", "  "])
def test_who_interpreted_has_a_name(name):
    with pytest.raises(InterpreterUnnamed):
        Heard(Side.NEWCOMER, SpokenThrough.INTERPRETER, name)
    assert Heard(Side.NEWCOMER, SpokenThrough.PHONE, name).interpreter == name


def test_a_move_that_is_refused_keeps_nothing(session, now, cast):
    scene = scenes.scene(session, now, S.VOLUNTEER_ASKED)
    said = Answer(Side.NEWCOMER, True, heard=NEWCOMERS)
    with pytest.raises(MoveRefused):
        answers.record_answer(
            session, scene.pairing, said, SCHEME, actor=cast.coordinator, now=now
        )
    session.commit()
    assert steps(session) == []
    scene = scenes.scene(session, now, S.NEWCOMER_ASKED)
    answers.record_answer(
        session, scene.pairing, said, SCHEME, actor=cast.coordinator, now=now
    )
    session.rollback()
    assert steps(session) == []


def test_the_name_lies_sealed(session, now):
    records.write(session, now)
    asked = sa.text("SELECT interpreter FROM told_step ORDER BY id")
    lying = [bytes(each) for (each,) in session.connection().execute(asked)]
    assert len(lying) == 2
    assert not any(b"Ferrante" in each or b"Brandl" in each for each in lying)


@pytest.mark.parametrize("side", list(Side))
def test_who_is_erased_takes_their_interpreter_along(session, now, side):
    made = records.write(session, now)
    person = made.person(side)
    receipt = erasing.erase(
        session, person, ErasedFor.ASKED, SCHEME, actor=None, now=now
    )
    session.expire_all()
    left = {each.side: each.interpreter for each in steps(session)}
    other = next(each for each in Side if each is not side)
    assert left == {side: None, other: records.SECRETS[f"{other}_told"]}
    assert "told_interpreter" in receipt.fields


def test_the_clock_of_a_pairing_lets_both_names_go(session, now):
    made = records.write(session, now, S.ENDED)
    made.pairing.ended_at, made.check_in.note = now, None
    session.commit()
    day = now.date().replace(year=2027)
    [due] = [
        each for each in retention.plan(session, day) if each.clock is Clock.PAIRING
    ]
    assert "told_interpreter" in due.fields
    gone = retention.carry_out(session, day, actor=None, now=now)
    session.expire_all()
    assert gone[Clock.PAIRING] == 1
    assert [each.interpreter for each in steps(session)] == [None, None]
    assert retention.carry_out(session, day, actor=None, now=now)[Clock.PAIRING] == 0


def test_what_was_told_of_another_pair_makes_no_pair_due(session, now):
    live = records.write(session, now)
    old = Pairing(
        request_id=live.request.id, newcomer_id=live.newcomer.id,
        volunteer_id=live.volunteer.id, state=S.ENDED, moved_at=now, ended_at=now,
        lead_id=live.volunteer.organisation_id, parts={}, score=1, seat=2,
    )  # fmt: skip
    session.add(old)
    session.commit()
    day = now.date().replace(year=2028)
    clocks = {each.clock for each in retention.plan(session, day)}
    assert Clock.PAIRING not in clocks
    assert None not in {each.interpreter for each in steps(session)}
    session.delete(live.check_in)
    old.said_no = Side.VOLUNTEER
    session.commit()
    assert Clock.PAIRING in {each.clock for each in retention.plan(session, day)}


@pytest.fixture
def two_homes(session, now, cast):
    """A pairing that Town Friends leads, with a volunteer of Harbour Charity."""
    homes = {each.name: each.id for each in partners.list_organisations(session)}
    made = records.write(session, now)
    made.newcomer.organisation_id = homes["Town Friends"]
    made.pairing.lead_id = homes["Town Friends"]
    made.volunteer.organisation_id = homes["Harbour Charity"]
    session.commit()
    return made


def test_each_reads_of_whom_they_look_after(session, two_homes, cast):
    told, other = two_homes, cast.neighbour
    theirs, ours = records.SECRETS["volunteer_told"], records.SECRETS["newcomer_told"]

    def read(account):
        found = telling.list_of_pairing(session, account, told.pairing)
        return [(each.side, each.interpreter) for each in found]

    assert read(other) == [(Side.VOLUNTEER, theirs)]
    names = dict(read(cast.coordinator))
    assert names[Side.NEWCOMER] == ours
    assert read(cast.administrator) == read(cast.referrer) == []
    of_request = telling.list_of_request(session, cast.coordinator, told.request)
    assert [each.interpreter for each in of_request] == [ours]
    of_volunteer = telling.list_of_volunteer(session, other, told.volunteer)
    assert [each.interpreter for each in of_volunteer] == [theirs]
    assert telling.list_of_request(session, other, told.request) == []


def test_who_leads_hears_the_other_side_but_not_through_whom(session, two_homes, cast):
    homes = {each.name: each.id for each in partners.list_organisations(session)}
    # As seen by somebody who works for the leading organisation alone.
    two_homes.pairing.lead_id = homes["Harbour Charity"]
    session.commit()
    found = telling.list_of_pairing(session, cast.neighbour, two_homes.pairing)
    assert {each.side: each.interpreter for each in found} == {
        Side.NEWCOMER: "", Side.VOLUNTEER: records.SECRETS["volunteer_told"],
    }  # fmt: skip
