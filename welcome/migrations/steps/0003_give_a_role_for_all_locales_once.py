"""Give a role for all locales once: NULL is unlike NULL in a UNIQUE constraint.

Of doubles that stand already the oldest stays; they all gave the same.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEX = "uq_account_grant_everywhere"
EVERYWHERE = sa.text("tag IS NULL")


def upgrade() -> None:
    """Take the step."""
    op.execute(
        "DELETE FROM account_grant WHERE tag IS NULL AND id NOT IN"
        " (SELECT MIN(id) FROM account_grant WHERE tag IS NULL"
        " GROUP BY account_id, role)"
    )
    op.create_index(
        INDEX,
        "account_grant",
        ["account_id", "role"],
        unique=True,
        sqlite_where=EVERYWHERE,
        postgresql_where=EVERYWHERE,
    )


def downgrade() -> None:
    """Take the step back; the doubles do not come back."""
    op.drop_index(INDEX, "account_grant")
