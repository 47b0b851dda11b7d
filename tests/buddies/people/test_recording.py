"""What a coordinator writes down for somebody, and whom referees may be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html
from sqlmodel import func, select

from tests.buddies.people.test_intake import APPLICATION, ASKING
from tests.buddies.rows import SCHEME
from welcome.buddies.clearances.errors import RefereeTaken, RefereeUnreachable
from welcome.buddies.errors import InterpreterUnnamed
from welcome.buddies.models.clearing import Referee, Relation
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.people import Newcomer, SpokenThrough, Volunteer
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.people import intake, recording
from welcome.buddies.people.applications import NamedReferee
from welcome.buddies.people.errors import (
    AgreedAhead,
    KnownAlready,
    NotAnAdult,
)
from welcome.buddies.people.recording import Agreed, Record
from welcome.buddies.privacy import erasing, gathered, subject_page
from welcome.errors import NotAllowed, RuleBroken
from welcome.partners.access import list_organisations

AGREED = Agreed("Nadia", date.min, "ar", SpokenThrough.INTERPRETER, interpreter="Ines")


@pytest.fixture
def homes(session, cast):
    return {each.name: each for each in list_organisations(session)}


@pytest.fixture
def record(homes, now):
    agreed = replace(AGREED, on=now.date())
    return Record(homes["Town Friends"], agreed, now.date())


def count(session, table):
    return session.exec(select(func.count(table.id))).one()


def test_who_is_of_other_organisations_is_nobody(session, cast, homes, record, now):
    act = recording.record_newcomer
    act(session, ASKING, record, actor=cast.coordinator, now=now)
    again = replace(ASKING, key="another form")
    with pytest.raises(KnownAlready):
        act(session, again, record, actor=cast.coordinator, now=now)
    assert not session.exec(select(Task)).all()
    other = replace(record, home=homes["Harbour Charity"])
    with pytest.raises(NotAllowed):
        act(session, again, other, actor=cast.coordinator, now=now)
    assert act(session, again, other, actor=cast.neighbour, now=now).person
    assert count(session, Newcomer) == 2
    assert not session.exec(select(Task)).all()


def test_another_name_at_one_address_is_somebody_else(session, cast, record, now):
    act = recording.record_newcomer
    act(session, ASKING, record, actor=cast.coordinator, now=now)
    other = replace(ASKING, key="another form", name="Omar")
    made = act(session, other, record, actor=cast.coordinator, now=now).person
    (task,) = session.exec(select(Task)).all()
    assert (task.kind, task.subject_id) == (TaskKind.PERHAPS_TWICE, made.id)
    assert count(session, Newcomer) == 2


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"on": timedelta(days=1)}, AgreedAhead),
        ({"interpreter": " "}, InterpreterUnnamed),
    ],
)
def test_what_cannot_have_been_agreed_is_refused(
    session, cast, record, now, changes, problem
):
    if "on" in changes:
        changes = {"on": record.today + changes["on"]}
    record = replace(record, agreed=replace(record.agreed, **changes))
    with pytest.raises(problem):
        recording.record_volunteer(
            session, APPLICATION, record, actor=cast.coordinator, now=now
        )
    assert count(session, Volunteer) == 0


def test_the_rules_of_the_public_form_hold(session, cast, record, now):
    told = replace(ASKING, is_adult=False)
    with pytest.raises(NotAnAdult):
        recording.record_newcomer(
            session, told, record, actor=cast.coordinator, now=now
        )


@pytest.mark.parametrize("kind", ["newcomer", "volunteer"])
def test_what_was_agreed_is_theirs_to_have_and_is_forgotten(
    session, cast, record, now, kind
):
    act = getattr(recording, f"record_{kind}")
    told = ASKING if kind == "newcomer" else APPLICATION
    person = act(session, told, record, actor=cast.coordinator, now=now).person
    had = gathered.gather(session, person, now=now)["person"]
    assert (had["agreed_by"], had["agreed_through"]) == ("Nadia", "interpreter")
    assert "Ines" not in str(had)
    whole = gathered.gather(session, person, now=now)
    shown = subject_page.render(whole, "en", place="Town")
    page = html.document_fromstring(shown).text_content()
    assert "Through an interpreter" in page
    assert "Arabic" in page
    # Days as people say them, in the words of whoever reads.
    assert f"{now:%-d %B %Y}, {now:%H:%M} UTC" in page
    assert "+00:00" not in page
    erasing.erase(session, person, ErasedFor.ASKED, SCHEME, actor=None, now=now)
    left = (person.agreed_by, person.agreed_in, person.agreed_interpreter)
    assert left == (None, None, None)


@pytest.mark.parametrize(
    ("referee", "problem"),
    [
        (NamedReferee(name="R", relation=Relation.FRIEND), RefereeUnreachable),
        (
            NamedReferee(name="R", relation=Relation.FRIEND, email="Vera@Example.org"),
            RefereeTaken,
        ),
        (
            NamedReferee(name="R", relation=Relation.FRIEND, phone="07911 123457"),
            RefereeTaken,
        ),
    ],
)
def test_referees_of_a_form_are_looked_at_as_any_other(
    session, cast, now, referee, problem
):
    told = replace(APPLICATION, referees=(referee, APPLICATION.referees[1]))
    with pytest.raises(problem) as refused, session.begin_nested():
        intake.apply(session, told, now=now)
    assert isinstance(refused.value, RuleBroken)
    assert count(session, Volunteer) == count(session, Referee) == 0
