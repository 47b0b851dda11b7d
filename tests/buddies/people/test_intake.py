"""People are taken in once, whatever is sent twice and whoever is known already."""

from dataclasses import replace

import pytest
from sqlmodel import col, func, select

from welcome.accounts.models import Account, Grant, Role
from welcome.buddies import access, links, policies
from welcome.buddies.errors import BadHours, NoWayToReach
from welcome.buddies.models.clearing import Referee, Relation
from welcome.buddies.models.desk import LinkPurpose, PolicyKind, Task, TaskKind
from welcome.buddies.models.people import (
    Area,
    Channel,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestSource, RequestState
from welcome.buddies.people import areas, intake
from welcome.buddies.people.applications import (
    Application,
    Asking,
    Household,
    NamedReferee,
)
from welcome.buddies.people.errors import NotAnAdult, NothingSpoken, SchemeNotOpen
from welcome.buddies.privacy import notices, retention
from welcome.buddies.privacy.notices import Audience
from welcome.buddies.rules.vocabulary import BuddyRole, Interest, Level
from welcome.database import Base
from welcome.errors import NotAllowed
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind

ASKING = Asking(
    key="form 1",
    name="Nadia",
    tag="ar",
    channel=Channel.EMAIL,
    email="Nadia@Example.org",
    languages={"ar": Level.FIRST, "en": Level.A_FEW_WORDS},
    is_adult=True,
    notice_version=0,
)
APPLICATION = Application(
    key="form 2",
    name="Vera",
    tag="en",
    channel=Channel.EMAIL,
    email="vera@example.org",
    phone="٠٧٩١١ ١٢٣٤٥٦",
    languages={"en": Level.FIRST},
    interests=(Interest.WALKING,),
    is_adult=True,
    notice_version=0,
    offers=(BuddyRole.ADULT, BuddyRole.FAMILY),
    referees=(
        NamedReferee(name="R", relation=Relation.TEACHER, email="r@example.org"),
        NamedReferee(name="S", relation=Relation.FRIEND, phone="07911 123457"),
    ),
)


@pytest.fixture
def council(session, now):
    return agreements.add_organisation(
        session, "Council", OrganisationKind.COUNCIL, actor=None, now=now
    )


@pytest.fixture
def charity(session, now, council):
    return agreements.add_organisation(
        session, "Charity", OrganisationKind.CHARITY, actor=None, now=now
    )


@pytest.fixture
def referrer(session, charity, now):
    account = Account(
        email="ref@example.org", name="Ref", fs_uniquifier="r", created_at=now
    )
    session.add(account)
    session.flush()
    session.add(Grant(account_id=account.id, role=Role.REFERRER))
    agreements.join(session, charity, account, actor=None, now=now)
    return account


def counts(session):
    return {
        name: session.exec(select(func.count()).select_from(table)).one()
        for name, table in Base.metadata.tables.items()
    }


def test_a_newcomer_asks(session, council, now):
    taken = intake.ask(
        session,
        replace(ASKING, household=Household.FAMILY, buddies=2, never_told="My uncle"),
        now=now,
    )
    newcomer = session.exec(select(Newcomer)).one()
    request = session.exec(select(BuddyRequest)).one()
    assert taken.person is newcomer
    assert (newcomer.name, newcomer.email, newcomer.tag) == (
        "Nadia", "nadia@example.org", "ar",
    )  # fmt: skip
    assert (request.state, request.source) == (RequestState.OPEN, RequestSource.SELF)
    assert (request.role, request.buddies) == (BuddyRole.FAMILY, 2)
    spoken = session.exec(select(NewcomerLanguage)).all()
    assert {each.language: each.level for each in spoken} == ASKING.languages
    (task,) = session.exec(select(Task)).all()
    assert task.kind is TaskKind.NAME_TO_KEEP_AWAY
    link = links.get_by_code(session, taken.code, now=now)
    assert (link.purpose, link.subject_id) == (LinkPurpose.MY_REQUEST, request.id)


def test_a_volunteer_applies(session, council, now):
    session.add(
        Area(code="WS1 3", name="WS1 3", kind="sector", easting=401002, northing=298001)
    )
    session.flush()
    area = areas.find_area(session, "ws1 3ab")
    taken = intake.apply(session, replace(APPLICATION, area_id=area.id), now=now)
    volunteer = session.exec(select(Volunteer)).one()
    assert (volunteer.state, volunteer.offers) == (
        VolunteerState.APPLIED, ["adult", "family"],
    )  # fmt: skip
    assert volunteer.phone == "+447911123456"
    spoken = session.exec(select(VolunteerLanguage)).one()
    assert (spoken.cell_x, spoken.cell_y) == (401, 298)
    referees = session.exec(select(Referee).order_by(col(Referee.id))).all()
    assert [(each.email, each.phone) for each in referees] == [
        ("r@example.org", None), (None, "+447911123457"),
    ]  # fmt: skip
    assert (
        links.get_by_code(session, taken.code, now=now).purpose is LinkPurpose.SIGN_IN
    )


@pytest.mark.parametrize("kind", ["ask", "apply"])
def test_a_form_sent_twice_happens_once_and_answers_the_same(
    session, council, now, kind
):
    act, told = (intake.ask, ASKING) if kind == "ask" else (intake.apply, APPLICATION)
    first = act(session, told, now=now)
    before = counts(session)
    again = act(session, replace(told, name="Somebody else"), now=now)
    assert again.code == first.code
    assert again.person is None
    assert counts(session) == before


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"is_adult": False}, NotAnAdult),
        ({"languages": {}}, NothingSpoken),
        ({"safe_from": 9, "safe_until": 9}, BadHours),
        ({"safe_until": 25}, BadHours),
        ({"safe_from": -1}, BadHours),
        ({"channel": Channel.TEXT}, NoWayToReach),
        ({"email": ""}, NoWayToReach),
    ],
)
def test_what_nobody_could_act_on_is_refused(session, council, now, wrong, problem):
    with pytest.raises(problem):
        intake.ask(session, replace(ASKING, **wrong), now=now)
    assert session.exec(select(Newcomer)).all() == []


def test_without_an_organisation_nobody_is_taken_in(session, now):
    with pytest.raises(SchemeNotOpen):
        intake.ask(session, ASKING, now=now)


def test_a_referrer_learns_one_word(session, referrer, charity, council, now):
    taken = intake.refer(session, ASKING, actor=referrer, now=now)
    assert taken.person.referrer_id == charity.id
    assert taken.person.organisation_id == council.id
    (seen,) = access.list_referrals(session, referrer)
    assert vars(seen) == {
        "public_id": taken.person.public_id,
        "name": "Nadia", "referred_on": now.date(), "state": RequestState.OPEN,
    }  # fmt: skip
    stranger = Account(
        email="x@example.org", name="X", fs_uniquifier="x", created_at=now
    )
    session.add(stranger)
    session.flush()
    assert access.list_referrals(session, stranger) == []
    with pytest.raises(NotAllowed):
        intake.refer(session, replace(ASKING, key="k"), actor=stranger, now=now)


def test_notices_say_who_keeps_what_and_how_long(session, now):
    first = notices.read(session, Audience.NEWCOMER, "en", place="Town")
    assert (first.version, first.controller) == (0, "Town")
    assert any("6 months" in each for each in first.paragraphs)
    assert "ico.org.uk" in first.rights
    settings = {
        "controller": "The Council", "contact": "dpo@example.org",
        "texts": {"en": {"why": "Because."}},
    }  # fmt: skip
    retention.set_clocks(session, {"newcomer": 3}, actor=None, now=now)
    policies.set_policy(session, PolicyKind.NOTICES, settings, actor=None, now=now)
    own = notices.read(session, Audience.NEWCOMER, "en", place="Town")
    assert (own.version, own.controller, own.contact) == (
        1, "The Council", "dpo@example.org",
    )  # fmt: skip
    assert "Because." in own.paragraphs
    assert any("3 months" in each for each in own.paragraphs)
    assert (
        len(notices.read(session, Audience.VOLUNTEER, "ar", place="T").paragraphs) == 6
    )


def test_nothing_lies_open_that_is_personal(session, council, now, engine):
    intake.ask(
        session, replace(ASKING, never_told="My uncle", safe_note="Hush"), now=now
    )
    session.commit()
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM newcomer").one()
    kept = b" ".join(
        bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode()
        for each in row
    )
    for secret in (b"Nadia", b"nadia@example.org", b"My uncle", b"Hush"):
        assert secret not in kept
