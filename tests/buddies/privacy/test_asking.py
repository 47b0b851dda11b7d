"""What people ask for of their record: noted once, due in a month, theirs wherever."""

from datetime import date, timedelta

import pytest

from tests.buddies import clearing_people, records
from tests.buddies.privacy.test_erasing import SCHEME
from tests.partners.shared import share
from welcome.buddies.errors import MoveRefused, PersonErased
from welcome.buddies.models.rights import ErasedFor, RightKind
from welcome.buddies.people import handing_over
from welcome.buddies.privacy import asking, erasing, record_access
from welcome.buddies.privacy.errors import AskedAhead
from welcome.errors import NotFound

ACCESS, ERASURE = RightKind.ACCESS, RightKind.ERASURE


@pytest.fixture
def scheme(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def newcomer(session, scheme, now):
    return clearing_people.add_newcomer(session, scheme.charity, now)


@pytest.fixture
def note(session, scheme, newcomer, now):
    def act(kind=ACCESS, on=date(2024, 1, 31)):
        return asking.note_asked(
            session, newcomer, kind, on, actor=scheme.coordinator, now=now
        )

    return act


def test_of_one_kind_one_waits(session, note, newcomer):
    first = note()
    assert note() is first
    assert note(ERASURE) is not first
    assert first.due_on == date(2024, 2, 29)
    assert len(asking.list_of(session, newcomer)) == 2


def test_answered_once_it_can_be_asked_again(session, scheme, note, now):
    first = note()
    asking.answer(session, first, actor=scheme.coordinator, now=now)
    with pytest.raises(MoveRefused):
        asking.answer(session, first, actor=scheme.coordinator, now=now)
    assert note() is not first


def test_what_is_due_first_stands_first(session, scheme, note):
    later, sooner = note(ACCESS, date(2024, 3, 1)), note(ERASURE, date(2024, 2, 1))
    own = {scheme.charity.id}
    assert asking.list_waiting(session, own) == [sooner, later]
    assert asking.list_waiting(session, {scheme.college.id}) == []


def test_no_day_ahead_and_nobody_who_is_gone(session, scheme, note, newcomer, now):
    with pytest.raises(AskedAhead):
        note(ACCESS, now.date() + timedelta(days=1))
    note()
    erasing.erase(session, newcomer, ErasedFor.ASKED, SCHEME, actor=None, now=now)
    (asked,) = asking.list_of(session, newcomer)
    session.refresh(asked)
    assert asked.answered_at == now
    with pytest.raises(PersonErased):
        note()


def test_who_may_look_at_whose(session, scheme, note, newcomer):
    asked = note()
    for account in (scheme.coordinator, scheme.lead, scheme.deputy):
        found = record_access.get_asked(session, account, asked.public_id)
        assert found == (asked, newcomer)
    for account in (
        scheme.other_coordinator, scheme.other_lead, scheme.referrer,
        scheme.scheme_lead, scheme.administrator,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            record_access.get_asked(session, account, asked.public_id)
        with pytest.raises(NotFound):
            record_access.get_person(session, account, newcomer.public_id)


def test_what_was_asked_goes_along_with_whom_it_is_about(
    session, scheme, note, newcomer, now
):
    asked = note()
    share(session, scheme.charity, scheme.college, now=now)
    handing_over.hand_over(session, newcomer, scheme.college, actor=None, now=now)
    session.refresh(asked)
    assert asking.list_waiting(session, {scheme.charity.id}) == []
    people = record_access.list_people(session, scheme.other_coordinator, [asked])
    assert people == {asked.public_id: newcomer}
    assert record_access.list_people(session, scheme.coordinator, [asked]) == {}


def test_why_a_record_is_kept_is_told_while_it_is(session, scheme, now):
    made = records.write(session, now)
    person, actor = made.newcomer, scheme.coordinator
    assert record_access.find_hold(session, person) is None
    reason = erasing.KeptFor.POLICE
    erasing.keep_for_law(session, person, reason, actor=actor, now=now)
    found = record_access.find_hold(session, person)
    assert (found.actor_id, found.details["reason"]) == (actor.id, "police")
    erasing.keep_no_longer(session, person, actor=actor, now=now)
    assert record_access.find_hold(session, person) is None
