"""People are handed over to colleagues and organisations, with what is to be done."""

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.partners.shared import share
from welcome.accounts.models import JournalEntry
from welcome.buddies.errors import NoColleague
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Referee, Relation
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import OVER, PairingState, Side
from welcome.buddies.people import handing_over
from welcome.buddies.people.errors import NotShared, PairingUnderWay
from welcome.buddies.people.handing_over import Handed
from welcome.buddies.tasks import raise_task
from welcome.partners import access as partners
from welcome.partners import agreements

KIND = TaskKind.WANTS_TO_TALK


@pytest.fixture
def homes(session, cast):
    return {each.name: each for each in partners.list_organisations(session)}


@pytest.fixture
def home(homes):
    """Where the coordinator of the cast works."""
    return homes["Town Friends"]


@pytest.fixture
def harbour(homes):
    """Where the neighbour works, and the coordinator does not."""
    return homes["Harbour Charity"]


@pytest.fixture
def people(session, home, now):
    """A newcomer and a volunteer, with a task about each and about what is theirs."""
    newcomer = scenes.newcomer(session, now, organisation_id=home.id)
    volunteer = scenes.volunteer(session, now, organisation_id=home.id)
    request = scenes.request(session, newcomer, now)
    values = {"volunteer_id": volunteer.id, "moved_at": now}
    referee = Referee(relation=Relation.FRIEND, **values)
    session.add(referee)
    session.flush()
    for subject, row in (
        ("newcomer", newcomer), ("buddy_request", request),
        ("volunteer", volunteer), ("referee", referee),
    ):  # fmt: skip
        raise_task(session, KIND, home.id, About(subject, row.id), now=now)
    return {Side.NEWCOMER: newcomer, Side.VOLUNTEER: volunteer}


OWN = {
    Side.NEWCOMER: {"newcomer", "buddy_request"},
    Side.VOLUNTEER: {"volunteer", "referee"},
}


def assigned(session, account):
    asked = select(Task.subject).where(Task.assigned_to_id == account.id)
    return set(session.exec(asked))


@pytest.mark.parametrize("side", list(Side))
def test_somebody_is_given_to_a_colleague_with_their_tasks(
    session, cast, people, now, side
):
    who = cast.coordinator
    handing_over.give(session, people[side], who, actor=who, now=now)
    assert people[side].coordinator_id == who.id
    assert assigned(session, who) == OWN[side]
    handing_over.give(session, people[side], None, actor=who, now=now)
    assert people[side].coordinator_id is None
    assert assigned(session, who) == set()
    session.flush()
    entries = select(JournalEntry).where(JournalEntry.act == "person.given")
    assert len(session.exec(entries).all()) == 2


@pytest.mark.parametrize("key", ["neighbour", "referrer", "administrator"])
def test_nobody_is_given_to_who_does_not_coordinate_there(
    session, cast, people, now, key
):
    person = people[Side.NEWCOMER]
    with pytest.raises(NoColleague):
        handing_over.give(session, person, getattr(cast, key), actor=None, now=now)
    assert person.coordinator_id is None


@pytest.mark.parametrize("side", list(Side))
def test_somebody_is_handed_over_where_something_is_shared(
    session, cast, people, home, harbour, now, side
):
    person, who = people[side], cast.coordinator
    handing_over.give(session, person, who, actor=who, now=now)
    with pytest.raises(NotShared):
        handing_over.hand_over(session, person, harbour, actor=who, now=now)
    share(session, home, harbour, actor=None, now=now)
    handing_over.hand_over(session, person, harbour, actor=who, now=now)
    assert (person.organisation_id, person.coordinator_id) == (harbour.id, None)
    moved = select(Task.subject).where(Task.organisation_id == harbour.id)
    assert set(session.exec(moved)) == OWN[side]
    assert assigned(session, who) == set()


def test_who_works_for_both_hands_over_without_sharing(
    session, cast, people, homes, now
):
    person, council = people[Side.NEWCOMER], homes["Town Council"]
    with pytest.raises(NotShared):
        handing_over.hand_over(session, person, council, actor=cast.neighbour, now=now)
    handing_over.hand_over(session, person, council, actor=cast.coordinator, now=now)
    assert person.organisation_id == council.id


@pytest.mark.parametrize("state", sorted(PairingState))
@pytest.mark.parametrize("side", list(Side))
def test_whoever_leads_a_pairing_sees_it_to_its_end(session, cast, now, state, side):
    held = PairingState.MEETING if state is PairingState.HELD else None
    scene = scenes.scene(session, now, state, held_from=held)
    person = scene.newcomer if side is Side.NEWCOMER else scene.volunteer
    home = partners.get_organisation(session, person.organisation_id)
    kind = scenes.OrganisationKind.COLLEGE
    college = agreements.add_organisation(
        session, "New College", kind, actor=None, now=now
    )
    share(session, home, college, actor=None, now=now)
    if state in OVER:
        handing_over.hand_over(session, person, college, actor=None, now=now)
        return
    with pytest.raises(PairingUnderWay):
        handing_over.hand_over(session, person, college, actor=None, now=now)


@pytest.fixture
def seen_to(session, cast, people, now):
    """The coordinator sees to both, and to what is to be done about the newcomer."""
    who = cast.coordinator
    for person in people.values():
        handing_over.give(session, person, who, actor=who, now=now)
    return who


def test_all_of_a_colleague_goes_to_another(
    session, cast, people, seen_to, home, harbour, now
):
    agreements.join(session, home, cast.neighbour, actor=None, now=now)
    own = frozenset({home.id, harbour.id})
    assert handing_over.list_seeing(session, own) == {seen_to.id}
    handed = handing_over.hand_all(
        session, seen_to.id, cast.neighbour, own, actor=seen_to, now=now
    )
    assert handed == Handed(1, 1, 4)
    session.expire_all()
    assert {each.coordinator_id for each in people.values()} == {cast.neighbour.id}
    assert assigned(session, cast.neighbour) == OWN[Side.NEWCOMER] | OWN[Side.VOLUNTEER]
    assert handing_over.list_seeing(session, own) == {cast.neighbour.id}
    assert handing_over.count_of(session, seen_to.id, own) == Handed(0, 0, 0)


def test_what_is_done_stays_with_who_did_it(session, people, seen_to, home, now):
    done = session.exec(select(Task).where(Task.subject == "referee")).one()
    done.done_at = now
    session.flush()
    handed = handing_over.hand_all(
        session, seen_to.id, None, frozenset({home.id}), actor=seen_to, now=now
    )
    assert handed == Handed(1, 1, 3)
    session.expire_all()
    assert done.assigned_to_id == seen_to.id


def test_nobody_gets_people_of_where_they_do_not_coordinate(
    session, cast, people, seen_to, home, now
):
    own = frozenset({home.id})
    with pytest.raises(NoColleague):
        handing_over.hand_all(
            session, seen_to.id, cast.neighbour, own, actor=seen_to, now=now
        )
    assert handing_over.count_of(session, seen_to.id, own) == Handed(1, 1, 4)


def test_people_of_other_organisations_stay(session, people, seen_to, harbour, now):
    own = frozenset({harbour.id})
    handed = handing_over.hand_all(
        session, seen_to.id, None, own, actor=seen_to, now=now
    )
    assert handed == Handed(0, 0, 0)
    assert {each.coordinator_id for each in people.values()} == {seen_to.id}
