"""The laws of the scheme, asked of a whole database after every step."""

from collections import Counter

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlmodel import select

from welcome.buddies.models.pairings import HOLDS_PLACE, OVER, Pairing
from welcome.buddies.models.pairings import PairingState as S
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import Block, BuddyRequest
from welcome.buddies.models.requests import RequestState as R
from welcome.messages.models import Message

AGREED = {S.AGREED, S.INTRODUCED, S.MEETING, S.ENDING}


class Laws(RuleBasedStateMachine):
    """What must hold in `self.session`; `self.seen` is where pairings stood before."""

    def live(self):
        self.session.expire_all()
        found = self.session.exec(select(Pairing)).all()
        return [each for each in found if each.state not in OVER]

    @invariant()
    def as_many_places_are_held_as_pairings_hold(self):
        holding = Counter(p.volunteer_id for p in self.live() if p.state in HOLDS_PLACE)
        for each in self.session.exec(select(Volunteer)):
            assert each.held == holding[each.id] <= each.capacity
            if each.state is VolunteerState.LEFT:
                assert each.held == 0

    @invariant()
    def a_seat_has_one_live_pairing(self):
        seats = Counter((each.request_id, each.seat) for each in self.live())
        assert set(seats.values()) <= {1}

    @invariant()
    def nobody_is_asked_twice_at_once(self):
        live = self.live()
        asked = Counter(p.volunteer_id for p in live if p.state is S.VOLUNTEER_ASKED)
        assert set(asked.values()) <= {1}
        asked = Counter(
            (p.request_id, p.seat) for p in live if p.state is S.NEWCOMER_ASKED
        )
        assert set(asked.values()) <= {1}

    @invariant()
    def requests_and_pairings_agree(self):
        live = self.live()
        for each in self.session.exec(select(BuddyRequest)):
            mine = [p for p in live if p.request_id == each.id]
            stages = [S(p.held_from) if p.state is S.HELD else p.state for p in mine]
            filled = sum(stage in AGREED for stage in stages)
            if each.state is R.OPEN:
                assert filled < each.buddies
            elif each.state is R.PAIRED:
                assert filled >= 1
            elif each.state is R.ON_HOLD:
                # What safeguarding holds stays, at whatever stage it was.
                waits = [p for p in mine if p.state is not S.HELD]
                assert filled < each.buddies
                assert all(p.state in AGREED for p in waits)
            else:
                assert mine == []

    @invariant()
    def what_is_over_stays_over_and_was_not_begun_again(self):
        self.session.expire_all()
        for each in self.session.exec(select(Pairing)):
            if self.seen.get(each.id) in OVER:
                assert each.state is self.seen[each.id]
            self.seen[each.id] = each.state
            assert (each.ended_at is not None) is (each.state in OVER)

    @invariant()
    def who_said_no_is_blocked(self):
        blocked = {
            (each.newcomer_id, each.volunteer_id)
            for each in self.session.exec(select(Block))
        }
        for each in self.session.exec(select(Pairing)):
            if each.state in {S.DECLINED, S.ENDED}:
                assert (each.newcomer_id, each.volunteer_id) in blocked

    @invariant()
    def no_letter_goes_to_who_has_no_safe_e_mail(self):
        people = [
            *self.session.exec(select(Newcomer)),
            *self.session.exec(select(Volunteer)),
        ]
        safe = {each.email for each in people if each.channel is Channel.EMAIL}
        to = {each.recipient for each in self.session.exec(select(Message))}
        assert to <= safe
