"""A scheme lives through anything in any order, and its laws hold after every step."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.laws import Laws
from tests.buddies.scenes import SCHEME
from welcome.buddies.due import tending
from welcome.buddies.lifecycle import checkins, exits, pairings, proposals
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.lifecycle.exits import Ending, No
from welcome.buddies.models.pairings import (
    CheckIn,
    Face,
    Outcome,
    Pairing,
    Side,
)
from welcome.buddies.models.pairings import PairingState as S
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    PausedBy,
    Volunteer,
)
from welcome.buddies.models.requests import (
    BuddyRequest,
    Hold,
    HoldReason,
    RequestSource,
)
from welcome.buddies.people import requests, volunteers
from welcome.buddies.people.requests import Wanted
from welcome.buddies.people.volunteers import Pause
from welcome.buddies.proposing import drafts
from welcome.errors import WelcomeError
from welcome.messages.models import Message

NUMBERS = some.integers(0, 1_000)
FORTNIGHT = timedelta(days=14)


def begin_ending(session, pairing, scheme, *, actor, now):
    last = pairings.Notice((now + FORTNIGHT).date())
    pairings.begin_ending(session, pairing, last, scheme, actor=actor, now=now)


def carry_on(session, pairing, _scheme, *, actor, now):
    pairings.carry_on(session, pairing, actor=actor, now=now)


def meet(session, pairing, _scheme, *, actor, now):
    pairings.note_first_meeting(session, pairing, actor=actor, now=now)


def hold(session, pairing, _scheme, *, actor, now):
    pairings.hold(session, pairing, actor=actor, now=now)


def decline(session, pairing, scheme, *, actor, now):
    no = No(exits.ASKED.get(pairing.state, Side.VOLUNTEER))
    exits.decline(session, pairing, no, scheme, actor=actor, now=now)


def end(session, pairing, scheme, *, actor, now):
    ending = Ending(Outcome.FRIENDS, wants_another=bool(pairing.id % 2))
    exits.end(session, pairing, ending, scheme, actor=actor, now=now)


STEPS = [
    proposals.ask_volunteer, proposals.volunteer_agrees, proposals.newcomer_agrees,
    pairings.introduce, meet, begin_ending,
]  # fmt: skip
ACTS = [
    *STEPS, carry_on, proposals.ask_newcomer, hold, pairings.let_go_on, decline, end,
    exits.withdraw, drafts.forbid,
]  # fmt: skip
# What is likely to come next.
NEXT = {
    S.DRAFT: [proposals.ask_volunteer, drafts.forbid],
    S.VOLUNTEER_ASKED: [proposals.volunteer_agrees, decline, hold, exits.withdraw],
    S.NEWCOMER_ASKED: [proposals.newcomer_agrees, decline, hold, exits.withdraw],
    S.AGREED: [pairings.introduce, hold, exits.withdraw, end],
    S.INTRODUCED: [meet, begin_ending, hold, end, exits.withdraw],
    S.MEETING: [begin_ending, hold, end],
    S.ENDING: [carry_on, end, hold],
    S.HELD: [pairings.let_go_on, pairings.let_go_on, exits.withdraw, end],
}


class Life(Laws):
    """Three newcomers, one of them a family, and three volunteers."""

    maker = None

    @initialize(channels=some.lists(some.sampled_from(Channel), min_size=6, max_size=6))
    def begin(self, channels):
        self.now = scenes.NOON
        self.session = self.maker()
        for number in range(3):
            one = scenes.newcomer(self.session, self.now, channel=channels[number])
            other = scenes.volunteer(self.session, self.now, capacity=1 + number % 2)
            other.channel = channels[3 + number]
            scenes.request(self.session, one, self.now, buddies=2 if number else 1)
        self.session.commit()
        self.seen = {}

    def teardown(self):
        if hasattr(self, "session"):
            self.session.rollback()
            for model in (Message, Newcomer, Volunteer):
                for row in self.session.exec(select(model)):
                    self.session.delete(row)
            self.session.commit()
            self.session.close()

    def pick(self, model, number):
        found = self.session.exec(select(model).order_by(model.id)).all()
        return found[number % len(found)] if found else None

    def try_to(self, act, model, number, *more, **named):
        """Do an act as an edge does: all of it, or nothing."""
        row = self.pick(model, number)
        if row is None:
            return
        try:
            act(self.session, row, *more, now=self.now, **named)
            self.session.commit()
        except WelcomeError:
            self.session.rollback()

    def by_staff(self, act, model, number, *more):
        self.try_to(act, model, number, *more, actor=None)

    @rule(days=some.integers(1, 8))
    def let_days_pass(self, days):
        for _ in range(days):
            self.now += timedelta(days=1)
            for due in tending.list_due(self.session, self.now):
                try:
                    tending.tend(self.session, due, SCHEME, now=self.now)
                    self.session.commit()
                except WelcomeError:
                    self.session.rollback()

    @rule(request=NUMBERS, volunteer=NUMBERS, steps=some.integers(0, len(STEPS)))
    def pair(self, request, volunteer, steps):
        """Go some way at once: random steps alone seldom lead far."""
        helper = self.pick(Volunteer, volunteer)
        self.by_staff(drafts.draft, BuddyRequest, request, helper)
        last = len(self.session.exec(select(Pairing.id)).all()) - 1
        for step in STEPS[:steps]:
            self.by_staff(step, Pairing, last, SCHEME)

    @rule(pairing=NUMBERS, volunteer=NUMBERS)
    def swap(self, pairing, volunteer):
        self.by_staff(drafts.swap, Pairing, pairing, self.pick(Volunteer, volunteer))

    @rule(pairing=NUMBERS, act=some.sampled_from(ACTS))
    def do_anything(self, pairing, act):
        self.by_staff(act, Pairing, pairing, SCHEME)

    @rule(steps=some.lists(some.tuples(NUMBERS, NUMBERS), min_size=4, max_size=12))
    def go_on(self, steps):
        for pairing, act in steps:
            live = self.live()
            if live:
                chosen = live[pairing % len(live)]
                likely = NEXT[chosen.state]
                ids = self.session.exec(select(Pairing.id).order_by(Pairing.id)).all()
                number = ids.index(chosen.id)
                self.by_staff(likely[act % len(likely)], Pairing, number, SCHEME)

    @rule(
        check_in=NUMBERS,
        met=some.none() | some.booleans(),
        face=some.sampled_from(Face),
    )
    def answer(self, check_in, met, face):
        self.by_staff(checkins.answer, CheckIn, check_in, Said(met, face))

    @rule(request=NUMBERS, which=some.integers(0, 5))
    def change_a_request(self, request, which):
        one = (BuddyRequest, request)
        if which == 0:
            self.by_staff(requests.hold, *one, Hold(HoldReason.ASKED), SCHEME)
        elif which == 1:
            self.by_staff(
                requests.withdraw, *one, Ending(Outcome.NEWCOMER_TIME), SCHEME
            )
        elif which < 4:
            act = requests.refer_on if which == 2 else requests.expire
            self.by_staff(act, *one, SCHEME)
        else:
            self.by_staff(requests.resume, *one)

    @rule(request=NUMBERS)
    def ask_again(self, request):
        self.by_staff(requests.reopen, BuddyRequest, request)
        wanted = Wanted(RequestSource.STAFF, buddies=1 + request % 2)
        self.by_staff(requests.open_request, Newcomer, request, wanted)

    @rule(volunteer=NUMBERS, which=some.integers(0, 7))
    def change_a_volunteer(self, volunteer, which):
        one = (Volunteer, volunteer)
        if which == 0:
            self.by_staff(volunteers.suspend, *one, SCHEME)
        elif which == 1:
            self.by_staff(
                volunteers.leave, *one, Ending(Outcome.VOLUNTEER_TIME), SCHEME
            )
            scenes.volunteer(self.session, self.now)
            self.session.commit()
        elif which == 2:
            why = Pause(PausedBy.THEMSELVES, (self.now + FORTNIGHT).date())
            self.by_staff(volunteers.pause, *one, why, SCHEME)
        else:
            self.by_staff(volunteers.restore, *one)
            self.by_staff(volunteers.come_back, *one, None, SCHEME)


@pytest.mark.parametrize(
    ("examples", "steps"),
    [(25, 30), pytest.param(150, 50, marks=pytest.mark.slow)],
)
def test_the_laws_of_the_scheme_hold_whatever_happens(maker, examples, steps):
    bound = type("BoundLife", (Life,), {"maker": staticmethod(maker)})
    run_state_machine_as_test(
        bound,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
