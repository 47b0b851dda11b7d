"""Know which locales' own values of a fact are older than the pack's.

Those that stand already are taken to be as new as it: nobody wrote down otherwise.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("fact") as table:
        table.add_column(sa.Column("stale", JSON, nullable=False, server_default="{}"))
    with op.batch_alter_table("fact") as table:
        table.alter_column("stale", server_default=None)


def downgrade() -> None:
    """Take the step back; what was stale is shown again."""
    with op.batch_alter_table("fact") as table:
        table.drop_column("stale")
