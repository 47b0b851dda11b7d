"""`welcome accounts …` from the shell."""

import json

import pytest

from welcome.accounts.access import find_by_email
from welcome.accounts.errors import LastAdministrator
from welcome.accounts.permissions import list_grants
from welcome.cli import accounts as command
from welcome.errors import NotFound


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def ran(*args, refused=None):
        result = runner.invoke(command.accounts, args)
        if refused:
            assert isinstance(result.exception, refused), result.output
        else:
            assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    return ran


def test_the_first_administrator_comes_in_by_the_printed_link(run, client):
    told = run(
        *("invite", "first@example.org", "--name", "First", "--json"),
        *("--role", "administrator", "--role", "reviewer:ur", "--language", "ar"),
    )
    link = json.loads(told)["link"].removeprefix("https://welcome.example.org")
    form = client.get(link)
    assert form.location.startswith("/-/account/new-password/")
    [listed] = json.loads(run("list", "--json"))
    assert listed == {
        "email": "first@example.org",
        "name": "First",
        "state": "invited",
        "roles": ["administrator", "reviewer:ur"],
    }


def test_roles_are_given_and_taken_back(run, cast, maker):
    run("grant", cast.writer.email, "reviewer", "--locale", "ur")
    assert "reviewer:ur" in run("list")
    run("revoke", cast.writer.email, "reviewer", "--locale", "ur")
    with maker() as session:
        writer = find_by_email(session, cast.writer.email)
        assert [each.role.value for each in list_grants(session, writer)] == ["writer"]


def test_what_is_refused_changes_nothing(run, cast):
    run("deactivate", cast.administrator.email, refused=LastAdministrator)
    run("revoke", cast.writer.email, "publisher", refused=NotFound)
    run("deactivate", "nobody@example.org", refused=NotFound)
    assert "deactivated" not in run("list")


def test_a_role_that_does_not_exist_is_refused(run):
    wrong = ("invite", "x@example.org", "--name", "X", "--role", "king")
    assert "king" in run(*wrong, refused=SystemExit)


def test_a_reset_link_is_printed_when_mail_fails(run, cast, client):
    link = run("reset-link", cast.writer.email).split(": ", 1)[1].strip()
    path = link.removeprefix("https://welcome.example.org")
    assert "Your new password" in client.get(path).text


def test_who_was_let_go_is_listed_so(run, cast):
    run("deactivate", cast.writer.email)
    people = {
        each["email"]: each["state"] for each in json.loads(run("list", "--json"))
    }
    assert people[cast.writer.email] == "deactivated"
