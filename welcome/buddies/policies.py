"""What an administrator set for the scheme: every version is kept, the newest counts."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.models.desk import PolicyKind, PolicyVersion

SUBJECT = "policy"


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


def list_versions(session: Session, kind: PolicyKind) -> list[PolicyVersion]:
    """List the settings of a kind as they ever were, the newest first."""
    asked = (
        select(PolicyVersion)
        .where(PolicyVersion.kind == kind)
        .order_by(col(PolicyVersion.version).desc())
    )
    return list(session.exec(asked))


def set_policy(
    session: Session,
    kind: PolicyKind,
    settings: dict[str, Any],
    *,
    actor: Account | None,
    now: datetime,
) -> PolicyVersion:
    """Let settings count from now on; whoever calls has checked what they say."""
    newest = session.exec(
        select(func.max(PolicyVersion.version)).where(PolicyVersion.kind == kind)
    ).one()
    made = PolicyVersion(
        kind=kind,
        version=(newest or 0) + 1,
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
