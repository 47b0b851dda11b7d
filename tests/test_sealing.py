"""Columns that lie sealed: nobody reads them in the file, everybody with the keys does."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from tests.conftest import KEYRING
from welcome.buddies.models.people import Volunteer
from welcome.database import keyring_of
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind
from welcome.sealing import Keyring, SealBroken

OLD, NEW = Keyring("old", "index"), Keyring("new old", "index")


@pytest.fixture
def volunteer(session, now) -> Volunteer:
    home = agreements.add_organisation(
        session, "Town Friends", OrganisationKind.CHARITY, actor=None, now=now
    )
    made = Volunteer(
        organisation_id=home.id, name="سعاد", created_at=now, heard_at=now, moved_at=now
    )
    session.add(made)
    session.commit()
    return made


def test_what_is_sealed_is_read_with_the_keys(session, volunteer):
    session.expire_all()
    assert session.exec(select(Volunteer)).one().name == "سعاد"


def test_the_database_itself_knows_nothing_of_it(session, volunteer):
    lying = session.connection().execute(sa.text("SELECT name FROM volunteer")).scalar()
    assert "سعاد".encode() not in bytes(lying)
    assert KEYRING.open(bytes(lying)) == "سعاد"


def test_the_same_text_never_looks_the_same_twice():
    assert OLD.seal("a") != OLD.seal("a")


def test_an_older_key_opens_and_the_newest_seals():
    sealed = OLD.seal("a")
    assert NEW.open(sealed) == "a"
    anew = NEW.seal_anew(sealed)
    assert NEW.open(anew) == "a"
    with pytest.raises(SealBroken):
        OLD.open(anew)


def test_what_was_changed_does_not_open():
    sealed = bytearray(OLD.seal("a"))
    sealed[-9] ^= 1
    with pytest.raises(SealBroken):
        OLD.open(bytes(sealed))


def test_an_index_stands_for_a_value_of_one_purpose(session):
    assert keyring_of(session).index("email", "a") == KEYRING.index("email", "a")
    assert KEYRING.index("email", "a") != KEYRING.index("phone", "a")
    assert KEYRING.index("email", "a") != Keyring("x", "other").index("email", "a")


def test_keys_are_never_shown():
    assert "old" not in repr(NEW)
