"""Inviting, granting, letting go."""

import pytest
from sqlalchemy import event

from welcome.accounts import journal, membership
from welcome.accounts.access import (
    account_state,
    find_by_email,
    get_account,
    list_accounts,
    normal_email,
)
from welcome.accounts.errors import (
    BadEmail,
    EmailTaken,
    LastAdministrator,
    RoleHasNoLocale,
)
from welcome.accounts.membership import Invitation, deactivate, grant, invite, revoke
from welcome.accounts.models import AccountState, Role
from welcome.accounts.permissions import list_grants
from welcome.errors import NotFound
from welcome.locales import UnknownLocale


@pytest.fixture
def administrator(session, now):
    asked = Invitation(
        "Admin@Example.org", "Ad Min", roles=((Role.ADMINISTRATOR, None),)
    )
    return invite(session, asked, actor=None, now=now)


def test_an_invited_account_has_no_password_and_is_found_in_any_case(
    session, administrator, now
):
    assert administrator.email == "admin@example.org"
    assert account_state(administrator, now) == AccountState.INVITED
    assert find_by_email(session, " ADMIN@example.ORG ") == administrator


def test_letters_that_only_look_alike_make_two_addresses(session, now):
    sharp = invite(session, Invitation("straße@example.org", "S"), actor=None, now=now)
    plain = invite(session, Invitation("strasse@example.org", "T"), actor=None, now=now)
    assert sharp.email == "straße@example.org"
    assert find_by_email(session, "STRASSE@example.org") == plain
    assert find_by_email(session, "straße@example.org") == sharp


@pytest.mark.parametrize("typed", ["Zoë@example.org", "ZOE\u0308@example.org"])
def test_one_address_is_found_however_it_was_typed(session, now, typed):
    zoe = invite(session, Invitation("zoë@example.org", "Zoë"), actor=None, now=now)
    assert find_by_email(session, typed) == zoe


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_address_is_found_by_its_index(session, engine):
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2:4]))
    find_by_email(session, "a@example.org")
    statement, values = asked[-1]
    plan = session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {statement}", values
    )
    assert "USING INDEX" in plan.one()[-1]


@pytest.mark.usefixtures("administrator")
def test_two_accounts_never_share_an_address(session, now):
    with pytest.raises(EmailTaken):
        invite(session, Invitation("ADMIN@example.org", "Two"), actor=None, now=now)


@pytest.mark.parametrize(
    "text",
    ["", "nobody", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org"],
)
def test_an_address_that_takes_no_letter_is_refused(text):
    with pytest.raises(BadEmail):
        normal_email(text)


def test_a_role_is_given_for_a_locale_as_its_tag_is_written(
    session, administrator, now
):
    given = grant(session, administrator, Role.REVIEWER, "UR", actor=None, now=now)
    assert given.tag == "ur"
    assert membership.get_role(session, administrator, Role.REVIEWER, "Ur") == given
    with pytest.raises(UnknownLocale):
        grant(session, administrator, Role.REVIEWER, "xx", actor=None, now=now)


@pytest.mark.parametrize("tag", ["ur", None])
def test_given_twice_in_the_same_moment_is_once(
    session, administrator, now, monkeypatch, tag
):
    first = grant(session, administrator, Role.REVIEWER, tag, actor=None, now=now)
    seen = [None, first]
    monkeypatch.setattr(membership, "find_grant", lambda *_: seen.pop(0))
    again = grant(session, administrator, Role.REVIEWER, tag, actor=None, now=now)
    assert again == first
    monkeypatch.undo()
    assert len(list_grants(session, administrator)) == 2


@pytest.mark.parametrize("role", [Role.WRITER, Role.ADMINISTRATOR])
def test_a_role_for_all_locales_is_not_given_for_one(session, administrator, role, now):
    with pytest.raises(RoleHasNoLocale):
        grant(session, administrator, role, "ur", actor=None, now=now)


def test_granting_twice_is_granting_once(session, administrator, now):
    for tag in ("ur", "ur", None, None):
        grant(session, administrator, Role.REVIEWER, tag, actor=administrator, now=now)
    held = [(each.role, each.tag) for each in list_grants(session, administrator)]
    assert sorted(held, key=str) == sorted(
        [
            (Role.ADMINISTRATOR, None),
            (Role.REVIEWER, None),
            (Role.REVIEWER, "ur"),
        ],
        key=str,
    )


def test_the_last_administrator_cannot_be_removed(session, administrator, now):
    [held] = list_grants(session, administrator)
    with pytest.raises(LastAdministrator):
        revoke(session, held, actor=administrator, now=now)
    with pytest.raises(LastAdministrator):
        deactivate(session, administrator, actor=administrator, now=now)
    assert administrator.active
    assert list_grants(session, administrator) == [held]


def test_a_switched_off_administrator_does_not_count(session, administrator, now):
    second = invite(session, _second(), actor=administrator, now=now)
    deactivate(session, second, actor=administrator, now=now)
    with pytest.raises(LastAdministrator):
        deactivate(session, administrator, actor=administrator, now=now)


def test_with_two_administrators_one_may_go(session, administrator, now):
    second = invite(session, _second(), actor=administrator, now=now)
    before = administrator.fs_uniquifier
    deactivate(session, administrator, actor=second, now=now)
    assert account_state(administrator, now) == AccountState.DEACTIVATED
    assert administrator.fs_uniquifier != before, "old sessions would live again"
    with pytest.raises(LastAdministrator):
        deactivate(session, second, actor=second, now=now)


def test_every_change_of_rights_is_journalled(session, administrator, now):
    second = invite(session, _second(), actor=administrator, now=now)
    given = grant(session, second, Role.REVIEWER, "ur", actor=administrator, now=now)
    revoke(session, given, actor=administrator, now=now)
    deactivate(session, second, actor=administrator, now=now)
    membership.activate(session, second, actor=administrator, now=now)
    session.flush()
    about = journal.list_entries(session, subject=("account", second.id))
    acts = [(each.act, each.actor_id, each.tag) for each in reversed(about)]
    who = administrator.id
    assert acts == [
        ("account.invited", who, None),
        ("role.granted", who, None),
        ("role.granted", who, "ur"),
        ("role.revoked", who, "ur"),
        ("account.deactivated", who, None),
        ("account.activated", who, None),
    ]


def test_a_grant_is_found_only_through_its_own_account(session, administrator, now):
    second = invite(session, _second(), actor=administrator, now=now)
    [theirs] = list_grants(session, second)
    assert membership.get_grant(session, second, theirs.id) == theirs
    with pytest.raises(NotFound):
        membership.get_grant(session, administrator, theirs.id)


def test_accounts_are_listed_active_first(session, administrator, now):
    second = invite(session, _second("Aaron"), actor=administrator, now=now)
    deactivate(session, second, actor=administrator, now=now)
    listed = [(each.name, len(grants)) for each, grants in list_accounts(session)]
    assert listed == [("Ad Min", 1), ("Aaron", 1)]


def test_a_missing_account_is_not_found(session):
    with pytest.raises(NotFound):
        get_account(session, 12345)


def _second(name="Second"):
    return Invitation("second@example.org", name, roles=((Role.ADMINISTRATOR, None),))
