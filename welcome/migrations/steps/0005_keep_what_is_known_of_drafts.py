"""Keep what is known of machine drafts, names that stay as they are, and when jobs began.

Drafts that stand already carry no notes: nobody wrote any down.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
LISTS = (("machine_draft", "notes"), ("pack", "do_not_translate"))


def upgrade() -> None:
    """Take the step."""
    for name, column in LISTS:
        with op.batch_alter_table(name) as table:
            table.add_column(
                sa.Column(column, JSON, nullable=False, server_default="[]")
            )
        with op.batch_alter_table(name) as table:
            table.alter_column(column, server_default=None)
    with op.batch_alter_table("machine_draft") as table:
        table.add_column(sa.Column("confidence", sa.Float(), nullable=True))
    with op.batch_alter_table("job") as table:
        table.add_column(
            sa.Column("started_at", sa.DateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("job") as table:
        table.drop_column("started_at")
    with op.batch_alter_table("machine_draft") as table:
        table.drop_column("confidence")
    for name, column in LISTS:
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
