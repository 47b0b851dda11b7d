"""What was kept long enough goes on its day, and not a day sooner."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from tests.buddies import clearing_people, records
from tests.buddies.privacy.test_erasing import texts_in
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.concerns import Concern, ConcernNote, ConcernState, RaisedBy
from welcome.buddies.models.desk import Link, LinkPurpose, Run
from welcome.buddies.models.pairings import PairingState, Side
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.models.requests import RequestState
from welcome.buddies.models.rights import ErasedFor, Erasure, KeptFor
from welcome.buddies.privacy import erasing, retention
from welcome.buddies.rules.clocks import Clock
from welcome.buddies.rules.errors import BadClocks
from welcome.jobs import due
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.running import Context
from welcome.messages.models import Message, MessageState

DAY = timedelta(days=1)


def carry_out(session, today, now):
    gone = retention.carry_out(session, today, actor=None, now=now)
    session.commit()
    return {clock: number for clock, number in gone.items() if number}


def planned(session, today) -> dict[Clock, list]:
    found: dict[Clock, list] = {}
    for each in retention.plan(session, today):
        found.setdefault(each.clock, []).append(each)
    return found


@pytest.fixture
def ended(session, now):
    """A pairing that ended well, a request that is closed, a volunteer who left."""
    made = records.write(session, now)
    made.pairing.state, made.pairing.ended_at = PairingState.ENDED, now
    made.pairing.introduced_at, made.pairing.said_no = now, Side.NEWCOMER
    made.request.state = RequestState.CLOSED
    made.volunteer.state, made.volunteer.held = VolunteerState.LEFT, 0
    session.commit()
    return made


@pytest.mark.parametrize(
    ("clock", "whose", "on"),
    [
        (Clock.NEWCOMER, "newcomer", (2026, 9, 2)),
        (Clock.VOLUNTEER, "volunteer", (2028, 3, 2)),
        (Clock.REFERENCE, "referee", (2026, 9, 2)),
        (Clock.PAIRING, "pairing", (2027, 3, 2)),
    ],
)
def test_each_goes_on_its_day(session, now, ended, clock, whose, on):
    day = now.date().replace(year=on[0], month=on[1], day=on[2])
    before = planned(session, day - DAY)
    assert clock not in before
    row = getattr(ended, whose)
    [found] = planned(session, day)[clock]
    assert (found.public_id, found.since, found.due_on) == (
        row.public_id, now.date(), day,
    )  # fmt: skip
    assert found.fields
    assert retention.is_any_due(session, day)
    gone = carry_out(session, day, now)
    assert gone[clock] == 1
    assert clock not in planned(session, day)


@pytest.mark.parametrize(("named", "due"), [(-5, (9, 3)), (10, (9, 12))])
def test_a_reference_nobody_needed_goes_while_the_volunteer_stays(
    session, now, named, due
):
    made = records.write(session, now)
    made.referee.decided_at = None
    made.referee.moved_at = now + named * DAY
    made.volunteer.first_cleared_at = None
    session.commit()
    later = now.date().replace(year=2030)
    assert Clock.REFERENCE not in planned(session, later)
    made.volunteer.first_cleared_at = now + DAY
    session.commit()
    day = now.date().replace(month=due[0], day=due[1])
    assert Clock.REFERENCE not in planned(session, day - DAY)
    assert carry_out(session, day, now)[Clock.REFERENCE] == 1
    session.refresh(made.referee)
    assert (made.referee.name, made.referee.email, made.referee.phone) == (None,) * 3


def test_one_who_never_had_a_buddy_goes_after_the_last_word(session, now, ended):
    ended.pairing.introduced_at = None
    ended.newcomer.heard_at = now + 10 * DAY
    session.commit()
    assert Clock.NEVER_PAIRED not in planned(
        session, now.date().replace(month=9, day=11)
    )
    [found] = planned(session, now.date().replace(month=9, day=12))[Clock.NEVER_PAIRED]
    assert found.since == (now + 10 * DAY).date()


def test_who_waits_or_meets_is_never_due(session, now):
    records.write(session, now)
    later = now.date().replace(year=2050)
    assert not {
        Clock.NEWCOMER,
        Clock.NEVER_PAIRED,
        Clock.VOLUNTEER,
        Clock.PAIRING,
    } & set(planned(session, later))


def test_an_application_that_came_to_nothing_goes_sooner(session, now, ended):
    session.delete(ended.check_in)
    session.flush()
    session.delete(ended.pairing)
    ended.volunteer.state = VolunteerState.DECLINED
    session.commit()
    day = now.date().replace(month=9)
    assert carry_out(session, day - DAY, now).get(Clock.APPLICANT) is None
    assert carry_out(session, day, now)[Clock.APPLICANT] == 1
    session.refresh(ended.volunteer)
    assert ended.volunteer.name is None


@pytest.mark.parametrize(
    ("cleared", "clock", "year", "month"),
    [(True, Clock.VOLUNTEER, 2028, 3), (False, Clock.APPLICANT, 2026, 9)],
)
def test_who_was_cleared_once_is_no_applicant_when_they_leave(
    session, now, cleared, clock, year, month
):
    home = clearing_people.assemble(session, now).charity
    made = clearing_people.add_volunteer(
        session, home, now, state=VolunteerState.LEFT,
        first_cleared_at=now if cleared else None,
    )  # fmt: skip
    session.commit()
    day = now.date().replace(year=year, month=month)
    assert planned(session, day - DAY) == {}
    [found] = planned(session, day)[clock]
    assert found.public_id == made.public_id


def test_looking_changes_nothing(session, engine, now, ended):
    before = texts_in(engine)
    later = now.date().replace(year=2050)
    assert len(retention.plan(session, later)) >= 5
    retention.is_any_due(session, later)
    session.commit()
    assert texts_in(engine) == before


def test_nothing_of_them_is_left_and_a_receipt_tells_so(session, engine, now, ended):
    public_id = ended.newcomer.public_id
    carry_out(session, now.date().replace(year=2029), now)
    words = {*records.NEWCOMERS, *records.VOLUNTEERS, *records.REFEREES}
    words |= set(records.SECRETS.values())
    texts = texts_in(engine)
    assert [(word, text) for text in texts for word in words if word in text] == []
    receipt = session.exec(select(Erasure).where(Erasure.public_id == public_id)).one()
    assert receipt.why is ErasedFor.RETENTION
    assert carry_out(session, now.date().replace(year=2029), now) == {}


def test_who_the_law_keeps_is_named_and_stays(session, now, ended, cast):
    erasing.keep_for_law(
        session, ended.newcomer, KeptFor.CLAIM, actor=cast.administrator, now=now
    )
    session.commit()
    later = now.date().replace(year=2027)
    found = planned(session, later)
    [kept] = found[Clock.NEWCOMER]
    assert kept.is_kept
    assert kept.public_id == ended.newcomer.public_id
    assert [each.is_kept for each in found[Clock.PAIRING]] == [True]
    gone = carry_out(session, later, now)
    assert not {Clock.NEWCOMER, Clock.PAIRING} & set(gone)
    assert ended.newcomer.name == records.NEWCOMERS[0]


def test_concerns_stay_seven_years_and_go_whole(session, now, ended):
    concern = Concern(
        organisation_id=ended.volunteer.organisation_id,
        raised_with_id=ended.volunteer.organisation_id, raised_by=RaisedBy.STAFF,
        raised_at=now, moved_at=now, state=ConcernState.CLOSED, what="a bruise",
        newcomer_id=ended.newcomer.id,
    )  # fmt: skip
    kept = Concern(**{**concern.model_dump(exclude={"id", "public_id"}),
                      "is_kept_for_law": True})  # fmt: skip
    session.add_all([concern, kept])
    session.flush()
    session.add(ConcernNote(concern_id=concern.id, written_at=now, text="was called"))
    session.commit()
    day = now.date().replace(year=2033)
    assert Clock.CONCERN not in carry_out(session, day - DAY, now)
    named = planned(session, day)[Clock.CONCERN]
    # Nobody learns from a plan which concern it is.
    assert [(each.public_id, each.count, each.is_kept) for each in named] == [
        ("", 1, False), ("", 1, True),
    ]  # fmt: skip
    assert carry_out(session, day, now)[Clock.CONCERN] == 1
    assert session.exec(select(Concern.is_kept_for_law)).all() == [True]
    assert session.exec(select(func.count()).select_from(ConcernNote)).one() == 0


def test_links_letters_and_runs_go_by_themselves(session, now, ended):
    session.add(
        Run(made_at=now, policy_version=1, fingerprint="f", given=b"g")
    )  # fmt: skip
    for each in session.exec(select(Message)):
        each.state, each.sent_at, each.body = MessageState.SENT, now, ""
    links.make(session, LinkPurpose.SIGN_IN, About("volunteer", 1), now=now)
    session.commit()
    letters = session.exec(select(func.count()).select_from(Message)).one()
    today = (now + 15 * DAY).date()
    assert planned(session, today)[Clock.MESSAGE][0].count == letters > 3
    assert carry_out(session, today, now)[Clock.MESSAGE] == letters
    session.expire_all()
    assert {each.recipient for each in session.exec(select(Message))} == {""}
    count = session.exec(select(func.count()).select_from(Link)).one()
    assert carry_out(session, (now + 29 * DAY).date(), now)[Clock.LINK] == count
    assert carry_out(session, now.date().replace(year=2027), now)[Clock.RUN] == 1


def test_periods_are_set_and_count(session, now, ended, cast):
    settings = {"newcomer": 3}
    retention.set_clocks(session, settings, actor=cast.administrator, now=now)
    session.commit()
    day = now.date().replace(month=6)
    assert Clock.NEWCOMER not in planned(session, day - DAY)
    assert Clock.NEWCOMER in planned(session, day)
    with pytest.raises(BadClocks):
        retention.set_clocks(session, {"newcomer": 0}, actor=None, now=now)


def test_a_job_a_day_does_it(session, maker, settings, now, ended, monkeypatch):
    assert "retain" not in {each.kind for each in due.list_missing(session, now)}
    later = now.replace(year=2029)
    [work] = [e for e in due.list_missing(session, later) if e.kind == "retain"]
    assert work.key == "retain:2029-03-02"
    job = next(e for e in due.find_work(session, later) if e.kind == "retain")
    session.commit()
    session.close()
    monkeypatch.setattr("welcome.jobs.handlers.clock.now", lambda: later)
    context = Context(maker, settings, job, "token")
    monkeypatch.setattr(Context, "beat", lambda _self: None)
    HANDLERS["retain"](context)
    with maker() as looked:
        assert retention.plan(looked, later.date()) == []
        assert "retain" not in {each.kind for each in due.list_missing(looked, later)}
