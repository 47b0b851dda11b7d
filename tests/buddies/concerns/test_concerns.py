"""Who a concern goes to, who reads it, who is told, and what is stopped at once."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from tests.partners.shared import share
from welcome.accounts.models import Grant, JournalEntry, Role
from welcome.buddies.concerns import concern_access, safeguarding
from welcome.buddies.concerns.safeguarding import Worry, whom
from welcome.buddies.errors import NothingSaid, TooLongSaid
from welcome.buddies.models.concerns import Concern, ConcernReading, RaisedBy
from welcome.buddies.models.pairings import HOLDS_PLACE, Pairing, PairingState
from welcome.errors import NotFound
from welcome.messages.models import Message
from welcome.partners import agreements

SECRET = "They shouted at me and took my phone."
WORRY = Worry(raised_by=RaisedBy.NEWCOMER, what=SECRET, wishes="Nobody is to be told.")
OWN = {"lead", "deputy"}
COUNCIL = {"council_lead"}
EVERYBODY = list(clearing_people.PEOPLE)


@pytest.fixture
def people(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def pair(session, people, now):
    """Two of a charity who meet."""
    made = scenes.scene(session, now, PairingState.MEETING)
    for each in (made.newcomer, made.volunteer):
        each.organisation_id = people.charity.id
    made.pairing.lead_id = people.charity.id
    session.commit()
    return made


@pytest.fixture
def worried(session, people, pair, now):
    """Raise a concern about the pair, or about somebody else."""

    def act(about=None, worry=WORRY, **more):
        worry = Worry(**{**vars(worry), **more})
        whose = whom(about or pair.pairing)
        return safeguarding.raise_concern(
            session, whose, worry, SCHEME, actor=None, now=now
        )

    return act


def readers(session, people, concern, now):
    found = set()
    for key in EVERYBODY:
        account = getattr(people, key)
        try:
            concern_access.get_concern(session, account, concern.public_id, now=now)
        except NotFound:
            assert concern not in concern_access.list_concerns(session, account)
        else:
            assert concern in concern_access.list_concerns(session, account)
            found.add(key)
    return found


def written_to(session):
    found = session.exec(select(Message))
    return {each.recipient.split("@")[0] for each in found}


def test_lead_and_deputy_read_it_and_nobody_else(session, people, worried, now):
    concern = worried()
    assert readers(session, people, concern, now) == OWN


def test_whoever_leads_the_pairing_is_responsible(session, people, pair, worried, now):
    pair.volunteer.organisation_id = people.college.id
    concern = worried()
    assert readers(session, people, concern, now) == OWN
    pair.pairing.lead_id = people.college.id
    assert readers(session, people, worried(), now) == {"other_lead"}


@pytest.mark.parametrize("about", ["newcomer", "volunteer"])
def test_one_person_alone_is_their_organisations(
    session, people, pair, worried, now, about
):
    concern = worried(getattr(pair, about))
    assert readers(session, people, concern, now) == OWN
    assert concern.pairing_id is None


def test_anybody_may_worry_about_an_organisation(session, people, worried, now):
    concern = worried(people.college, raised_by=RaisedBy.SOMEBODY)
    assert readers(session, people, concern, now) == {"other_lead"}


def test_what_is_about_a_lead_goes_to_the_council(session, people, worried, now):
    concern = worried(is_about_lead=True)
    assert readers(session, people, concern, now) == COUNCIL
    assert concern.raised_with_id == people.charity.id
    assert written_to(session) == COUNCIL


def test_naming_a_lead_is_enough(session, people, worried, now):
    concern = worried(about_account_id=people.lead.id)
    assert concern.is_about_lead
    assert readers(session, people, concern, now) == COUNCIL


def test_the_person_concerned_never_reads_it_though_they_lead_in_two_places(
    session, people, worried, now
):
    agreements.join(session, people.council, people.lead, actor=None, now=now)
    for more in ({"about_account_id": people.lead.id}, {"is_about_lead": True}):
        concern = worried(**more)
        assert readers(session, people, concern, now) == COUNCIL


def test_what_is_about_the_councils_lead_goes_to_who_shares(
    session, people, worried, now
):
    share(session, people.council, people.college, actor=None, now=now)
    concern = worried(people.council, is_about_lead=True)
    assert readers(session, people, concern, now) == {"other_lead"}


def test_a_lead_who_is_the_volunteer_reads_nothing(session, people, pair, worried, now):
    people.lead.email = pair.volunteer.email
    session.flush()
    concern = worried()
    assert readers(session, people, concern, now) == {"deputy"}
    assert "lead" not in written_to(session)


def test_where_nobody_may_the_council_is_asked_to_name_somebody(
    session, people, worried, now
):
    concern = worried(people.council, is_about_lead=True)
    assert readers(session, people, concern, now) == set()
    [letter] = session.exec(select(Message))
    assert (letter.letter, letter.recipient) == (
        "lead_wanted", "scheme_lead@example.org",
    )  # fmt: skip
    agreements.join(session, people.council, people.deputy, actor=None, now=now)
    assert readers(session, people, concern, now) == {"deputy"}


def test_whoever_leads_no_more_reads_no_more(session, people, worried, now):
    concern = worried()
    grant = session.exec(select(Grant).where(Grant.account_id == people.lead.id)).one()
    session.delete(grant)
    session.flush()
    assert readers(session, people, concern, now) == {"deputy"}
    people.deputy.active = False
    session.flush()
    assert readers(session, people, concern, now) == set()


def test_an_administrator_who_is_given_every_role_but_one_reads_nothing(
    session, people, worried, now
):
    agreements.join(session, people.charity, people.administrator, actor=None, now=now)
    for role in set(Role) - {Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR}:
        session.add(Grant(account_id=people.administrator.id, role=role))
    session.flush()
    assert readers(session, people, worried(), now) == OWN


def test_every_reading_is_noted_and_no_refusal_is(session, people, worried, now):
    concern = worried()
    for _ in range(2):
        concern_access.get_concern(session, people.lead, concern.public_id, now=now)
    with pytest.raises(NotFound):
        concern_access.get_concern(
            session, people.coordinator, concern.public_id, now=now
        )
    found = concern_access.list_readings(session, concern)
    assert [(each.read_by_id, each.read_at) for each in found] == [
        (people.lead.id, now)
    ] * 2
    concern_access.list_concerns(session, people.lead)
    assert len(session.exec(select(ConcernReading)).all()) == 2


def test_the_letter_says_nothing(session, people, worried, pair):
    worried()
    assert written_to(session) == OWN
    for letter in session.exec(select(Message)):
        said = letter.subject + letter.body
        assert letter.letter == "desk_waits"
        for word in (SECRET, "concern", "safeguarding", pair.newcomer.name, "pair"):
            assert word.lower() not in said.lower()


def test_the_journal_tells_nothing(session, people, worried, now):
    session.commit()
    before = len(session.exec(select(JournalEntry)).all())
    worried(holds_pairing=True)
    assert len(session.exec(select(JournalEntry)).all()) == before


def test_what_was_said_lies_sealed(session, worried):
    worried()
    rows = (
        session.connection().exec_driver_sql("SELECT what, wishes FROM concern").all()
    )
    assert SECRET.encode() not in b"".join(map(bytes, rows[0]))


@pytest.mark.parametrize("state", sorted(HOLDS_PLACE - {PairingState.HELD}), ids=str)
def test_the_pair_is_held_in_the_same_transaction(
    session, maker, people, pair, worried, state
):
    pair.pairing.state = state
    session.commit()
    concern = worried(holds_pairing=True)
    assert concern.holds_pairing
    assert pair.pairing.state is PairingState.HELD
    pairing_id = pair.pairing.id
    session.rollback()
    with maker() as other:
        assert other.exec(select(Concern)).all() == []
        assert other.get_one(Pairing, pairing_id).state is state


@pytest.mark.parametrize(
    ("state", "is_held"),
    [
        (PairingState.DRAFT, False),
        (PairingState.ENDED, False),
        (PairingState.WITHDRAWN, False),
        (PairingState.HELD, True),
    ],
    ids=str,
)
def test_a_concern_is_kept_whether_or_not_anything_can_be_stopped(
    session, pair, worried, state, is_held
):
    pair.pairing.state = state
    pair.pairing.held_from = "meeting" if state is PairingState.HELD else None
    session.flush()
    assert worried(holds_pairing=True).holds_pairing is is_held
    assert pair.pairing.state is state


def test_nothing_is_held_that_nobody_asked_for(pair, worried):
    assert not worried().holds_pairing
    assert pair.pairing.state is PairingState.MEETING


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"what": " \n "}, NothingSaid),
        ({"what": "x" * (safeguarding.LONGEST + 1)}, TooLongSaid),
        ({"wishes": "x" * (safeguarding.LONGEST + 1)}, TooLongSaid),
    ],
    ids=["nothing", "a book", "a book of wishes"],
)
def test_what_cannot_be_raised(session, worried, more, refused):
    with pytest.raises(refused):
        worried(**more)
    assert session.exec(select(Concern)).all() == []


def test_who_is_in_danger_stands_first(session, people, worried):
    first, second = worried(), worried(in_danger=True)
    assert concern_access.list_concerns(session, people.lead) == [second, first]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE concern_reading SET read_at = NULL",
        "DELETE FROM concern_reading",
    ],
)
def test_readings_stay_whatever_is_said_to_the_database(
    session, people, worried, now, statement
):
    concern = worried()
    concern_access.get_concern(session, people.lead, concern.public_id, now=now)
    session.commit()
    with pytest.raises(sa.exc.DBAPIError):
        session.connection().exec_driver_sql(statement)
    session.rollback()
    assert len(session.exec(select(ConcernReading)).all()) == 1
