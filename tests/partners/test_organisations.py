"""Who takes part, who works where, and who oversees it all."""

from dataclasses import replace

import pytest

from tests.buddies import clearing_people, scenes
from tests.buddies.clearing_people import add_account
from tests.partners.shared import share
from welcome.accounts import journal
from welcome.accounts.models import Role
from welcome.accounts.permissions import list_grants
from welcome.buddies.models.concerns import Concern, ConcernState, RaisedBy
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Channel, VolunteerState
from welcome.buddies.models.requests import RequestState
from welcome.buddies.models.rights import ExportState, SubjectExport
from welcome.buddies.people import belonging
from welcome.buddies.people.belonging import Open
from welcome.buddies.people.errors import StillOpen
from welcome.errors import NotAllowed
from welcome.partners import access, agreements, organisations
from welcome.partners.errors import (
    CouncilStays,
    NameTaken,
    NoSuchAccount,
    OrganisationClosed,
    OwnMembership,
    PhoneNeeded,
)
from welcome.partners.models import OrganisationKind
from welcome.partners.organisations import Described

CHARITY = Described(name="Bread  and Tea", kind=OrganisationKind.CHARITY)


@pytest.fixture
def people(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def lead(people):
    return people.scheme_lead


def acts(session):
    return [each.act for each in journal.list_entries(session)]


def test_the_first_council_is_who_adds_it(session, now):
    lead = add_account(session, "first", None, Role.SCHEME_LEAD, now)
    assert organisations.is_lead(session, lead)
    told = Described(
        name="Council", kind=OrganisationKind.COUNCIL, safeguarding_phone="01632 960001"
    )
    council = organisations.add(session, told, actor=lead, now=now)
    assert access.list_own_ids(session, lead) == {council.id}
    second = replace(told, name="Parish")
    organisations.add(session, second, actor=lead, now=now)
    assert access.list_own_ids(session, lead) == {council.id}


def test_a_council_has_a_number_for_worries(session, people, lead, now):
    told = Described(name="Parish", kind=OrganisationKind.COUNCIL)
    with pytest.raises(PhoneNeeded):
        organisations.add(session, told, actor=lead, now=now)
    # Also who became one by what is said of it.
    for each in (people.council, people.college):
        before = each.model_dump()
        with pytest.raises(PhoneNeeded):
            organisations.change(session, each, told, actor=lead, now=now)
        assert each.model_dump() == before


def test_a_lead_of_another_organisation_oversees_nothing(session, people, now):
    other = add_account(session, "other", people.charity, Role.SCHEME_LEAD, now)
    assert not organisations.is_lead(session, other)
    assert organisations.is_lead(session, people.scheme_lead)
    # Without anybody at the council, whoever has the role does.
    agreements.leave(session, people.council, people.scheme_lead, actor=None, now=now)
    assert organisations.is_lead(session, other)
    assert not organisations.is_lead(session, people.coordinator)


def test_names_are_tidied_and_had_once(session, people, lead, now):
    made = organisations.add(session, CHARITY, actor=lead, now=now)
    assert made.name == "Bread and Tea"
    taken = Described(name="bread AND tea", kind=OrganisationKind.PLEDGE)
    with pytest.raises(NameTaken):
        organisations.change(session, people.charity, taken, actor=lead, now=now)
    organisations.change(session, made, taken, actor=lead, now=now)
    assert (made.name, made.kind) == ("bread AND tea", OrganisationKind.PLEDGE)
    before = acts(session).count("organisation.changed")
    organisations.change(session, made, taken, actor=lead, now=now)
    assert (before, acts(session).count("organisation.changed")) == (1, 1)


def test_the_council_stays(session, people, lead, now):
    with pytest.raises(CouncilStays):
        organisations.close(session, people.council, actor=lead, now=now)
    with pytest.raises(CouncilStays):
        organisations.change(session, people.council, CHARITY, actor=lead, now=now)
    assert people.council.active
    assert people.council.name == "The council"


def test_somebody_works_for_an_organisation_in_a_role(session, people, lead, now):
    email = people.administrator.email.upper()
    organisations.bring_in(
        session, people.charity, email, Role.COORDINATOR, actor=lead, now=now
    )
    working = {each.email: roles for each, roles in access.list_working(
        session, people.charity.id
    )}  # fmt: skip
    assert working[people.administrator.email] == [Role.COORDINATOR]
    organisations.let_go(
        session, people.charity, people.administrator, actor=lead, now=now
    )
    assert access.list_own_ids(session, people.administrator) == frozenset()
    roles = {each.role for each in list_grants(session, people.administrator)}
    assert roles == {Role.ADMINISTRATOR, Role.COORDINATOR}


@pytest.mark.parametrize(
    ("email", "problem"),
    [
        ("nobody@example.org", NoSuchAccount),
        ("scheme_lead@example.org", OwnMembership),
        ("gone@example.org", NoSuchAccount),
    ],
)
def test_who_cannot_be_brought_in(session, people, lead, now, email, problem):
    add_account(session, "gone", None, Role.WRITER, now).active = False
    with pytest.raises(problem):
        organisations.bring_in(
            session, people.charity, email, Role.COORDINATOR, actor=lead, now=now
        )


@pytest.mark.parametrize("role", sorted(set(Role) - set(organisations.ROLES)))
def test_the_lead_gives_no_other_role(session, people, lead, now, role):
    email = people.referrer.email
    with pytest.raises(NotAllowed):
        organisations.bring_in(
            session, people.charity, email, role, actor=lead, now=now
        )
    assert {each.role for each in list_grants(session, people.referrer)} == {
        Role.REFERRER
    }


def test_nobody_lets_themselves_go(session, people, lead, now):
    with pytest.raises(OwnMembership):
        organisations.let_go(session, people.council, lead, actor=lead, now=now)
    assert people.council.id in access.list_own_ids(session, lead)


def test_closing_ends_what_is_shared_and_what_is_seen(session, people, lead, now):
    share(session, people.charity, people.college, actor=None, now=now)
    belonging.close_organisation(session, people.charity, actor=lead, now=now)
    assert access.list_own_ids(session, people.coordinator) == frozenset()
    assert agreements.list_shared(session) == frozenset()
    with pytest.raises(OrganisationClosed):
        organisations.bring_in(
            session, people.charity, people.referrer.email, Role.REFERRER,
            actor=lead, now=now,
        )  # fmt: skip
    with pytest.raises(OrganisationClosed):
        agreements.propose_sharing(
            session, people.college, people.charity, actor=None, now=now
        )
    organisations.open_again(session, people.charity, actor=lead, now=now)
    assert access.list_own_ids(session, people.coordinator) == {people.charity.id}
    assert agreements.list_shared(session) == frozenset()


def newcomer(session, people, now):
    asked = scenes.newcomer(session, now, organisation_id=people.charity.id)
    return scenes.request(session, asked, now)


def waiting(session, people, now):
    newcomer(session, people, now)


def on_hold(session, people, now):
    newcomer(session, people, now).state = RequestState.ON_HOLD


def volunteering(session, people, now):
    scenes.volunteer(session, now, organisation_id=people.charity.id)


def leading(session, people, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    for each in (scene.newcomer, scene.volunteer):
        each.organisation_id = people.college.id
    scene.pairing.lead_id = people.charity.id


def between(session, people, now):
    asked = scenes.newcomer(
        session, now, organisation_id=people.college.id, channel=Channel.REFERRER,
        referrer_id=people.charity.id,
    )  # fmt: skip
    scenes.request(session, asked, now)


def worried(session, people, now):
    session.add(
        Concern(
            organisation_id=people.charity.id, raised_with_id=people.college.id,
            raised_by=RaisedBy.STAFF, raised_at=now, moved_at=now,
        )
    )  # fmt: skip


def exporting(session, people, now):
    session.add(
        SubjectExport(
            organisation_id=people.charity.id, subject="newcomer", subject_id=1,
            state=ExportState.REVIEWED, moved_at=now, prepared_at=now,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("happens", "count"),
    [
        (waiting, Open(newcomers=1)),
        (on_hold, Open(newcomers=1)),
        (volunteering, Open(volunteers=1)),
        (leading, Open(pairings=1)),
        (between, Open(referred=1)),
        (worried, Open(others=1)),
        (exporting, Open(others=1)),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_is_open_stands_against_closing(
    session, people, lead, now, happens, count
):
    happens(session, people, now)
    session.flush()
    assert belonging.count_open(session)[people.charity.id] == count
    with pytest.raises(StillOpen):
        belonging.close_organisation(session, people.charity, actor=lead, now=now)
    assert people.charity.active


def test_what_is_over_does_not(session, people, lead, now):
    newcomer(session, people, now).state = RequestState.WITHDRAWN
    left = scenes.volunteer(session, now, organisation_id=people.charity.id)
    left.state = VolunteerState.LEFT
    # Whom it referred to others, and who is reached without it.
    referred = scenes.newcomer(
        session, now, organisation_id=people.college.id, referrer_id=people.charity.id
    )
    scenes.request(session, referred, now)
    leading(session, people, now)
    over = session.exec(scenes.select(Pairing)).one()
    over.state = PairingState.ENDED
    worried(session, people, now)
    session.exec(scenes.select(Concern)).one().state = ConcernState.CLOSED
    exporting(session, people, now)
    session.exec(scenes.select(SubjectExport)).one().state = ExportState.RELEASED
    session.flush()
    belonging.close_organisation(session, people.charity, actor=lead, now=now)
    assert not people.charity.active
    assert "organisation.closed" in acts(session)
