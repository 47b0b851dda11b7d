"""Who was not heard of for long is asked whether they are still free, twice, then paused."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.due.test_tending import run_due
from tests.buddies.scenes import SCHEME
from welcome.buddies import links
from welcome.buddies.due.tending import Tending, list_due
from welcome.buddies.errors import LinkOver, MoveRefused
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.people import Channel, PausedBy, VolunteerState
from welcome.buddies.people import own_steps, still_free
from welcome.errors import NotFound
from welcome.messages.models import Message

DAY = timedelta(days=1)
LONG = 180 * DAY


def link_of(session):
    return session.exec(select(Link).order_by(Link.id.desc())).first()


def asked(session, now, **values):
    """Somebody who was asked once, and the link of that letter."""
    someone = scenes.volunteer(session, now, **values)
    still_free.ask(session, someone, SCHEME, now=now + LONG)
    return someone, link_of(session), now + LONG


def test_silence_is_met_by_two_letters_and_a_pause(session, now):
    someone = scenes.volunteer(session, now)
    done = {day: run_due(session, now + day * DAY) for day in range(179, 240)}
    assert [day for day, acts in done.items() if acts == ["ask-if-free"]] == [
        180, 194, 208,
    ]  # fmt: skip
    assert scenes.letters(session) == [("still_free", someone.email)] * 2
    assert (someone.state, someone.paused_by) == (
        VolunteerState.PAUSED, PausedBy.SILENCE,
    )  # fmt: skip
    assert scenes.open_tasks(session) == [("silent-twice", "volunteer", someone.id)]


def test_the_letter_names_nobody_and_says_little(session, now):
    someone, link, later = asked(session, now)
    [letter] = session.exec(select(Message))
    told = (letter.subject + letter.body).lower()
    for word in ("buddy", "volunteer", "newcomer", someone.name.lower()):
        assert word not in told
    assert "/-/take-part/still-free/" in letter.body
    assert link.purpose is LinkPurpose.STILL_FREE
    assert link.expires_at == later + 28 * DAY


@pytest.mark.parametrize(
    "values",
    [
        {"state": VolunteerState.PAUSED, "paused_by": PausedBy.COORDINATOR},
        {"state": VolunteerState.LEFT},
        {"state": VolunteerState.CLEARING},
        {"held": 1},
        {"capacity": 0},
    ],
    ids=str,
)
def test_only_who_could_be_asked_about_somebody_is(session, now, values):
    someone = scenes.volunteer(session, now, **values)
    asked = {each.act for each in list_due(session, now + LONG)}
    assert Tending.ASK_IF_FREE not in asked
    with pytest.raises(MoveRefused):
        still_free.ask(session, someone, SCHEME, now=now + LONG)
    assert scenes.letters(session) == []


def test_nobody_is_asked_early_or_twice_at_once(session, now):
    someone = scenes.volunteer(session, now)
    with pytest.raises(MoveRefused):
        still_free.ask(session, someone, SCHEME, now=now + LONG - DAY)
    still_free.ask(session, someone, SCHEME, now=now + LONG)
    with pytest.raises(MoveRefused):
        still_free.ask(session, someone, SCHEME, now=now + LONG)
    assert len(scenes.letters(session)) == 1


def test_who_cannot_be_written_to_is_asked_by_hand_and_never_paused(session, now):
    someone = scenes.volunteer(session, now, channel=Channel.CALL)
    done = {day: run_due(session, now + day * DAY) for day in range(170, 400)}
    assert [day for day, acts in done.items() if acts] == [180, 360]
    assert scenes.letters(session) == []
    assert someone.state is VolunteerState.CLEARED
    assert scenes.open_tasks(session) == [("reach-by-hand", "volunteer", someone.id)]


def test_a_yes_starts_the_count_again(session, now):
    someone, link, later = asked(session, now)
    still_free.say_free(session, link, someone, SCHEME, now=later + DAY)
    assert (someone.heard_at, someone.state) == (later + DAY, VolunteerState.CLEARED)
    assert list_due(session, later + LONG) == []
    run_due(session, later + DAY + LONG)
    run_due(session, later + DAY + LONG + 14 * DAY)
    assert someone.state is VolunteerState.CLEARED
    assert len(scenes.letters(session)) == 3


def test_a_yes_counts_once(session, now):
    someone, link, later = asked(session, now)
    still_free.say_free(session, link, someone, SCHEME, now=later)
    with pytest.raises(LinkOver):
        still_free.say_free(session, link, someone, SCHEME, now=later)


def test_other_times_are_kept(session, now):
    someone, link, later = asked(session, now)
    still_free.say_free(session, link, someone, SCHEME, times=0b1000, now=later)
    assert someone.times == 0b1000


def test_a_late_yes_ends_the_pause_that_silence_brought(session, now):
    someone, _link, later = asked(session, now)
    still_free.ask(session, someone, SCHEME, now=later + 14 * DAY)
    second = link_of(session)
    still_free.ask(session, someone, SCHEME, now=later + 28 * DAY)
    assert still_free.get_asked(session, second) is someone
    links.refuse_over(second, now=later + 29 * DAY)
    still_free.say_free(session, second, someone, SCHEME, now=later + 29 * DAY)
    assert (someone.state, someone.paused_by) == (VolunteerState.CLEARED, None)


def test_behind_the_link_of_who_may_not_answer_is_nothing(session, now):
    someone, link, later = asked(session, now)
    someone.state, someone.paused_by = VolunteerState.PAUSED, PausedBy.CLEARANCE
    session.flush()
    with pytest.raises(LinkOver):
        still_free.get_asked(session, link)
    someone.state, someone.paused_by = VolunteerState.CLEARED, None
    session.flush()
    own_steps.leave(session, someone, SCHEME, now=later)
    with pytest.raises(NotFound):
        still_free.get_asked(session, link)
