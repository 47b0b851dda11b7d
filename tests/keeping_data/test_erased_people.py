"""An older backup is restored: who was erased since is erased before the first page."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from tests.buddies import records
from tests.buddies.privacy.test_erasing import texts_in
from tests.conftest import KEYRING
from tests.page_laws import LawfulClient
from welcome.app import create_app
from welcome.buddies.models.pairings import Outcome, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.models.rights import ErasedFor, Erasure
from welcome.buddies.privacy import erasing
from welcome.buddies.scheme import Scheme
from welcome.database import connect, sessions
from welcome.jobs import catching_up
from welcome.messages.models import Message
from welcome.sealing import Keyring
from welcome.since import lines, machines

SCHEME = Scheme(
    site_url="https://town.example", place_name="Town", zone=ZoneInfo("Europe/London")
)
OTHER_KEYS = Keyring("made elsewhere", "made elsewhere")


@pytest.fixture
def made(session, now):
    return records.write(session, now)


@pytest.fixture
def backup_before(session, made, take, settings, now):
    """A backup, taken before the one who is named was erased."""

    def act(side):
        machines.beat(session, lines.name_of(settings.instance), "here", now=now)
        session.commit()
        file = take()
        person = made.person(side)
        erasing.erase(session, person, ErasedFor.ASKED, SCHEME, actor=None, now=now)
        session.commit()
        return file

    return act


@pytest.fixture
def opened(other_url):
    engine = connect(other_url, KEYRING)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("side", ["newcomer", "volunteer"])
def test_they_are_gone_before_the_first_page(
    backup_before, made, restore, other_url, opened, side
):
    file = backup_before(records.Side(side))
    done = restore(file, other_url).done
    assert done.erased == 1
    words = records.NEWCOMERS if side == "newcomer" else records.VOLUNTEERS
    texts = texts_in(opened)
    # A letter about them that waits goes to nobody; what it says is emptied too.
    assert [text for text in texts for word in words if word in text] == []
    with sessions(opened)() as found:
        receipt = found.exec(select(Erasure)).one()
        assert receipt.why is ErasedFor.RESTORED
        assert receipt.public_id == made.person(records.Side(side)).public_id
        assert found.exec(select(Pairing)).one().outcome is Outcome.ERASED
        volunteer = found.exec(
            select(Volunteer).where(Volunteer.public_id == made.volunteer.public_id)
        ).one()
        assert volunteer.held == 0
        request = found.exec(select(BuddyRequest)).one()
        if side == "newcomer":
            assert request.state is RequestState.WITHDRAWN
        else:
            assert volunteer.state is VolunteerState.LEFT
            assert request.state is RequestState.OPEN
        # Who had to be told was told then.
        letters = found.exec(select(Message.letter)).all()
        assert "no_longer" not in letters


def test_they_are_gone_though_the_keys_are_lost(
    backup_before, restore, other_url, settings, made
):
    """Nothing is opened for it: whoever restores with other keys erases all the same."""
    file = backup_before(records.Side.NEWCOMER)
    keys = replace(settings.secrets, field_encryption="x" * 40)
    from_elsewhere = replace(settings, secrets=keys)
    done = restore(file, other_url, settings=from_elsewhere, other_keys=True).done
    assert done.erased == 1
    engine = connect(other_url, OTHER_KEYS)
    with sessions(engine)() as found:
        person = found.exec(select(Newcomer)).one()
        assert (person.name, person.email_index) == (None, None)
    engine.dispose()


def test_a_file_put_back_by_hand_is_caught_up_with(
    backup_before, restore, other_url, opened, settings, now, made
):
    """The first request looks, on a database that knows of no restore."""
    file = backup_before(records.Side.VOLUNTEER)
    elsewhere = settings.instance.with_name("elsewhere")
    restore(file, other_url, instance=elsewhere, is_lost=True)
    maker = sessions(opened)
    with maker() as found:
        known = select(Volunteer).where(Volunteer.public_id == made.volunteer.public_id)
        assert found.exec(known).one().name == records.VOLUNTEERS[0]
    app = create_app(replace(settings, database_url=other_url), maker)
    app.test_client_class = LawfulClient
    assert app.test_client().get("/-/account/sign-in").status_code == 200
    with maker() as found:
        assert found.exec(known).one().name is None
    again = catching_up.catch_up(maker, settings.instance, now=now)
    assert again is not None
    assert again.erased == 0
