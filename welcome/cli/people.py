"""`welcome people …`: what somebody may have of their record, and letting go of it."""

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from sqlmodel import Session

from welcome import clock
from welcome.accounts import access as accounts
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies import days
from welcome.buddies.models.rights import (
    ERASED_BY_HAND,
    ErasedFor,
    ExportState,
    KeptFor,
)
from welcome.buddies.privacy import erasing, retention, subject_access, subject_page
from welcome.buddies.privacy.retention import Due
from welcome.buddies.privacy.traces import Person, find_person
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.config import Settings
from welcome.database import empty_log, reading
from welcome.editions.print import pdf
from welcome.editions.print.pdf import Limits
from welcome.errors import NotAllowed, NotFound
from welcome.messages import delivery
from welcome.partners.access import list_own_ids

LOOKS = (Permission.COORDINATE, Permission.SAFEGUARD)
AS = click.option(
    "--as", "email", required=True, help="The account of who says so, for the journal."
)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def people() -> None:
    """Export, erase or keep the record of one person; let go of what is old."""


@people.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@AS_JSON
def let_go(*, dry_run: bool, as_json: bool) -> None:
    """Let go of what was kept long enough."""
    opened, now = installation(), clock.now()
    with reading(), opened.sessions() as session:
        planned = retention.plan(session, now.date())
        before = retention.letters_before(session, now.date())
    gone: dict[str, int] = {}
    while not dry_run:
        with opened.sessions.begin() as session:
            done = retention.carry_out(session, now.date(), actor=None, now=now)
        for clock_, number in done.items():
            gone[clock_.value] = gone.get(clock_.value, 0) + number
        if not any(done.values()):
            break
    if not dry_run:
        folder = opened.settings.instance / delivery.FOLDER
        gone["letter-files"] = delivery.remove_old_files(folder, before)
        empty_log(opened.engine)
    told = {"planned": [_known(each) for each in planned], "gone": gone}
    sentences = [_line(each) for each in planned] or ["Nothing is due."]
    if not dry_run:
        sentences.append(f"{sum(gone.values())} records were let go of.")
    say(told, sentences, as_json=as_json)


@people.command()
@click.argument("public_id")
@click.option(
    "--why", type=click.Choice([each.value for each in ERASED_BY_HAND]), required=True
)
@AS
@AS_JSON
def erase(public_id: str, why: str, email: str, *, as_json: bool) -> None:
    """Let go of somebody's record, also in the middle of a pairing."""
    opened = installation()
    with opened.sessions.begin() as session:
        person = _get(session, public_id)
        receipt = erasing.erase(
            session, person, ErasedFor(why), days.standing(session, opened.settings),
            actor=_get_looker(session, email, person), now=clock.now(),
        )  # fmt: skip
        told = {
            "public_id": receipt.public_id,
            "erased_at": receipt.erased_at.isoformat(),
            "fields": receipt.fields,
        }
    empty_log(opened.engine)
    sentences = [f"{public_id} is erased: {', '.join(receipt.fields)}."]
    say(told, sentences, as_json=as_json)


@people.command()
@click.argument("public_id")
@click.option("--reason", type=click.Choice([each.value for each in KeptFor]))
@click.option("--lift", is_flag=True, help="Let the clocks count again.")
@AS
def hold(public_id: str, reason: str | None, email: str, *, lift: bool) -> None:
    """Keep somebody's record for the law, whatever the clocks say."""
    if (reason is None) is not lift:
        raise click.UsageError("Give a --reason, or say --lift.")
    with installation().sessions.begin() as session:
        person = _get(session, public_id)
        actor, now = _get_looker(session, email, person), clock.now()
        if reason:
            erasing.keep_for_law(session, person, KeptFor(reason), actor=actor, now=now)
        else:
            erasing.keep_no_longer(session, person, actor=actor, now=now)
    click.echo(f"{public_id} is kept {'no longer' if lift else 'for the law'}.")


@people.command()
@click.argument("public_id")
@click.option("--out", type=FOLDER, required=True, help="The folder to write to.")
@click.option("--locale", "tag", default="en", show_default=True)
@AS
def export(public_id: str, out: Path, tag: str, email: str) -> None:
    """Gather somebody's record; once it was looked through, write it as JSON and PDF."""
    opened, now = installation(), clock.now()
    with opened.sessions.begin() as session:
        person = _get(session, public_id)
        actor = _get_looker(session, email, person)
        made = subject_access.prepare(session, person, actor=actor, now=now)
        if made.state is ExportState.PREPARED:
            click.echo(
                "It is prepared, and waits for somebody else to look it through:"
                f" welcome people review {public_id} --as EMAIL"
            )
            return
        told = subject_access.release(session, made, actor=actor, now=now)
    page = subject_page.render(told, tag, place=opened.settings.place_name)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = json.dumps(told, ensure_ascii=False, indent=1).encode()
    for name, content in (("json", whole), ("pdf", _press(page, opened.settings))):
        _write(out / f"{public_id}.{name}", content)


@people.command()
@click.argument("public_id")
@click.option("--agree", is_flag=True, help="It may be given out as it is.")
@AS
def review(public_id: str, email: str, *, agree: bool) -> None:
    """Look through what was gathered for somebody, by another than who prepared it."""
    with installation().sessions.begin() as session:
        person = _get(session, public_id)
        actor = _get_looker(session, email, person)
        made = subject_access.find_newest(session, person)
        if made is None:
            raise NotFound
        if agree:
            subject_access.review(session, made, actor=actor, now=clock.now())
        told = subject_access.read(made)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _get(session: Session, public_id: str) -> Person:
    found = find_person(session, public_id)
    if found is None:
        raise NotFound
    return found


def _get_looker(session: Session, email: str, person: Person) -> Account:
    """Return who coordinates or safeguards where a person is; raises NotAllowed."""
    account = accounts.find_by_email(session, email)
    if account is None:
        raise NotFound(account=email)
    may = any(is_allowed(session, account, each) for each in LOOKS)
    if not may or person.organisation_id not in list_own_ids(session, account):
        raise NotAllowed
    return account


def _press(page: str, settings: Settings) -> bytes:
    limits = Limits(settings.print_seconds, settings.print_memory_mb)
    return pdf.press(page, settings.site_url, limits)


def _write(file: Path, content: bytes) -> None:
    """Write a file that its owner alone can read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    click.echo(str(file))


def _known(each: Due) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(each).items()
    }


def _line(each: Due) -> str:
    kept = "  kept for the law" if each.is_kept else ""
    whose = each.public_id or f"{each.count} of them"
    return f"{each.due_on} {each.clock.value:13} {whose} since {each.since}{kept}"
