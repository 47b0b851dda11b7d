"""Know the machines and the restores of this database, and hold letters back.

A letter that a backup does not know to be sent or not waits for a person.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
STATES = ("draft", "queued", "sent", "failed", "discarded")
CHECK = "ck_message_messagestate"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "machine",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_machine")),
    )
    op.create_table(
        "restoration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing", JSON, nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )
    _allow(*STATES, "held")


def downgrade() -> None:
    """Take the step back; letters that were held back have failed then."""
    op.execute("UPDATE message SET state = 'failed' WHERE state = 'held'")
    _allow(*STATES)
    op.drop_table("restoration")
    op.drop_table("machine")


def _allow(*states: str) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("message") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), f"state IN ({listed})")
