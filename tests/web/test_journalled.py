"""What the journal tells of acts at the desks: each once, never a secret or a letter."""

import json
from datetime import timedelta

import pytest
from flask_security import hash_password
from sqlmodel import col, select

from welcome import clock
from welcome.accounts import journal
from welcome.accounts.models import JournalEntry
from welcome.jobs.models import Job, JobState
from welcome.messages import outbox
from welcome.messages.models import Message, MessageState
from welcome.packs import access, facts, versions
from welcome.translation import targets
from welcome.translation.models import Origin, Target
from welcome.translation.targets import Draft

PASSWORD = "three good words"
SIGN_IN = "/-/account/sign-in"
LETTER = {
    "name": "Sam",
    "place": "Town",
    "date": "4 May",
    "link": "https://x.example/secret-link",
}


@pytest.fixture
def told(maker):
    """The newest entries of an act, the newest first."""

    def read(act):
        with maker() as session:
            asked = select(JournalEntry).order_by(col(JournalEntry.id).desc())
            return list(session.exec(asked.where(JournalEntry.act == act)))

    return read


@pytest.fixture
def keeper(signed_in_as, cast):
    return signed_in_as(cast.administrator)


@pytest.fixture
def writer(app, session, cast):
    """The writer, who signs in by herself."""
    with app.app_context():
        cast.writer.password = hash_password(PASSWORD)
    session.commit()
    return cast.writer


def sign_in(client, account, password=PASSWORD):
    client.post(SIGN_IN, data={"email": account.email, "password": password})


def test_signing_in_and_out(client, writer, told):
    sign_in(client, writer, "wrong words here")
    assert told("account.signed_in") == []
    sign_in(client, writer)
    [entry] = told("account.signed_in")
    assert (entry.actor_id, entry.subject_id) == (writer.id, writer.id)
    assert entry.details == {"how": "password"}
    assert told("account.signed_out") == []
    client.post("/-/account/sign-out")
    [entry] = told("account.signed_out")
    assert (entry.actor_id, entry.subject_id) == (writer.id, writer.id)
    client.post("/-/account/sign-out")
    assert len(told("account.signed_out")) == 1


def test_a_new_password_is_no_new_sign_in(client, writer, told):
    sign_in(client, writer)
    new = "other good words"
    form = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    client.post("/-/account/password", data=form)
    assert len(told("account.signed_in")) == 1
    assert told("account.secured")[0].details == {"what": "password"}


def test_choosing_to_be_named_to_readers(client, writer, told):
    sign_in(client, writer)
    own = {"name": "Another Name", "interface_tag": "en"}
    client.post("/-/account/", data=own | {"shows_name": "y"})
    [entry] = told("account.described")
    assert entry.details == {
        "changed": ["name", "shows_name"],
        "shows_name": {"before": False, "after": True},
    }
    client.post("/-/account/", data=own | {"shows_name": "y"})
    assert len(told("account.described")) == 1
    client.post("/-/account/", data=own)
    assert told("account.described")[0].details["shows_name"]["after"] is False
    assert told("account.described")[0].actor_id == writer.id


def test_handing_a_page_in(signed_in_as, session, cast, pack, now, told):
    page = access.get_page(session, pack, "doctor")
    units = versions.list_units(session, versions.head(session, page))
    for placed in units[:2]:
        draft = Draft("ڈاکٹر", origin=Origin.HUMAN)
        targets.save(
            session, placed.unit, "ur", draft, actor=cast.translator_ur, now=now
        )
    saved = session.exec(select(Target)).all()
    session.commit()
    client = signed_in_as(cast.translator_ur)
    seen = {"seen": [f"{each.id}:{each.revision}" for each in saved]}
    submit = "/-/translating/town/ur/pages/doctor/submit/"
    client.post(submit, data=seen)
    [entry] = told("page.handed_in")
    assert (entry.subject, entry.subject_id, entry.tag) == ("page", page.id, "ur")
    assert entry.actor_id == cast.translator_ur.id
    assert entry.details["units"] == 2
    client.post(submit, data=seen)
    assert len(told("page.handed_in")) == 1, "nothing was left to hand in"


def test_running_a_job_again_and_cancelling_one(keeper, session, cast, now, told):
    failed = Job(kind="print", run_at=now, created_at=now, state=JobState.FAILED)
    waiting = Job(kind="publish", run_at=now, created_at=now)
    session.add_all([failed, waiting])
    session.commit()
    for _ in range(2):
        keeper.post(f"/-/keeping/jobs/{failed.id}/retry")
        keeper.post(f"/-/keeping/jobs/{waiting.id}/cancel")
    [again], [cancelled] = told("job.retried"), told("job.cancelled")
    assert (again.subject, again.subject_id) == ("job", failed.id)
    assert again.details == {"kind": "print"}
    assert (cancelled.subject_id, cancelled.details) == (
        waiting.id,
        {"kind": "publish"},
    )
    assert {again.actor_id, cancelled.actor_id} == {cast.administrator.id}


def test_sending_a_letter_again_and_discarding_one(keeper, session, cast, now, told):
    written = [
        outbox.write(
            session, "invitation", to="sam@example.org", tag="ur", now=now, **LETTER
        )
        for _ in range(2)
    ]
    for each in written:
        each.state = MessageState.FAILED
    session.commit()
    for _ in range(2):
        keeper.post(f"/-/keeping/messages/{written[0].id}/retry")
        keeper.post(f"/-/keeping/messages/{written[1].id}/discard")
    [again], [gone] = told("message.queued_again"), told("message.discarded")
    assert (again.subject, again.subject_id) == ("message", written[0].id)
    assert (gone.subject_id, gone.tag) == (written[1].id, "ur")
    assert again.details == gone.details == {"letter": "invitation"}
    assert {again.actor_id, gone.actor_id} == {cast.administrator.id}


def test_asking_to_publish(signed_in_as, session, cast, pack, told):
    client = signed_in_as(cast.publisher)
    client.post("/-/writing/town/publishing/", data={"tags": ["en", "ur"]})
    [entry] = told("publishing.asked")
    assert (entry.subject, entry.subject_id) == ("pack", pack.id)
    assert entry.details["tags"] == ["en", "ur"]
    assert entry.actor_id == cast.publisher.id


CHANGED = {
    "value": "01632 960002",
    "owner": "Cohesion team",
    "source": "https://example.org/",
    "check_by": "2027-01-31",
    "revision": "1",
}


def change(before, after):
    return {"before": before, "after": after}


def test_changing_a_fact_tells_before_and_after(
    signed_in_as, session, cast, pack, told
):
    client = signed_in_as(cast.writer)
    place = "/-/writing/town/facts/council-line/"
    client.post(place, data=CHANGED)
    [entry] = [each for each in told("fact.changed") if each.actor_id]
    assert entry.details == {
        "name": "council-line",
        "value": change("01632 960001", "01632 960002"),
        "owner": change("", "Cohesion team"),
        "source": change("", "https://example.org/"),
        "check_by": change(None, "2027-01-31"),
    }
    client.post(place, data=CHANGED | {"revision": "2", "owner": "Press office"})
    page = signed_in_as(cast.administrator).get("/-/keeping/journal/").text
    assert "owner: <bdi>Cohesion team</bdi> → <bdi>Press office</bdi>" in page
    [newest, _first] = [each for each in told("fact.changed") if each.actor_id]
    assert newest.details == {
        "name": "council-line",
        "owner": change("Cohesion team", "Press office"),
    }
    fact = facts.get_fact(session, pack, "council-line")
    session.commit()
    assert fact.revision == 3
    client.post(place, data=CHANGED | {"revision": "3", "owner": "Press office"})
    assert len([e for e in told("fact.changed") if e.actor_id]) == 2


def test_a_facts_words_for_one_language_are_told_too(signed_in_as, cast, pack, told):
    client = signed_in_as(cast.writer)
    hours = CHANGED | {"name": "desk", "kind": "hours", "value": "Monday"}
    client.post("/-/writing/town/facts/new/", data=hours)
    client.post("/-/writing/town/facts/desk/", data=hours | {"value_ur": "پیر"})
    assert told("fact.changed")[0].details == {
        "name": "desk",
        "values": change({}, {"ur": "پیر"}),
    }


def test_a_new_fact_tells_what_it_says(signed_in_as, cast, pack, told):
    client = signed_in_as(cast.writer)
    new = CHANGED | {"name": "desk", "kind": "phone"}
    client.post("/-/writing/town/facts/new/", data=new)
    details = told("fact.changed")[0].details
    assert details["name"] == "desk"
    assert details["value"] == change(None, "01632 960002")
    assert details["owner"] == change(None, "Cohesion team")


def test_no_entry_holds_a_secret_or_a_letter(
    app, client, keeper, session, writer, now, maker
):
    """A whole day at the desks, and then every entry is read."""
    session.commit()
    sign_in(client, writer, "a wrong secret")
    sign_in(client, writer)
    keeper.post(
        "/-/keeping/accounts/invite",
        data={
            "email": "new@example.org", "name": "New", "organisation": "",
            "interface_tag": "en", "role": "writer", "tag": "",
        },
    )  # fmt: skip
    client.post("/-/account/sign-out")
    client.post("/-/account/new-password", data={"email": writer.email})
    with maker() as reading:
        letters = list(reading.exec(select(Message)))
        secrets = [
            line for each in letters for line in each.body.split() if "/-/" in line
        ]
    assert len(secrets) >= 2
    for each in letters:
        session.merge(each).state = MessageState.FAILED
    session.commit()
    for each in letters:
        keeper.post(f"/-/keeping/messages/{each.id}/discard")
    with maker() as reading:
        entries = journal.list_entries(reading, limit=500)
        written = json.dumps([each.details for each in entries])
    assert {each.act for each in entries} >= {
        "account.signed_in", "account.signed_out", "account.invited", "message.discarded",
    }  # fmt: skip
    for secret in (
        PASSWORD,
        "a wrong secret",
        *secrets,
        "argon2",
        writer.fs_uniquifier,
    ):
        assert secret not in written


def test_a_lock_is_told_with_nobody_as_its_actor(client, session, writer, told):
    writer.failed_sign_ins = 9
    session.commit()
    sign_in(client, writer, "wrong words here")
    [entry] = told("account.locked")
    assert (entry.actor_id, entry.subject_id) == (None, writer.id)
    assert entry.at <= clock.now() + timedelta(seconds=1)
