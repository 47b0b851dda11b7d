"""One-time links and the short codes of slips: each good for one thing, for a while.

The database keeps only what they hash to. Opening one changes nothing, so that
programs which follow links in mail use nothing up; the button behind it does.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies.errors import LinkOver
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.database import keyring_of

LIVES = timedelta(days=14)
# No letter that looks like another one, in print or when read out.
LETTERS = "ACDEFHJKMNPRTUVWXY34679"
CODE_LENGTH = 8


@dataclass(frozen=True)
class Made:
    """What only whoever gets the link or slip knows."""

    link: Link
    token: str
    code: str


@dataclass(frozen=True)
class About:
    """What a link is about: a table, a row, and the side it speaks for."""

    subject: str
    subject_id: int
    side: str = ""


def make(
    session: Session,
    purpose: LinkPurpose,
    about: About,
    *,
    now: datetime,
    lives: timedelta = LIVES,
    key: str = "",
) -> Made:
    """Make a link and the code of a slip; the ones before for the same go on.

    With the key of a form they are what `derive` says of it.
    """
    token = secrets.token_urlsafe(24)
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    if key:
        token, code = derive(session, key)
    link = Link(
        token_hash=_hash(token),
        code_hash=_code_index(session, code),
        purpose=purpose,
        subject=about.subject,
        subject_id=about.subject_id,
        side=about.side,
        made_at=now,
        expires_at=now + lives,
    )
    session.add(link)
    session.flush()
    return Made(link, token, spelt(code))


def derive(session: Session, key: str) -> tuple[str, str]:
    """Give the token and code that belong to a form's key, whatever came of the form.

    So whoever sends a form sees the same code each time, and as much of one where
    nothing was written.
    """
    keyring = keyring_of(session)
    number = int(keyring.index("code of a form", key), 16)
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return keyring.index("token of a form", key)[:32], "".join(letters)


def spelt(code: str) -> str:
    """Write a code as it stands on a slip."""
    return f"{code[:4]}-{code[4:]}"


def get(session: Session, token: str, purpose: LinkPurpose, *, now: datetime) -> Link:
    """Return a link that may still be used; raises LinkOver, always the same way."""
    same = Link.token_hash == _hash(token[:100])
    found = session.exec(select(Link).where(same)).one_or_none()
    return _usable(found, purpose, now)


def get_by_code(session: Session, code: str, *, now: datetime) -> Link:
    """Return the link of a slip's code, typed in any way; raises LinkOver.

    Whoever asks must be held to few tries: a code is short.
    """
    plain = "".join(each for each in code.upper()[:40] if each in LETTERS)
    same = Link.code_hash == _code_index(session, plain)
    found = session.exec(select(Link).where(same)).one_or_none()
    return _usable(found, found.purpose if found else None, now)


def refuse_over(link: Link, *, now: datetime) -> None:
    """Refuse a link that may not be used any more; raises LinkOver."""
    _usable(link, link.purpose, now)


def use_up(session: Session, link: Link, *, now: datetime) -> None:
    """Use a link up; of two presses of the button the second raises LinkOver."""
    used = session.exec(
        sa.update(Link)
        .where(col(Link.id) == link.id, col(Link.used_at).is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:
        raise LinkOver
    session.refresh(link)


def end_all(session: Session, about: About, *, now: datetime) -> None:
    """Make every link about something worthless."""
    session.exec(
        sa.update(Link)
        .where(
            col(Link.subject) == about.subject,
            col(Link.subject_id) == about.subject_id,
            col(Link.used_at).is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def end_side(
    session: Session,
    subject: str,
    which: sa.ColumnElement[bool],
    side: str,
    *,
    now: datetime,
) -> None:
    """Make the links worthless that speak for one side of some rows of a table.

    `which` is a condition on the links' `subject_id`; a link for no side is ended too.
    """
    session.exec(
        sa.update(Link)
        .where(
            col(Link.subject) == subject,
            which,
            col(Link.side).in_(("", side)),
            col(Link.used_at).is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def list_about(session: Session, tokens: Collection[str]) -> list[Link]:
    """List the links of some tokens, whatever they are good for."""
    same = col(Link.token_hash).in_([_hash(each[:100]) for each in tokens])
    return list(session.exec(select(Link).where(same)))


def _usable(found: Link | None, purpose: LinkPurpose | None, now: datetime) -> Link:
    if found is None or found.purpose is not purpose:
        raise LinkOver
    if found.used_at is not None or found.expires_at <= now:
        raise LinkOver
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_index(session: Session, code: str) -> str:
    """Hash with the installation's key: codes are too short to be hashed alone."""
    return keyring_of(session).index("code", code)
