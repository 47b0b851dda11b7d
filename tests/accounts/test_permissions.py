"""What each role may do, as a table that names every pair."""

import pytest

from welcome.accounts.membership import Invitation, deactivate, invite
from welcome.accounts.models import Grant, Role
from welcome.accounts.permissions import (
    PERMISSIONS,
    Permission,
    allows,
    allows_somewhere,
    count_accounts_with,
    is_allowed,
    list_accounts_with,
    tags_with,
)

TABLE = {
    Role.WRITER: "write",
    Role.TRANSLATOR: "translate",
    Role.REVIEWER: "translate review",
    Role.PUBLISHER: "publish accept-on-statement",
    Role.OFFICER: "translate accept-on-statement publish",
    Role.ADMINISTRATOR: "keep",
    Role.COORDINATOR: "coordinate refer",
    Role.SAFEGUARDING_LEAD: "safeguard",
    Role.SCHEME_LEAD: "oversee",
    Role.REFERRER: "refer",
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_allows_what_the_table_says_and_nothing_else(role, permission):
    expected = permission.value in TABLE[role].split()
    assert allows([Grant(account_id=1, role=role)], permission) is expected


def test_the_table_names_every_role():
    assert set(TABLE) == set(Role) == set(PERMISSIONS)


@pytest.mark.parametrize(
    ("granted", "asked", "expected"),
    [
        (None, None, True),
        (None, "ur", True),
        ("ur", "ur", True),
        ("ur", "ar", False),
        ("ur", None, False),
        ("pt", "pt-BR", False),
    ],
)
def test_a_grant_counts_for_its_locale_only(granted, asked, expected):
    grants = [Grant(account_id=1, role=Role.REVIEWER, tag=granted)]
    assert allows(grants, Permission.REVIEW, asked) is expected


def test_nothing_is_allowed_without_a_grant():
    assert not allows([], Permission.WRITE)
    assert not allows_somewhere([], Permission.WRITE)


def test_a_desk_opens_to_whoever_works_in_one_locale():
    grants = [
        Grant(account_id=1, role=Role.TRANSLATOR, tag="ur"),
        Grant(account_id=1, role=Role.REVIEWER, tag="ar"),
    ]
    assert allows_somewhere(grants, Permission.TRANSLATE)
    assert not allows_somewhere(grants, Permission.PUBLISH)
    assert tags_with(grants, Permission.TRANSLATE, ["pl", "ur", "ar"]) == ["ur", "ar"]
    assert tags_with(grants, Permission.REVIEW, ["pl", "ur", "ar"]) == ["ar"]


def test_an_account_that_is_switched_off_may_do_nothing(session, now):
    first = invite(session, _person("first", Role.WRITER), actor=None, now=now)
    assert is_allowed(session, first, Permission.WRITE)
    deactivate(session, first, actor=None, now=now)
    assert not is_allowed(session, first, Permission.WRITE)


def come(session, invitation, now):
    """Invite somebody who answers."""
    made = invite(session, invitation, actor=None, now=now)
    made.confirmed_at = now
    return made


def test_who_could_be_the_second_reader(session, now):
    urdu = come(session, _person("urdu", Role.REVIEWER, "ur"), now)
    every = come(session, _person("every", Role.REVIEWER), now)
    come(session, _person("arabic", Role.REVIEWER, "ar"), now)
    gone = come(session, _person("gone", Role.REVIEWER, "ur"), now)
    deactivate(session, gone, actor=None, now=now)
    come(session, _person("typist", Role.TRANSLATOR, "ur"), now)

    assert list_accounts_with(session, Permission.REVIEW, "ur") == [urdu, every]
    assert list_accounts_with(session, Permission.REVIEW) == [every]


def _person(name, role, tag=None):
    return Invitation(f"{name}@example.org", name, roles=((role, tag),))


def test_who_may_is_counted_once_for_each_locale(session, now):
    both = ((Role.TRANSLATOR, "ur"), (Role.REVIEWER, "ur"), (Role.REVIEWER, None))
    come(session, Invitation("b@example.org", "B", roles=both), now)
    come(session, _person("every", Role.REVIEWER), now)
    come(session, _person("typist", Role.TRANSLATOR, "ur"), now)
    gone = come(session, _person("gone", Role.REVIEWER, "ur"), now)
    deactivate(session, gone, actor=None, now=now)
    assert count_accounts_with(session, Permission.TRANSLATE, ["ur", "ar"]) == {
        "ur": 3,
        "ar": 2,
    }
    assert count_accounts_with(session, Permission.WRITE, ["ur"]) == {"ur": 0}


@pytest.mark.parametrize("permission", Permission)
def test_as_many_are_counted_as_are_listed(session, cast, permission):
    tags = ["ur", "ar", "pl"]
    assert count_accounts_with(session, permission, tags) == {
        tag: len(list_accounts_with(session, permission, tag)) for tag in tags
    }


def test_who_has_not_answered_an_invitation_is_no_second_reader(session, cast, now):
    before = list_accounts_with(session, Permission.REVIEW, "pl")
    invitation = Invitation("new@example.org", "New", roles=((Role.REVIEWER, "pl"),))
    invited = invite(session, invitation, actor=cast.administrator, now=now)
    assert list_accounts_with(session, Permission.REVIEW, "pl") == before
    invited.confirmed_at = now
    session.flush()
    assert list_accounts_with(session, Permission.REVIEW, "pl") == [*before, invited]
    counted = count_accounts_with(session, Permission.REVIEW, ["pl"])
    assert counted == {"pl": len(before) + 1}
