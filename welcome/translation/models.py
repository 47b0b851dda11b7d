"""Targets and their history, suggestions, memory, overrides and statements."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, LanguageTag, UtcDateTime, choice, json_list


class TargetState(StrEnum):
    """Where a target stands on its way to readers."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


# Waiting for a reviewer, or accepted by one: nothing is left for a translator.
DECIDED = frozenset({TargetState.SUBMITTED, TargetState.ACCEPTED})

# Whoever empties a text sends it back to its beginning.
MOVES: dict[TargetState, frozenset[TargetState]] = {
    TargetState.INITIAL: frozenset({TargetState.TRANSLATED}),
    TargetState.TRANSLATED: frozenset(
        {TargetState.INITIAL, TargetState.TRANSLATED, TargetState.SUBMITTED}
    ),
    TargetState.SUBMITTED: frozenset(
        {
            TargetState.INITIAL,
            TargetState.TRANSLATED,
            TargetState.ACCEPTED,
            TargetState.RETURNED,
        }
    ),
    TargetState.ACCEPTED: frozenset({TargetState.INITIAL, TargetState.TRANSLATED}),
    TargetState.RETURNED: frozenset({TargetState.INITIAL, TargetState.TRANSLATED}),
}


class Origin(StrEnum):
    """Where a text came from."""

    HUMAN = "human"
    MACHINE = "machine"
    MEMORY = "memory"
    IMPORT = "import"


class RevisionStatement(Base, table=True):
    """An agency's word that two linguists worked on a translation."""

    __tablename__ = "revision_statement"

    id: int = Field(default=None, primary_key=True)
    tag: str = Field(sa_type=LanguageTag)
    agency: str = Field(max_length=120)
    reference: str = Field(max_length=120)
    revised_on: date
    accepted_by: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    accepted_at: datetime = Field(sa_type=UtcDateTime)


class Target(Base, table=True):
    """The text of a unit in a locale; the unit is the pin it was made from."""

    __tablename__ = "target"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "tag"),
        # Covers what counting a pack's progress reads, so that it touches no row.
        sa.Index(
            "ix_target_progress",
            "unit_id",
            "tag",
            "state",
            "statement_id",
            "is_blocked",
            "revision",
            "origin",
            "author_id",
            "reviewer_id",
        ),
    )

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    tag: str = Field(sa_type=LanguageTag)
    text: str = Field(default="", sa_type=sa.Text)
    state: TargetState = Field(default=TargetState.INITIAL, sa_type=choice(TargetState))
    origin: Origin = Field(default=Origin.HUMAN, sa_type=choice(Origin))
    # Counts saves; whoever saves names the one they saw.
    revision: int = 0
    author_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    reviewer_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    statement_id: int | None = Field(default=None, foreign_key="revision_statement.id")
    # Something is certainly wrong with the text, and nobody let it pass.
    is_blocked: bool = False
    comment: str = Field(default="", max_length=2000)
    saved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_unread(self) -> bool:
        """Tell whether it is a machine draft that nobody here has saved."""
        is_new = self.state is TargetState.TRANSLATED and self.author_id is None
        return is_new and self.origin is Origin.MACHINE


class TargetEvent(Base, table=True):
    """One step of a target's history; never changed afterwards."""

    __tablename__ = "target_event"

    id: int = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    revision: int
    state: TargetState = Field(sa_type=choice(TargetState))
    origin: Origin = Field(sa_type=choice(Origin))
    text: str = Field(sa_type=sa.Text)
    comment: str = Field(default="", max_length=2000)
    actor_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    at: datetime = Field(sa_type=UtcDateTime)


class Override(Base, table=True):
    """A blocking finding that somebody let pass, with the reason in writing."""

    __tablename__ = "finding_override"
    __table_args__ = (sa.UniqueConstraint("target_id", "revision", "code"),)

    id: int = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    revision: int
    code: str = Field(max_length=40)
    reason: str = Field(max_length=1000)
    actor_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    at: datetime = Field(sa_type=UtcDateTime)


class MachineDraft(Base, table=True):
    """What an engine offered for a unit; a suggestion, never a target."""

    __tablename__ = "machine_draft"
    __table_args__ = (sa.UniqueConstraint("unit_id", "tag", "engine"),)

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    tag: str = Field(sa_type=LanguageTag)
    engine: str = Field(max_length=60)
    text: str = Field(sa_type=sa.Text)
    # What a reviewer should know: codes of DraftNote with what fills their sentences.
    notes: list[dict[str, str]] = Field(default_factory=list, sa_type=json_list())
    confidence: float | None = None
    made_at: datetime = Field(sa_type=UtcDateTime)


class MemoryEntry(Base, table=True):
    """An accepted pair, kept for the next text that says the same."""

    __tablename__ = "memory_entry"
    __table_args__ = (
        sa.UniqueConstraint(
            "source_tag", "tag", "key_hash", "context_hash", name="uq_memory_entry_key"
        ),
        sa.Index("ix_memory_entry_window", "source_tag", "tag", "length"),
    )

    id: int = Field(default=None, primary_key=True)
    source_tag: str = Field(sa_type=LanguageTag)
    tag: str = Field(sa_type=LanguageTag)
    key_hash: str = Field(max_length=64)
    # Hash of the neighbours' keys: an equal text in an equal place.
    context_hash: str = Field(max_length=64)
    length: int
    source: str = Field(sa_type=sa.Text)
    target: str = Field(sa_type=sa.Text)
    learned_at: datetime = Field(sa_type=UtcDateTime)
