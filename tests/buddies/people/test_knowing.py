"""Who is known already, who is somebody else at one address, and what they are told."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from tests.buddies.people.test_intake import APPLICATION, ASKING, counts
from welcome.buddies import links, tasks
from welcome.buddies.errors import LinkOver
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people import intake, wrote_again
from welcome.messages.models import Message
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind


@pytest.fixture
def council(session, now):
    return agreements.add_organisation(
        session, "Council", OrganisationKind.COUNCIL, actor=None, now=now
    )


@pytest.mark.parametrize(
    ("email", "phone"), [("NADIA@example.org", ""), ("", "07911 123458")]
)
def test_who_is_known_is_not_written_again_but_told(
    session, council, now, email, phone
):
    intake.ask(session, replace(ASKING, phone="07911 123458"), now=now)
    before = counts(session)
    channel = Channel.EMAIL if email else Channel.CALL
    said = {"email": email, "phone": phone, "channel": channel, "name": " NÁDIA "}
    other = replace(ASKING, key="form 9", **said)
    for _ in range(2):
        taken = intake.ask(session, other, now=now)
    with pytest.raises(LinkOver):
        links.get_by_code(session, taken.code, now=now)
    after = counts(session)
    changed = {name: after[name] - before[name] for name in after}
    assert {name: more for name, more in changed.items() if more} == {
        "message": 1, "task": 1,
    }  # fmt: skip
    (task,) = session.exec(select(Task)).all()
    assert (task.kind, task.subject) == (TaskKind.WROTE_AGAIN, "newcomer")
    ((at, told),) = wrote_again.read(task)
    assert (at, told) == (now, other)
    tasks.done(session, task, "", actor=None, now=now)
    assert task.told is None
    (letter,) = session.exec(select(Message)).all()
    assert (letter.recipient, letter.tag) == ("nadia@example.org", "ar")
    assert "buddy" not in (letter.subject + letter.body).lower()
    assert "form" not in letter.subject.lower()


@pytest.mark.parametrize("act", [intake.ask, intake.apply])
@pytest.mark.parametrize(
    "way",
    [
        {"email": "both@example.org", "phone": ""},
        {"email": "", "phone": "07911 123458", "channel": Channel.CALL},
    ],
)
def test_two_of_one_address_or_number_are_two_people_at_whom_somebody_looks(
    session, council, now, act, way
):
    told = replace(ASKING if act is intake.ask else APPLICATION, **way)
    first = act(session, told, now=now)
    assert session.exec(select(Task)).all() == []
    second = act(session, replace(told, key="form 9", name="Omar"), now=now)
    assert links.get_by_code(session, second.code, now=now).purpose
    assert session.exec(select(Message)).all() == []
    (task,) = session.exec(select(Task)).all()
    assert second.person.id != first.person.id
    assert (task.kind, task.subject_id) == (TaskKind.PERHAPS_TWICE, second.person.id)


@pytest.mark.parametrize(
    "told",
    [
        {"channel": Channel.CALL, "phone": "07911 123458"},
        {"safe_from": 9, "safe_until": 17},
        {"channel": Channel.PAPER},
    ],
)
def test_no_letter_breaks_how_somebody_may_be_reached(session, council, now, told):
    intake.ask(session, replace(ASKING, **told), now=now)
    for key in ("form 8", "form 9"):
        intake.ask(session, replace(ASKING, key=key), now=now)
    assert session.exec(select(Message)).all() == []
    (task,) = session.exec(select(Task)).all()
    assert task.kind is TaskKind.WROTE_AGAIN


def test_all_that_was_written_again_is_kept_and_the_same_once(session, council, now):
    intake.apply(session, APPLICATION, now=now)
    wrote = [f"letter {number}" for number in range(wrote_again.MOST_KEPT + 2)]
    for about in [*wrote, wrote[-1]]:
        again = replace(APPLICATION, key=f"form {about}", about=about)
        intake.apply(session, again, now=now)
    (task,) = session.exec(select(Task)).all()
    kept = [told.about for _at, told in wrote_again.read(task)]
    assert kept == wrote[2:]
    assert b"letter" not in session.connection().scalar(
        sa.text("SELECT told FROM task")
    )


def test_a_form_after_the_task_was_done_is_another_task(session, council, now):
    intake.ask(session, ASKING, now=now)
    for key in ("form 8", "form 9"):
        intake.ask(session, replace(ASKING, key=key), now=now)
        (task,) = session.exec(select(Task).where(col(Task.done_at).is_(None))).all()
        tasks.done(session, task, "", actor=None, now=now)
    assert len(session.exec(select(Task)).all()) == 2


def test_a_shared_phone_is_nobodys_name(session, council, now):
    one = {"email": "", "phone": "07911 123458", "channel": Channel.CALL}
    intake.ask(session, replace(ASKING, shares_phone=True, **one), now=now)
    intake.ask(session, replace(ASKING, key="form 9", **one), now=now)
    assert len(session.exec(select(Newcomer)).all()) == 2


def test_who_left_or_withdrew_may_come_again(session, council, now):
    intake.ask(session, ASKING, now=now)
    session.exec(select(BuddyRequest)).one().state = RequestState.WITHDRAWN
    intake.apply(session, APPLICATION, now=now)
    session.exec(select(Volunteer)).one().state = VolunteerState.LEFT
    session.flush()
    intake.ask(session, replace(ASKING, key="form 8"), now=now)
    intake.apply(session, replace(APPLICATION, key="form 9"), now=now)
    assert len(session.exec(select(Newcomer)).all()) == 2
    assert len(session.exec(select(Volunteer)).all()) == 2
