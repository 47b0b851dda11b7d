"""Keep how a coordinator was told a step of somebody, and who interpreted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SIDES = ("newcomer", "volunteer")
WAYS = ("phone", "in-person", "interpreter", "referrer", "slip")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "told_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("side", _one_of("side", *SIDES), nullable=False),
        sa.Column("through", _one_of("spokenthrough", *WAYS), nullable=False),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["account.id"],
            name=op.f("fk_told_step_written_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_step")),
    )
    op.create_index("ix_told_step_about", "told_step", ["subject", "subject_id"])


def downgrade() -> None:
    """Take the step back; how steps were told is forgotten then."""
    op.drop_table("told_step")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(
        *values, name=name, native_enum=False, create_constraint=True, length=32
    )
