"""What tests of pages share: one of everything that an address can name."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from flask_security import hash_password
from sqlmodel import col, select

from tests.page_laws import LawfulClient
from tests.web.ada import PASSWORD
from tests.web.one_town import SIGNED_OUT, Town
from tests.web.units import TITLE
from welcome.accounts import journal
from welcome.accounts.membership import Invitation, invite
from welcome.accounts.models import Account, Grant, Role
from welcome.editions import publish
from welcome.editions.publish import Order
from welcome.jobs.models import Job
from welcome.messages.models import Message
from welcome.packs import access, versions
from welcome.packs.models import Unit
from welcome.translation import targets
from welcome.translation.models import Origin, Target, TargetState
from welcome.translation.targets import Draft


@pytest.fixture
def there(session, cast, pack, now):
    """One of everything that an address can name."""
    page = access.get_page(session, pack, "doctor")
    unit = versions.list_units(session, versions.head(session, page))[0].unit
    target = Target(
        unit_id=unit.id,
        tag="ur",
        text="ڈاکٹر",
        state=TargetState.SUBMITTED,
        origin=Origin.HUMAN,
        author_id=cast.translator_ur.id,
        revision=1,
    )
    job = Job(kind="publish", args={"pack": "town"}, run_at=now, created_at=now)
    letter = Message(
        letter="invitation",
        tag="en",
        recipient="a@example.org",
        subject="S",
        body="B",
        written_at=now,
        send_at=now,
    )
    session.add_all([target, job, letter])
    grant = session.exec(select(Grant).where(Grant.account_id == cast.writer.id)).one()
    found = {
        "slug": "town", "tag": "ur", "name": "doctor", "number": 1,
        "account_id": cast.writer.id, "grant_id": grant.id, "unit_id": unit.id,
    }  # fmt: skip
    session.commit()
    return found | {
        "target_id": target.id, "job_id": job.id, "message_id": letter.id,
        # Whose people are whose has a table of its own.
        "public_id": "nobody", "kind": "newcomer",
    }  # fmt: skip


class Reader(LawfulClient):
    """A browser that takes each answer whole, so that no file stays open."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def reader(app):
    """Somebody who reads what is published."""
    app.test_client_class = Reader
    return app.test_client()


@pytest.fixture
def freeze(app, maker, settings, session):
    """Publish as a job would, and have the web server see it at once."""

    def act(now, *tags):
        session.commit()
        publish.publish(maker, Order("town", tags), settings=settings, now=now)
        app.extensions["welcome.editions"].refresh()

    return act


@pytest.fixture
def published(pack, freeze, now):
    freeze(now, "en", "ur")


@pytest.fixture
def ada(app, session, now):
    """An administrator with a password."""
    asked = Invitation("ada@example.org", "Ada", roles=((Role.ADMINISTRATOR, None),))
    account = invite(session, asked, actor=None, now=now)
    with app.app_context():
        account.password = hash_password(PASSWORD)
    session.commit()
    return account


@pytest.fixture
def sent(maker):
    """What the outbox holds, the newest last."""

    def read():
        with maker() as session:
            return list(session.exec(select(Message).order_by(col(Message.id))))

    return read


@pytest.fixture
def stands(maker, ada):
    """How Ada's account stands now; no test holds a transaction of its own open."""

    def read():
        with maker() as session:
            return session.get(Account, ada.id)

    return read


@pytest.fixture
def acts(maker):
    """What the journal tells, the newest first."""

    def read():
        with maker() as session:
            return [each.act for each in journal.list_entries(session)]

    return read


@pytest.fixture
def in_town(app, engine, cast, signed_in_as):
    """Ask for the town, once everybody is in it, for a whole table."""
    opened = []

    def settle():
        browsers = {
            key: partial(signed_in_as, each) for key, each in vars(cast).items()
        }
        made = Town(engine.url.database, {SIGNED_OUT: app.test_client, **browsers})
        opened.append(made)
        return made

    yield settle
    for each in opened:
        each.close()


@pytest.fixture
def keeper(signed_in_as, cast):
    return signed_in_as(cast.administrator)


@pytest.fixture
def read(maker):
    """Read rows afresh; no test holds a transaction of its own open."""

    def rows(model, *where):
        with maker() as session:
            asked = select(model).where(*where).order_by(col(model.id))
            return list(session.exec(asked))

    return rows


@pytest.fixture
def readdress(session, pack, freeze, now):
    """Give the doctor's page another address in the next English edition."""
    page = access.get_page(session, pack, "doctor")
    draft = replace(versions.draft_of(versions.head(session, page)), slug="see-a-gp")
    versions.save(session, page, draft, based_on=1, actor=None, now=now)
    freeze(now + timedelta(hours=1), "en")


@pytest.fixture
def translator(signed_in_as, cast, pack):
    return signed_in_as(cast.translator_ur)


@pytest.fixture
def title(session, pack):
    """The unit of the doctor page's title."""
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    session.commit()
    return placed[0].unit


@pytest.fixture
def call(session, pack):
    """The unit that says which number to call."""
    page = access.get_page(session, pack, "safety")
    placed = versions.list_units(session, versions.head(session, page))
    session.commit()
    (found,) = [each.unit for each in placed if "{{emergency}}" in each.unit.text]
    return found


@pytest.fixture
def units(session, pack):
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    session.commit()
    return [each.unit for each in placed]


@pytest.fixture
def hand_in(session, now):
    """Have somebody save a text and hand it in."""

    def act(unit, text, author):
        target = targets.save(session, unit, "ur", Draft(text), actor=author, now=now)
        targets.submit(session, target, actor=author, now=now)
        session.commit()
        return target

    return act


@pytest.fixture
def reviewer(signed_in_as, cast):
    return signed_in_as(cast.reviewer_ur)


@pytest.fixture
def wrong(units, hand_in, cast):
    """An emergency number that says 911 where the source says 112."""
    (unit,) = [each for each in units if "112" in each.text]
    text = "ہنگامی صورت میں {{emergency}} یا 911 پر کال کریں۔ پیر 08:30 سے 18:00۔"
    return hand_in(unit, text, cast.translator_ur)


@pytest.fixture
def change(session, cast, now):
    """Have the translator write the text anew and hand it in."""

    def act(target, text, author=None):
        unit = session.get(Unit, target.unit_id)
        author = author or cast.translator_ur
        draft = Draft(text, revision=target.revision)
        targets.save(session, unit, "ur", draft, actor=author, now=now)
        targets.submit(session, target, actor=author, now=now)
        session.commit()

    return act


@pytest.fixture
def drafted(session, pack, now):
    """A machine drafted the whole doctor page; nobody has read a word."""
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    draft = Draft(TITLE, 0, Origin.MACHINE)
    for each in placed:
        targets.save(session, each.unit, "ur", draft, actor=None, now=now)
    session.commit()
    return [each.unit for each in placed]
