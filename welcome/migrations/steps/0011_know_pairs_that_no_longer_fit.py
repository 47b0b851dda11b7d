"""Allow the task about a pair that a rule forbids by now."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = (
    "clearance-lapsed", "silent-twice", "disagreement", "wants-to-talk",
    "nobody-answered", "reference-came", "reach-by-hand", "review-export",
    "name-to-keep-away", "perhaps-twice", "wrote-again", "contact-by-link",
    "last-day-passed", "would-stop", "cannot-be-reached", "wants-another",
)  # fmt: skip
NEW = "no-longer-fits"
CHECK = "ck_task_taskkind"


def upgrade() -> None:
    """Take the step."""
    _allow(*KINDS, NEW)


def downgrade() -> None:
    """Take the step back; tasks of the kind are gone then."""
    tasks = sa.table("task", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind == NEW))
    _allow(*KINDS)


def _allow(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), f"kind IN ({listed})")
