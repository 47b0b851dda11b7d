"""Know which locales' own values of a fact are older than the pack's, and who changed it.

Values that stand already are taken to be as new as the pack's: nobody wrote down
otherwise. Who changed a fact last, the journal knows.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
KEY = "fk_fact_author_id_account"


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("fact") as table:
        table.add_column(sa.Column("stale", JSON, nullable=False, server_default="{}"))
        table.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            KEY, "account", ["author_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("fact") as table:
        table.alter_column("stale", server_default=None)
    op.execute(
        "UPDATE fact SET author_id = (SELECT told.actor_id FROM journal_entry AS told"
        " WHERE told.subject = 'fact' AND told.subject_id = fact.id"
        " AND told.act = 'fact.changed' ORDER BY told.id DESC LIMIT 1)"
    )


def downgrade() -> None:
    """Take the step back; what was stale is shown again."""
    with op.batch_alter_table("fact") as table:
        table.drop_constraint(KEY, type_="foreignkey")
        table.drop_column("author_id")
        table.drop_column("stale")
