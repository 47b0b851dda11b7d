"""`welcome accounts …`: who may sign in, from the shell."""

import json

import click
from flask.cli import with_appcontext

from welcome import clock
from welcome.accounts import access, membership
from welcome.accounts.membership import Invitation
from welcome.accounts.models import Account, Grant, Role
from welcome.accounts.permissions import list_grants
from welcome.cli.answers import AS_JSON
from welcome.errors import NotFound
from welcome.web.database import db
from welcome.web.signing_in import letters

ROLE = click.Choice([role.value for role in Role])


@click.group()
def accounts() -> None:
    """Invite people, give and take their roles, let them go."""


@accounts.command("list")
@AS_JSON
@with_appcontext
def list_all(*, as_json: bool) -> None:
    """List every account, its state and its roles."""
    now = clock.now()
    people = [
        {
            "email": account.email,
            "name": account.name,
            "state": access.account_state(account, now).value,
            "roles": [_said(each) for each in grants],
        }
        for account, grants in access.list_accounts(db())
    ]
    if as_json:
        click.echo(json.dumps(people, ensure_ascii=False))
        return
    for each in people:
        roles = ", ".join(each["roles"]) or "no role"
        click.echo(f"{each['email']:32} {each['state']:12} {roles}  ({each['name']})")


@accounts.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option("--organisation", default="")
@click.option("--role", "roles", multiple=True, help="ROLE, or ROLE:TAG for a locale.")
@click.option("--language", default="en", help="Of the letter and the pages.")
@AS_JSON
@with_appcontext
def invite(
    email: str, name: str, organisation: str, roles: tuple[str, ...], **more: object
) -> None:
    """Invite EMAIL: a letter goes out, and the one-time link is printed here."""
    invitation = Invitation(
        email=email,
        name=name,
        organisation=organisation,
        interface_tag=str(more["language"]),
        roles=tuple(_read(each) for each in roles),
    )
    account = membership.invite(db(), invitation, actor=None, now=clock.now())
    letters.write_invitation(db(), account)
    db().commit()
    _tell_link(account, letters.invitation_link(account), as_json=bool(more["as_json"]))


@accounts.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--locale", "tag", default=None, help="Only for this locale.")
@with_appcontext
def grant(email: str, role: str, tag: str | None) -> None:
    """Give EMAIL a ROLE, for one locale or for all."""
    account = _get(email)
    membership.grant(db(), account, Role(role), tag, actor=None, now=clock.now())
    db().commit()
    _tell_roles(account)


@accounts.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--locale", "tag", default=None, help="The one for this locale.")
@with_appcontext
def revoke(email: str, role: str, tag: str | None) -> None:
    """Take a ROLE back from EMAIL; the last administrator keeps theirs."""
    account = _get(email)
    given = membership.get_role(db(), account, Role(role), tag)
    membership.revoke(db(), given, actor=None, now=clock.now())
    db().commit()
    _tell_roles(account)


@accounts.command()
@click.argument("email")
@with_appcontext
def deactivate(email: str) -> None:
    """Let EMAIL go: sessions end, links stop working, nothing is deleted."""
    account = _get(email)
    membership.deactivate(db(), account, actor=None, now=clock.now())
    db().commit()
    click.echo(f"{account.email} cannot sign in any more.")


@accounts.command("forget-second-step")
@click.argument("email")
@with_appcontext
def forget_second_step(email: str) -> None:
    """Forget the app, codes and passkeys of EMAIL, for when they are lost."""
    account = _get(email)
    membership.forget_second_step(db(), account, actor=None, now=clock.now())
    db().commit()
    click.echo(f"{account.email} signs in by password alone, and may set up anew.")


@accounts.command("reset-link")
@click.argument("email")
@AS_JSON
@with_appcontext
def print_reset_link(email: str, *, as_json: bool) -> None:
    """Print a link with which EMAIL chooses a new password, for when mail fails."""
    account = _get(email)
    _tell_link(account, letters.reset_link(account), as_json=as_json)


def _get(email: str) -> Account:
    found = access.find_by_email(db(), email)
    if found is None:
        raise NotFound(account=email)
    return found


def _read(text: str) -> tuple[Role, str | None]:
    """Read ROLE or ROLE:TAG."""
    role, _colon, tag = text.partition(":")
    if role not in set(Role):
        raise click.BadParameter(f"{role}: one of {', '.join(Role)}")
    return Role(role), tag or None


def _said(grant: Grant) -> str:
    return grant.role.value + (f":{grant.tag}" if grant.tag else "")


def _tell_roles(account: Account) -> None:
    roles = ", ".join(_said(each) for each in list_grants(db(), account))
    click.echo(f"{account.email}: {roles or 'no role'}")


def _tell_link(account: Account, link: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"email": account.email, "link": link}))
    else:
        click.echo(f"{account.email}: {link}")
