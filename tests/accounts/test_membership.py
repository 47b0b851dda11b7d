"""Inviting, granting, letting go."""

import pytest

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
