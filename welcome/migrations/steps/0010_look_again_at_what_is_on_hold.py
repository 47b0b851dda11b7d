"""Keep the day on which somebody looks again at a request on hold."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

USUAL = timedelta(days=90)


def upgrade() -> None:
    """Take the step; what is on hold already has a day too."""
    op.add_column("buddy_request", sa.Column("look_again_on", sa.Date(), nullable=True))
    requests = sa.table(
        "buddy_request",
        sa.column("id", sa.Integer()),
        sa.column("state", sa.String()),
        sa.column("moved_at", sa.DateTime(timezone=True)),
        sa.column("look_again_on", sa.Date()),
    )
    known = op.get_bind()
    held = sa.select(requests.c.id, requests.c.moved_at)
    on_hold = known.execute(held.where(requests.c.state == "on-hold")).all()
    for number, moved_at in on_hold:
        day = (moved_at + USUAL).date()
        changed = sa.update(requests).where(requests.c.id == number)
        known.execute(changed.values(look_again_on=day))


def downgrade() -> None:
    """Take the step back; the days are lost."""
    op.drop_column("buddy_request", "look_again_on")
