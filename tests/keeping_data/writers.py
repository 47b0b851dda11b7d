"""Somebody who saves without a pause: `python -m tests.keeping_data.writers …`.

Each transaction writes the same number into five tables, so that whatever stood
together at no moment is seen; and so that a database can be wound back to a moment.
"""

import sys
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from tests.conftest import KEYRING
from welcome.accounts.models import Account
from welcome.database import connect, sessions
from welcome.jobs import queue
from welcome.jobs.models import Job
from welcome.messages.models import Message, MessageState
from welcome.packs.models import Unit
from welcome.translation import targets
from welcome.translation.models import Target, TargetEvent
from welcome.translation.targets import Draft

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TAG = "pl"
LETTER = "saved-without-a-pause"


def save(session: Session, email: str, unit_id: int, number: int) -> None:
    """Write a number, in every table where it will be looked for."""
    account = session.exec(select(Account).where(Account.email == email)).one()
    account.name = name_of(number)
    draft = Draft(name_of(number), revision=number - 1)
    targets.save(
        session, session.get_one(Unit, unit_id), TAG, draft, actor=None, now=NOW
    )
    queue.enqueue(session, LETTER, now=NOW, of=email, number=number)
    session.add(
        Message(
            message_id=f"{email}-{number}", letter=LETTER, tag="en", recipient=email,
            subject=name_of(number), body="B\n", state=MessageState.DRAFT,
            written_at=NOW, send_at=NOW,
        )
    )  # fmt: skip


def name_of(number: int) -> str:
    """Say a number in letters: a text without figures passes every check alike."""
    return "Numer " + "".join("abcdefghij"[int(each)] for each in str(number))


def reached(session: Session, email: str) -> int:
    """Tell up to which number somebody has saved, counted by their letters."""
    asked = select(func.count()).select_from(Message)
    return session.exec(asked.where(_is_to(email))).one()


def numbers(session: Session, email: str, unit_id: int) -> list[str]:
    """Tell the number that each of the five tables has last."""
    target = session.exec(
        select(Target).where(Target.unit_id == unit_id, Target.tag == TAG)
    ).one()
    events = select(func.max(TargetEvent.revision))
    jobs = [each for each in session.exec(select(Job)) if each.args.get("of") == email]
    account = session.exec(select(Account).where(Account.email == email)).one()
    return [
        account.name,
        target.text,
        name_of(session.exec(events.where(TargetEvent.target_id == target.id)).one()),
        name_of(max(each.args["number"] for each in jobs)),
        name_of(reached(session, email)),
    ]


def wind_back(session: Session, email: str, unit_id: int, number: int) -> None:
    """Take back what was saved after a number."""
    account = session.exec(select(Account).where(Account.email == email)).one()
    account.name = name_of(number)
    target = session.exec(
        select(Target).where(Target.unit_id == unit_id, Target.tag == TAG)
    ).one()
    target.text, target.revision = name_of(number), number
    session.connection().execute(
        sa.delete(TargetEvent).where(
            col(TargetEvent.target_id) == target.id,
            col(TargetEvent.revision) > number,
        )
    )
    for each in session.exec(select(Job)):
        if each.args.get("of") == email and each.args["number"] > number:
            session.delete(each)
    for each in session.exec(select(Message).where(_is_to(email))):
        if int(each.message_id.rpartition("-")[2]) > number:
            session.delete(each)


def _is_to(email: str):
    return col(Message.message_id).startswith(f"{email}-")


def main(url: str, email: str, unit_id: str) -> None:
    """Save until somebody says to stop, between two transactions."""
    maker = sessions(connect(url, KEYRING))
    for number in count(1):
        with maker.begin() as session:
            save(session, email, int(unit_id), number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(*sys.argv[1:])
