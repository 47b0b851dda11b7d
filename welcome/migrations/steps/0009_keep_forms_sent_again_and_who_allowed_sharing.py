"""Keep a form that somebody known sends again; know who allowed two to share."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("task", sa.Column("told", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("sharing") as table:
        table.add_column(sa.Column("agreed_by_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True)
        )
        table.create_foreign_key(
            op.f("fk_sharing_agreed_by_id_account"), "account", ["agreed_by_id"], ["id"],
            ondelete="SET NULL",
        )  # fmt: skip
    # Whoever agreed before was nobody's lead; what held goes on.
    op.execute(
        "UPDATE sharing SET agreed_by_id = allowed_by_id, agreed_at = allowed_at"
    )
    op.execute("UPDATE sharing SET allowed_by_id = NULL")


def downgrade() -> None:
    """Take the step back; what was kept is lost, and only what holds still does."""
    op.execute("UPDATE sharing SET allowed_at = NULL WHERE agreed_at IS NULL")
    op.execute("UPDATE sharing SET allowed_by_id = agreed_by_id")
    with op.batch_alter_table("sharing") as table:
        table.drop_constraint(
            op.f("fk_sharing_agreed_by_id_account"), type_="foreignkey"
        )
        table.drop_column("agreed_at")
        table.drop_column("agreed_by_id")
    op.drop_column("task", "told")
