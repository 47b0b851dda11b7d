"""Guard the journal: the database itself refuses to change what was written.

Only the name of somebody whose account was erased may go.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARD = {
    "sqlite": (
        """
        CREATE TRIGGER journal_entry_stays BEFORE UPDATE ON journal_entry
        WHEN NEW.actor_id IS NOT NULL OR NEW.id IS NOT OLD.id
          OR NEW.at IS NOT OLD.at OR NEW.act IS NOT OLD.act
          OR NEW.subject IS NOT OLD.subject OR NEW.subject_id IS NOT OLD.subject_id
          OR NEW.tag IS NOT OLD.tag OR NEW.details IS NOT OLD.details
        BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END
        """,
        """
        CREATE TRIGGER journal_entry_is_kept BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL
            AND (to_jsonb(NEW) - 'actor_id') = (to_jsonb(OLD) - 'actor_id')
          THEN RETURN NEW; END IF;
          RAISE EXCEPTION 'the journal is never changed';
        END $$
        """,
        """
        CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON journal_entry
        FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()
        """,
    ),
}

RELEASE = {
    "sqlite": (
        "DROP TRIGGER journal_entry_stays",
        "DROP TRIGGER journal_entry_is_kept",
    ),
    "postgresql": ("DROP FUNCTION journal_entry_refuse() CASCADE",),
}


def upgrade() -> None:
    """Take the step."""
    for statement in GUARD[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take the step back."""
    for statement in RELEASE[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
