"""Keep a form that somebody known sends again, with the task that asks why."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("task", sa.Column("told", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the step back; what was kept is lost."""
    op.drop_column("task", "told")
