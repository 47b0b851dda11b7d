"""Other requirements: what they would do is told, and is what they then do."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.buddies import clearing_people
from welcome.buddies import policies
from welcome.buddies.clearances import changing, clearing, required
from welcome.buddies.clearances.changing import Turn
from welcome.buddies.clearances.errors import BadRequirements
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.desk import PolicyKind, Task
from welcome.buddies.models.people import PausedBy, VolunteerState
from welcome.buddies.rules.requirements import (
    DEFAULTS,
    ClearanceKind,
    DbsLevel,
    Requirement,
    RequirementSet,
)
from welcome.buddies.rules.vocabulary import BuddyRole

K = ClearanceKind
ADULT, FAMILY = BuddyRole.ADULT, BuddyRole.FAMILY
ONCE = (K.IDENTITY, K.REFERENCE, K.REFERENCE, K.INTERVIEW, K.TRAINING, K.AGREEMENT)


def asking(role, *changed, sets=DEFAULTS):
    """The sets there are, in which a role asks for something else of some kinds."""
    kinds = {each.kind for each in changed}
    kept = [each for each in sets[role].requirements if each.kind not in kinds]
    wanted = replace(sets[role], requirements=(*kept, *changed))
    return {**sets, role: wanted}


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def cleared(session, scheme, today, now):
    """Two who are cleared for both roles and one for adults alone, and one for none."""
    made = []
    for number, roles in enumerate([(ADULT, FAMILY), (ADULT, FAMILY), (ADULT,), ()]):
        volunteer = clearing_people.add_volunteer(
            session, scheme.charity, now, f"v{number}@example.org",
            offers=["adult", "family"],
        )  # fmt: skip
        for kind in ONCE:
            record(session, scheme, volunteer, now, kind=kind)
        for role in roles:
            record(
                session, scheme, volunteer, now, kind=K.DBS, role=role,
                level=DbsLevel.BASIC, reason="Children are there.",
            )  # fmt: skip
        made.append(volunteer)
    return made


def record(session, scheme, volunteer, now, **seen):
    clearing.record_clearance(
        session, volunteer, clearing.Seen(seen_on=now.date(), **seen),
        actor=scheme.coordinator, today=now.date(), now=now,
    )  # fmt: skip


def change(session, scheme, sets, today, now, based_on=0):
    changed = changing.change(
        session, sets, based_on=based_on, actor=scheme.scheme_lead, today=today, now=now
    )
    changing.settle_all(session, changed, today=today, now=now)


def cleared_for(session):
    """How many are cleared for each role, as other rooms ask."""
    roles = [each.role for each in session.exec(select(ClearedFor))]
    return roles.count(ADULT), roles.count(FAMILY)


def test_nothing_else_does_nothing(session, scheme, cleared, today):
    effect = changing.foresee(session, DEFAULTS, today)
    assert (effect.lost, effect.paused, effect.changed) == (0, 0, ())
    assert effect.by_role == {ADULT: Turn(0, 0), FAMILY: Turn(0, 0)}


@pytest.mark.parametrize(
    ("sets", "by_role", "lost", "paused", "left"),
    [
        (
            asking(ADULT, Requirement(K.REFERENCE, 3)),
            {ADULT: Turn(3, 0), FAMILY: Turn(0, 0)}, 3, 1, (0, 2),
        ),
        (
            asking(FAMILY, Requirement(K.REFERENCE, 3)),
            {ADULT: Turn(0, 0), FAMILY: Turn(2, 0)}, 2, 0, (3, 0),
        ),
        (
            asking(
                ADULT, Requirement(K.REFERENCE, 3),
                sets=asking(FAMILY, Requirement(K.REFERENCE, 3)),
            ),
            {ADULT: Turn(3, 0), FAMILY: Turn(2, 0)}, 3, 3, (0, 0),
        ),
        (
            asking(ADULT, Requirement(K.DBS, 0)),
            {ADULT: Turn(0, 1), FAMILY: Turn(0, 0)}, 0, 0, (4, 2),
        ),
    ],
    ids=["adults", "families", "both", "eased"],
)  # fmt: skip
def test_what_is_foreseen_is_what_happens(
    session, scheme, cleared, today, now, sets, by_role, lost, paused, left
):
    assert cleared_for(session) == (3, 2)
    effect = changing.foresee(session, sets, today)
    assert effect.by_role == by_role
    assert (effect.lost, effect.paused) == (lost, paused)
    assert cleared_for(session) == (3, 2)
    assert policies.count_versions(session, PolicyKind.CLEARANCES) == 0
    change(session, scheme, sets, today, now)
    assert cleared_for(session) == left
    stopped = [each for each in cleared if each.paused_by is PausedBy.CLEARANCE]
    assert len(stopped) == paused
    assert len(session.exec(select(Task)).all()) == lost
    # Nothing more would happen now.
    assert changing.foresee(session, sets, today).changed == ()


def test_cut_off_nobody_keeps_a_role_and_the_rest_is_tended(
    session, scheme, cleared, today, now
):
    sets = asking(ADULT, Requirement(K.REFERENCE, 3))
    changing.change(
        session, sets, based_on=0, actor=scheme.scheme_lead, today=today, now=now
    )
    session.expire_all()
    valid = [each for each in session.exec(select(ClearedFor)) if each.until >= today]
    assert [each.role for each in valid] == [FAMILY, FAMILY]
    for volunteer in clearing_people.list_lapsed(session, today):
        changing.settle_all(session, [volunteer], today=today, now=now)
    assert cleared_for(session) == (0, 2)
    assert len(session.exec(select(Task)).all()) == 3


def test_whoever_is_gone_or_suspended_counts_for_nothing(
    session, scheme, cleared, today, now
):
    cleared[0].state = VolunteerState.LEFT
    cleared[1].state = VolunteerState.SUSPENDED
    session.flush()
    sets = asking(ADULT, Requirement(K.REFERENCE, 3))
    assert changing.foresee(session, sets, today).by_role[ADULT] == Turn(1, 0)


def test_whoever_has_run_out_already_loses_nothing(
    session, scheme, cleared, today, now
):
    for each in session.exec(select(ClearedFor)):
        each.until = today.replace(year=today.year - 1)
    session.flush()
    sets = asking(ADULT, Requirement(K.REFERENCE, 3))
    effect = changing.foresee(session, sets, today)
    assert (effect.lost, effect.by_role[ADULT]) == (0, Turn(0, 0))


def test_nobody_changes_what_they_have_not_seen(session, scheme, cleared, today, now):
    sets = asking(ADULT, Requirement(K.REFERENCE, 3))
    change(session, scheme, sets, today, now)
    with pytest.raises(PolicyChanged):
        change(session, scheme, DEFAULTS, today, now)
    assert required.get_sets(session)[ADULT].of(K.REFERENCE).count == 3
    newest = policies.find_newest(session, PolicyKind.CLEARANCES)
    assert newest.made_by_id == scheme.scheme_lead.id


def test_what_cannot_be_asked_for_is_refused(session, scheme, today, now):
    nothing = {**DEFAULTS, ADULT: RequirementSet(ADULT, ())}
    with pytest.raises(BadRequirements):
        change(session, scheme, nothing, today, now)
