"""What an administrator set for the scheme: every version is kept, the newest counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.models.desk import PolicyKind, PolicyVersion

SUBJECT = "policy"
Path = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One setting that differs between two versions; None where it was not set."""

    path: Path
    before: object
    after: object


def find_newest(session: Session, kind: PolicyKind) -> PolicyVersion | None:
    """Find the settings of a kind that count; None while the defaults do."""
    asked = (
        select(PolicyVersion)
        .where(PolicyVersion.kind == kind)
        .order_by(col(PolicyVersion.version).desc())
        .limit(1)
    )
    return session.exec(asked).first()


def find_version(
    session: Session, kind: PolicyKind, version: int
) -> PolicyVersion | None:
    """Find the settings of a kind as they were in one version."""
    asked = select(PolicyVersion).where(
        PolicyVersion.kind == kind, PolicyVersion.version == version
    )
    return session.exec(asked).one_or_none()


def count_versions(session: Session, kind: PolicyKind) -> int:
    """Count the versions of a kind: the number of the newest, 0 while defaults count."""
    newest = session.exec(
        select(func.max(PolicyVersion.version)).where(PolicyVersion.kind == kind)
    ).one()
    return newest or 0


def list_versions(session: Session, kind: PolicyKind) -> list[PolicyVersion]:
    """List the settings of a kind as they were, the newest first."""
    asked = select(PolicyVersion).where(PolicyVersion.kind == kind)
    return list(session.exec(asked.order_by(col(PolicyVersion.version).desc())))


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List the settings that differ, by where they stand."""
    had, has = dict(_flatten(before)), dict(_flatten(after))
    return [
        Change(path, had.get(path), has.get(path))
        for path in sorted({*had, *has})
        if had.get(path) != has.get(path)
    ]


def set_policy(
    session: Session,
    kind: PolicyKind,
    settings: dict[str, Any],
    *,
    actor: Account | None,
    now: datetime,
    based_on: int | None = None,
) -> PolicyVersion:
    """Let settings count from now on; whoever calls has checked what they say.

    Raises PolicyChanged where others count by now than those that were `based_on`.
    """
    newest = count_versions(session, kind)
    if based_on not in {None, newest}:
        raise PolicyChanged(version=newest)
    made = PolicyVersion(
        kind=kind,
        version=newest + 1,
        made_at=now,
        made_by_id=actor.id if actor else None,
        settings=settings,
    )
    session.add(made)
    session.flush()
    journal.write(
        session, "policy.set", SUBJECT, made.id, actor=actor, now=now,
        kind=kind.value, version=made.version,
    )  # fmt: skip
    return made


def _flatten(settings: Mapping[str, Any], at: Path = ()) -> Iterator[tuple[Path, Any]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, (*at, name))
        else:
            yield (*at, name), value
