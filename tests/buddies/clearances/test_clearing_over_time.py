"""Whatever is recorded, and however time passes, states follow what is held."""

import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlmodel import select

from tests.buddies import clearing_people
from tests.conftest import KEYRING, NOW
from welcome.buddies.clearances import clearing
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.desk import Task
from welcome.buddies.models.people import PausedBy, Volunteer, VolunteerState
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.database import connect, sessions

ROLES = [["adult"], ["family"], ["adult", "family"], []]


class Clearing(RuleBasedStateMachine):
    """One volunteer, of whom things are recorded while days go by."""

    empty: Path

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="welcome-clearing-"))
        file = shutil.copy(self.empty, self.folder / "welcome.sqlite")
        self.engine = connect(f"sqlite:///{file}", KEYRING)
        self.session = sessions(self.engine)()
        people = clearing_people.assemble(self.session, NOW)
        self.actor = people.coordinator
        self.volunteer = clearing_people.add_volunteer(
            self.session, people.charity, NOW
        )
        self.today: date = NOW.date()

    def teardown(self):
        self.session.close()
        self.engine.dispose()
        shutil.rmtree(self.folder)

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, NOW.timetz())

    def record(self, kind, *, is_met=True, **more):
        seen = clearing.Seen(kind=kind, seen_on=self.today, is_met=is_met, **more)
        clearing.record_clearance(
            self.session, self.volunteer, seen, actor=self.actor,
            today=self.today, now=self.now,
        )  # fmt: skip

    def decide(self, role, level, *, is_met=True):
        self.record(
            ClearanceKind.DBS, is_met=is_met, role=role, level=level, reason="So."
        )

    @rule(
        kind=st.sampled_from([k for k in ClearanceKind if k is not ClearanceKind.DBS]),
        is_met=st.sampled_from([True, True, True, False]),
    )
    def see(self, kind, is_met):
        self.record(kind, is_met=is_met)

    @rule(role=st.sampled_from(BuddyRole), level=st.sampled_from(DbsLevel))
    def decide_dbs(self, role, level):
        self.decide(role, level)

    @rule(role=st.sampled_from(BuddyRole))
    def see_everything(self, role):
        for kind in ClearanceKind:
            if kind is ClearanceKind.DBS:
                self.decide(role, DbsLevel.BASIC)
            else:
                self.record(kind)
                self.record(kind)

    @rule(days=st.integers(1, 500))
    def let_days_pass(self, days):
        self.today += timedelta(days=days)
        for _ in clearing_people.list_lapsed(self.session, self.today):
            clearing.settle(
                self.session, self.volunteer, today=self.today, now=self.now
            )

    @rule(offers=st.sampled_from(ROLES))
    def offer(self, offers):
        self.volunteer.offers = offers
        clearing.settle(self.session, self.volunteer, today=self.today, now=self.now)

    @invariant()
    def what_is_written_is_what_is_held(self):
        rows = self.session.exec(select(ClearedFor))
        found = clearing.judge_volunteer(self.session, self.volunteer, self.today)
        held = {each.role: each.until for each in found if each.is_cleared}
        assert {each.role: each.until for each in rows} == held
        assert all(until >= self.today for until in held.values())

    @invariant()
    def the_state_follows(self):
        volunteer = self.volunteer
        is_cleared = self.session.exec(select(ClearedFor)).first() is not None
        assert is_cleared == (volunteer.state is VolunteerState.CLEARED)
        is_paused = volunteer.state is VolunteerState.PAUSED
        assert is_paused == (volunteer.paused_by is PausedBy.CLEARANCE)
        seen = clearing.list_clearances(self.session, volunteer)
        assert (volunteer.state is VolunteerState.APPLIED) == (not seen)

    @invariant()
    def one_task_at_most_waits(self):
        waiting = [each for each in self.session.exec(select(Task)) if not each.done_at]
        assert len(waiting) <= 1
        found = clearing.judge_volunteer(self.session, self.volunteer, self.today)
        if waiting:
            assert not all(each.is_cleared for each in found)

    @invariant()
    def settling_again_changes_nothing(self):
        before = self.session.get_one(Volunteer, self.volunteer.id).model_dump()
        clearing.settle(self.session, self.volunteer, today=self.today, now=self.now)
        assert self.volunteer.model_dump() == before


@pytest.fixture(autouse=True)
def a_database(empty_database):
    Clearing.empty = empty_database


class TestClearing(Clearing.TestCase):
    """The machine, on SQLite: nothing here is said in another way elsewhere."""

    settings = settings(
        max_examples=15,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
