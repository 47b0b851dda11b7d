"""Make the tables of the buddy wing, and allow its roles.

What was written about a concern stays as it was: the database itself refuses to change
or remove a note or a reading, until the concern goes. To whom letters go and what they
say lies sealed from now on, also of those that stand already.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROLES = ("writer", "translator", "reviewer", "publisher", "officer", "administrator")
NEW_ROLES = ("coordinator", "safeguarding-lead", "scheme-lead", "referrer")
CHECK = "ck_account_grant_role"
# Refuse every change but that the account of who wrote or read it is gone.
GUARD = {
    "sqlite": (
        """
        CREATE TRIGGER concern_note_stays BEFORE UPDATE ON concern_note
        WHEN NEW.written_by_id IS NOT NULL OR NEW.id IS NOT OLD.id
          OR NEW.concern_id IS NOT OLD.concern_id OR NEW.text IS NOT OLD.text
          OR NEW.written_at IS NOT OLD.written_at OR NEW.act IS NOT OLD.act
          OR NEW.referred_to IS NOT OLD.referred_to
        BEGIN SELECT RAISE(ABORT, 'what is known of a concern is never changed'); END
        """,
        """
        CREATE TRIGGER concern_note_is_kept BEFORE DELETE ON concern_note
        WHEN EXISTS (SELECT 1 FROM concern WHERE id = OLD.concern_id)
        BEGIN SELECT RAISE(ABORT, 'what is known of a concern is never changed'); END
        """,
        """
        CREATE TRIGGER concern_reading_stays BEFORE UPDATE ON concern_reading
        WHEN NEW.read_by_id IS NOT NULL OR NEW.id IS NOT OLD.id
          OR NEW.concern_id IS NOT OLD.concern_id OR NEW.read_at IS NOT OLD.read_at
        BEGIN SELECT RAISE(ABORT, 'what is known of a concern is never changed'); END
        """,
        """
        CREATE TRIGGER concern_reading_is_kept BEFORE DELETE ON concern_reading
        WHEN EXISTS (SELECT 1 FROM concern WHERE id = OLD.concern_id)
        BEGIN SELECT RAISE(ABORT, 'what is known of a concern is never changed'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION concern_note_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.written_by_id IS NULL
            AND (to_jsonb(NEW) - 'written_by_id') = (to_jsonb(OLD) - 'written_by_id')
          THEN RETURN NEW; END IF;
          IF TG_OP = 'DELETE'
            AND NOT EXISTS (SELECT 1 FROM concern WHERE id = OLD.concern_id)
          THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'what is known of a concern is never changed';
        END $$
        """,
        """
        CREATE TRIGGER concern_note_stays BEFORE UPDATE OR DELETE ON concern_note
        FOR EACH ROW EXECUTE FUNCTION concern_note_refuse()
        """,
        """
        CREATE FUNCTION concern_reading_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.read_by_id IS NULL
            AND (to_jsonb(NEW) - 'read_by_id') = (to_jsonb(OLD) - 'read_by_id')
          THEN RETURN NEW; END IF;
          IF TG_OP = 'DELETE'
            AND NOT EXISTS (SELECT 1 FROM concern WHERE id = OLD.concern_id)
          THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'what is known of a concern is never changed';
        END $$
        """,
        """
        CREATE TRIGGER concern_reading_stays BEFORE UPDATE OR DELETE ON concern_reading
        FOR EACH ROW EXECUTE FUNCTION concern_reading_refuse()
        """,
    ),
}


def upgrade() -> None:
    """Take the step."""
    _allow(*ROLES, *NEW_ROLES)
    _let_messages_keep_hours()
    _seal_messages()
    _make_tables()
    for statement in GUARD[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take the step back; roles of the scheme are gone then."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION concern_note_refuse() CASCADE")
        op.execute("DROP FUNCTION concern_reading_refuse() CASCADE")
    _drop_tables()
    grant = sa.table("account_grant", sa.column("role"))
    op.execute(sa.delete(grant).where(grant.c.role.in_(NEW_ROLES)))
    _allow(*ROLES)
    with op.batch_alter_table("message") as table:
        table.drop_constraint(op.f("ck_message_way"), type_="check")
        for column in ("way", "safe_from", "safe_until"):
            table.drop_column(column)
    _open_messages()


def _let_messages_keep_hours() -> None:
    """Give messages the way they go and the hours in which they may arrive."""
    columns: list[sa.Column[Any]] = [
        sa.Column("way", sa.String(length=32), nullable=False, server_default="email"),
        sa.Column("safe_from", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("safe_until", sa.Integer(), nullable=False, server_default="24"),
    ]
    with op.batch_alter_table("message") as table:
        for column in columns:
            table.add_column(column)
        table.create_check_constraint(
            op.f("ck_message_way"), "way IN ('email', 'text')"
        )
    with op.batch_alter_table("message") as table:
        for column in columns:
            table.alter_column(column.name, server_default=None)


def _seal_messages() -> None:
    """Move what lies open into columns that are sealed; refuses without the keys."""
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("sealed_recipient", sa.LargeBinary()))
        table.add_column(sa.Column("sealed_body", sa.LargeBinary()))
        table.add_column(
            sa.Column(
                "recipient_index", sa.String(64), nullable=False, server_default=""
            )
        )
    message = _message("recipient", "body", "sealed_recipient", "sealed_body")
    for each in _each_message(message):
        keys = context.config.attributes["keys_needed"]()
        _change(
            message,
            each.id,
            sealed_recipient=keys.seal(each.recipient) if each.recipient else b"",
            sealed_body=keys.seal(each.body) if each.body else b"",
            recipient_index=each.recipient and keys.index("email", each.recipient),
        )
    with op.batch_alter_table("message") as table:
        for name in ("recipient", "body"):
            table.drop_column(name)
        for name in ("recipient", "body"):
            table.alter_column(
                f"sealed_{name}",
                new_column_name=name,
                existing_type=sa.LargeBinary(),
                nullable=False,
            )
        table.alter_column("recipient_index", server_default=None)
        table.create_index(op.f("ix_message_recipient_index"), ["recipient_index"])


def _open_messages() -> None:
    """Put back what was sealed, as it was; refuses without the keys."""
    with op.batch_alter_table("message") as table:
        table.drop_index(op.f("ix_message_recipient_index"))
        table.drop_column("recipient_index")
        table.add_column(sa.Column("open_recipient", sa.String(254)))
        table.add_column(sa.Column("open_body", sa.Text()))
    message = _message("recipient", "body", "open_recipient", "open_body")
    for each in _each_message(message):
        keys = context.config.attributes["keys_needed"]()
        sealed = (bytes(each.recipient), bytes(each.body))
        recipient, body = (keys.open(text) if text else "" for text in sealed)
        _change(message, each.id, open_recipient=recipient, open_body=body)
    with op.batch_alter_table("message") as table:
        for name in ("recipient", "body"):
            table.drop_column(name)
        for name, kind in (("recipient", sa.String(254)), ("body", sa.Text())):
            table.alter_column(
                f"open_{name}", new_column_name=name, existing_type=kind, nullable=False
            )


def _message(*names: str) -> sa.TableClause:
    columns: list[sa.ColumnClause[Any]] = [
        sa.column(name) for name in ("id", *names, "recipient_index")
    ]
    return sa.table("message", *columns)


def _each_message(message: sa.TableClause) -> Iterator[Any]:
    """Give the messages that stand, some at a time."""
    last = 0
    texts = (message.c.recipient, message.c.body)
    while True:
        asked = sa.select(message.c.id, *texts).where(message.c.id > last)
        found = op.get_bind().execute(asked.order_by(message.c.id).limit(500)).all()
        if not found:
            return
        yield from found
        last = found[-1].id


def _change(message: sa.TableClause, number: int, **values: object) -> None:
    changed = sa.update(message).where(message.c.id == number).values(**values)
    op.get_bind().execute(changed)


def _allow(*roles: str) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("account_grant") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), f"role IN ({listed})")


def _make_tables() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sector",
                "neighbourhood",
                name="areakind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("easting", sa.Integer(), nullable=False),
        sa.Column("northing", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "sign-in",
                "reference",
                "answer",
                "check-in",
                "my-request",
                "still-free",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index("ix_link_about", ["subject", "subject_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_link_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "council",
                "charity",
                "place-of-welcome",
                "pledge",
                "college",
                "health",
                "other",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("safeguarding_phone", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "asked",
                "retention",
                "mistake",
                "restored",
                name="erasedfor",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "fields",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["erased_by_id"],
            ["account.id"],
            name=op.f("fk_erasure_erased_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_erasure_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint(
            "public_id", "erased_at", name=op.f("uq_erasure_public_id_erased_at")
        ),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_erasure_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "matching_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column(
            "policy",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("given", sa.LargeBinary(), nullable=False),
        sa.Column(
            "result",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "certificate",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["account.id"],
            name=op.f("fk_matching_run_made_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_matching_run_public_id")),
    )
    op.create_table(
        "matching_run_scope",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["matching_run.id"],
            name=op.f("fk_matching_run_scope_run_id_matching_run"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_matching_run_scope_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "organisation_id", name=op.f("pk_matching_run_scope")
        ),
    )
    with op.batch_alter_table("matching_run_scope", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_matching_run_scope_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_membership_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "account_id",
            "organisation_id",
            name=op.f("uq_membership_account_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "newcomer",
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("tag", sa.String(length=35), nullable=False),
        sa.Column(
            "prefers",
            sa.Enum(
                "read",
                "listen",
                "called",
                name="prefers",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "text",
                "call",
                "paper",
                "referrer",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("safe_from", sa.Integer(), nullable=False),
        sa.Column("safe_until", sa.Integer(), nullable=False),
        sa.Column("safe_note", sa.LargeBinary(), nullable=True),
        sa.Column("shares_phone", sa.Boolean(), nullable=False),
        sa.Column(
            "gender",
            sa.Enum(
                "woman",
                "man",
                "another",
                name="gender",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("wish", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column(
            "interests",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_in", sa.String(length=60), nullable=True),
        sa.Column(
            "agreed_through",
            sa.Enum(
                "phone",
                "in-person",
                "interpreter",
                "referrer",
                "slip",
                name="spokenthrough",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("agreed_interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_kept_for_law", sa.Boolean(), nullable=False),
        sa.Column("kept_by_safeguarding", sa.Boolean(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referrer_id", sa.Integer(), nullable=True),
        sa.Column("referred_by_id", sa.Integer(), nullable=True),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("avoids_own_community", sa.Boolean(), nullable=False),
        sa.Column("never_told", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_newcomer_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["account.id"],
            name=op.f("fk_newcomer_coordinator_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_newcomer_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["referred_by_id"],
            ["account.id"],
            name=op.f("fk_newcomer_referred_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["referrer_id"],
            ["organisation.id"],
            name=op.f("fk_newcomer_referrer_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newcomer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_newcomer_public_id")),
    )
    with op.batch_alter_table("newcomer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_newcomer_area_id"), ["area_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_newcomer_coordinator_id"), ["coordinator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_newcomer_email_index"), ["email_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_newcomer_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_newcomer_phone_index"), ["phone_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_newcomer_referrer_id"), ["referrer_id"], unique=False
        )

    op.create_table(
        "policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "scoring",
                "clearances",
                "retention",
                "notices",
                "days",
                name="policykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "settings",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["account.id"],
            name=op.f("fk_policy_version_made_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
        sa.UniqueConstraint(
            "kind", "version", name=op.f("uq_policy_version_kind_version")
        ),
    )
    op.create_table(
        "sharing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allowed_by_id", sa.Integer(), nullable=True),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_sharing_in_order")),
        sa.ForeignKeyConstraint(
            ["allowed_by_id"],
            ["account.id"],
            name=op.f("fk_sharing_allowed_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["one_id"],
            ["organisation.id"],
            name=op.f("fk_sharing_one_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["organisation.id"],
            name=op.f("fk_sharing_other_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["organisation.id"],
            name=op.f("fk_sharing_proposed_by_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing")),
    )
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sharing_other_id"), ["other_id"], unique=False
        )
        batch_op.create_index(
            "uq_sharing_stands",
            ["one_id", "other_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "clearance-lapsed",
                "silent-twice",
                "disagreement",
                "wants-to-talk",
                "nobody-answered",
                "reference-came",
                "reach-by-hand",
                "review-export",
                "name-to-keep-away",
                "perhaps-twice",
                "wrote-again",
                "contact-by-link",
                "last-day-passed",
                "would-stop",
                "cannot-be-reached",
                "wants-another",
                name="taskkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_to_id"],
            ["account.id"],
            name=op.f("fk_task_assigned_to_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"],
            ["account.id"],
            name=op.f("fk_task_done_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_task_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_task_public_id")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_task_assigned_to_id"), ["assigned_to_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_task_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_task_open",
            ["kind", "subject", "subject_id"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "volunteer",
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("tag", sa.String(length=35), nullable=False),
        sa.Column(
            "prefers",
            sa.Enum(
                "read",
                "listen",
                "called",
                name="prefers",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "text",
                "call",
                "paper",
                "referrer",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("safe_from", sa.Integer(), nullable=False),
        sa.Column("safe_until", sa.Integer(), nullable=False),
        sa.Column("safe_note", sa.LargeBinary(), nullable=True),
        sa.Column("shares_phone", sa.Boolean(), nullable=False),
        sa.Column(
            "gender",
            sa.Enum(
                "woman",
                "man",
                "another",
                name="gender",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("wish", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column(
            "interests",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_in", sa.String(length=60), nullable=True),
        sa.Column(
            "agreed_through",
            sa.Enum(
                "phone",
                "in-person",
                "interpreter",
                "referrer",
                "slip",
                name="spokenthrough",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("agreed_interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_kept_for_law", sa.Boolean(), nullable=False),
        sa.Column("kept_by_safeguarding", sa.Boolean(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied",
                "clearing",
                "cleared",
                "paused",
                "left",
                "declined",
                "suspended",
                name="volunteerstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "paused_by",
            sa.Enum(
                "themselves",
                "coordinator",
                "clearance",
                "silence",
                name="pausedby",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column(
            "offers",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("reach_m", sa.Integer(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("asked_if_free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_asked_if_free", sa.Integer(), nullable=False),
        sa.Column("first_cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "capacity >= 0", name=op.f("ck_volunteer_capacity_is_a_count")
        ),
        sa.CheckConstraint("held >= 0", name=op.f("ck_volunteer_held_is_a_count")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_volunteer_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["account.id"],
            name=op.f("fk_volunteer_coordinator_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_volunteer_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_public_id")),
    )
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_volunteer_area_id"), ["area_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_volunteer_coordinator_id"), ["coordinator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_volunteer_email_index"), ["email_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_volunteer_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_volunteer_phone_index"), ["phone_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_volunteer_reach_m"), ["reach_m"], unique=False
        )

    op.create_table(
        "buddy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "on-hold",
                "paired",
                "closed",
                "withdrawn",
                "expired",
                "referred-on",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "self",
                "partner",
                "staff",
                name="requestsource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "adult",
                "family",
                name="buddyrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("buddies", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("urgency_reason", sa.LargeBinary(), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "hold_reason",
            sa.Enum(
                "asked",
                "other-need",
                "no-contact",
                name="holdreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "buddies IN (1, 2)", name=op.f("ck_buddy_request_one_or_two_buddies")
        ),
        sa.CheckConstraint(
            "urgency IN (0, 1, 2)", name=op.f("ck_buddy_request_urgency_is_a_class")
        ),
        sa.ForeignKeyConstraint(
            ["newcomer_id"],
            ["newcomer.id"],
            name=op.f("fk_buddy_request_newcomer_id_newcomer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddy_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_buddy_request_public_id")),
    )
    with op.batch_alter_table("buddy_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_buddy_request_waiting", ["state", "waiting_since"], unique=False
        )
        batch_op.create_index(
            "uq_buddy_request_live",
            ["newcomer_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'on-hold', 'paired')"),
            postgresql_where=sa.text("state IN ('open', 'on-hold', 'paired')"),
        )

    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "identity",
                "reference",
                "interview",
                "training",
                "agreement",
                "dbs",
                name="clearancekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "adult",
                "family",
                name="buddyrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "none",
                "basic",
                "standard",
                "enhanced",
                "enhanced-adults-barred",
                "enhanced-children-barred",
                "enhanced-both-barred",
                name="dbslevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("on_update_service", sa.Boolean(), nullable=False),
        sa.Column("time_abroad", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["seen_by_id"],
            ["account.id"],
            name=op.f("fk_clearance_seen_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_clearance_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_clearance_volunteer", ["volunteer_id", "kind"], unique=False
        )

    op.create_table(
        "cleared_for",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "adult",
                "family",
                name="buddyrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_cleared_for_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("volunteer_id", "role", name=op.f("pk_cleared_for")),
    )
    op.create_table(
        "newcomer_language",
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "a-few-words",
                "everyday",
                "well",
                "first",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["newcomer_id"],
            ["newcomer.id"],
            name=op.f("fk_newcomer_language_newcomer_id_newcomer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "newcomer_id", "language", name=op.f("pk_newcomer_language")
        ),
    )
    op.create_table(
        "pair_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "coordinator",
                "never-told",
                "said-no",
                "ended",
                name="blockreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["newcomer_id"],
            ["newcomer.id"],
            name=op.f("fk_pair_block_newcomer_id_newcomer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"],
            ["account.id"],
            name=op.f("fk_pair_block_set_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_pair_block_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_block")),
        sa.UniqueConstraint(
            "newcomer_id",
            "volunteer_id",
            name=op.f("uq_pair_block_newcomer_id_volunteer_id"),
        ),
    )
    with op.batch_alter_table("pair_block", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pair_block_volunteer_id"), ["volunteer_id"], unique=False
        )

    op.create_table(
        "referee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column(
            "relation",
            sa.Enum(
                "colleague",
                "teacher",
                "neighbour",
                "friend",
                "community",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "named",
                "asked",
                "answered",
                "accepted",
                "refused",
                name="refereestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["account.id"],
            name=op.f("fk_referee_decided_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_referee_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referee")),
        sa.UniqueConstraint("public_id", name=op.f("uq_referee_public_id")),
    )
    with op.batch_alter_table("referee", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referee_volunteer_id"), ["volunteer_id"], unique=False
        )

    op.create_table(
        "volunteer_language",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "a-few-words",
                "everyday",
                "well",
                "first",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("cell_x", sa.Integer(), nullable=True),
        sa.Column("cell_y", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_volunteer_language_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "volunteer_id", "language", name=op.f("pk_volunteer_language")
        ),
    )
    with op.batch_alter_table("volunteer_language", schema=None) as batch_op:
        batch_op.create_index(
            "ix_volunteer_language_near", ["language", "cell_x", "cell_y"], unique=False
        )

    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "volunteer-asked",
                "newcomer-asked",
                "agreed",
                "introduced",
                "meeting",
                "held",
                "ending",
                "ended",
                "declined",
                "expired",
                "withdrawn",
                name="pairingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_from", sa.String(length=32), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "parts",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column(
            "said_no",
            sa.Enum(
                "newcomer",
                "volunteer",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "said_why",
            sa.Enum(
                "no-time",
                "too-far",
                "language",
                "somebody-else",
                "knows-them",
                "not-now",
                "unsaid",
                name="declinereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asks_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "completed",
                "friends",
                "newcomer-moved",
                "volunteer-moved",
                "newcomer-time",
                "volunteer-time",
                "no-contact-by-newcomer",
                "no-contact-by-volunteer",
                "language",
                "not-a-fit",
                "other-service",
                "by-scheme",
                "safeguarding",
                "erased",
                "never-met",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "seat IN (1, 2)", name=op.f("ck_pairing_seat_is_one_of_two")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["organisation.id"],
            name=op.f("fk_pairing_lead_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["newcomer_id"],
            ["newcomer.id"],
            name=op.f("fk_pairing_newcomer_id_newcomer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["buddy_request.id"],
            name=op.f("fk_pairing_request_id_buddy_request"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["matching_run.id"],
            name=op.f("fk_pairing_run_id_matching_run"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_pairing_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pairing_public_id")),
    )
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.create_index("ix_pairing_due", ["state", "expires_at"], unique=False)
        batch_op.create_index("ix_pairing_asks", ["asks_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pairing_lead_id"), ["lead_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pairing_newcomer_id"), ["newcomer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pairing_volunteer_id"), ["volunteer_id"], unique=False
        )
        batch_op.create_index(
            "uq_pairing_seat",
            ["request_id", "seat"],
            unique=True,
            sqlite_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
            postgresql_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
        )
        batch_op.create_index(
            "uq_pairing_two",
            ["request_id", "volunteer_id"],
            unique=True,
            sqlite_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
            postgresql_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
        )

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "newcomer",
                "volunteer",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "did-you-meet",
                "week-2",
                "monthly",
                "review",
                name="checkinkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "asked",
                "answered",
                "missed",
                name="checkinstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_met", sa.Boolean(), nullable=True),
        sa.Column(
            "face",
            sa.Enum(
                "well",
                "so-so",
                "badly",
                name="face",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("wants_to_go_on", sa.Boolean(), nullable=True),
        sa.Column("wants_to_talk", sa.Boolean(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name=op.f("fk_check_in_pairing_id_pairing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["account.id"],
            name=op.f("fk_check_in_recorded_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint(
            "pairing_id",
            "side",
            "kind",
            "due_on",
            name=op.f("uq_check_in_pairing_id_side_kind_due_on"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_in_public_id")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index("ix_check_in_due", ["state", "due_on"], unique=False)

    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("raised_with_id", sa.Integer(), nullable=False),
        sa.Column("is_about_lead", sa.Boolean(), nullable=False),
        sa.Column(
            "barred",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("about_account_id", sa.Integer(), nullable=True),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("newcomer_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("newcomer_name", sa.LargeBinary(), nullable=True),
        sa.Column("volunteer_name", sa.LargeBinary(), nullable=True),
        sa.Column(
            "raised_by",
            sa.Enum(
                "newcomer",
                "volunteer",
                "referrer",
                "staff",
                "somebody",
                name="raisedby",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "being-handled",
                "closed",
                name="concernstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_danger", sa.Boolean(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=True),
        sa.Column("wishes", sa.LargeBinary(), nullable=True),
        sa.Column("decision", sa.LargeBinary(), nullable=True),
        sa.Column(
            "referred_to",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("holds_pairing", sa.Boolean(), nullable=False),
        sa.Column("is_kept_for_law", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_account_id"],
            ["account.id"],
            name=op.f("fk_concern_about_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["raised_with_id"],
            ["organisation.id"],
            name=op.f("fk_concern_raised_with_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["newcomer_id"],
            ["newcomer.id"],
            name=op.f("fk_concern_newcomer_id_newcomer"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_concern_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name=op.f("fk_concern_pairing_id_pairing"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"],
            ["account.id"],
            name=op.f("fk_concern_raised_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_concern_volunteer_id_volunteer"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("public_id", name=op.f("uq_concern_public_id")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concern_newcomer_id"), ["newcomer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concern_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concern_pairing_id"), ["pairing_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concern_raised_with_id"), ["raised_with_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concern_volunteer_id"), ["volunteer_id"], unique=False
        )

    op.create_table(
        "concern_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "act",
            sa.Enum(
                "noted",
                "taken-up",
                "decided",
                "held",
                "not-held",
                "let-go-on",
                "ended",
                "suspended",
                "lifted",
                "kept",
                "kept-no-more",
                "closed",
                "opened-again",
                name="concernact",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "referred_to",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_concern_note_concern_id_concern"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["account.id"],
            name=op.f("fk_concern_note_written_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_note")),
    )
    with op.batch_alter_table("concern_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concern_note_concern_id"), ["concern_id"], unique=False
        )

    op.create_table(
        "concern_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_concern_reading_concern_id_concern"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"],
            ["account.id"],
            name=op.f("fk_concern_reading_read_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_reading")),
    )
    with op.batch_alter_table("concern_reading", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concern_reading_concern_id"), ["concern_id"], unique=False
        )

    op.create_table(
        "subject_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "reviewed",
                "released",
                "removed",
                name="exportstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_subject_export_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"],
            ["account.id"],
            name=op.f("fk_subject_export_prepared_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"],
            ["account.id"],
            name=op.f("fk_subject_export_reviewed_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_export")),
        sa.UniqueConstraint("public_id", name=op.f("uq_subject_export_public_id")),
    )
    with op.batch_alter_table("subject_export", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subject_export_about", ["subject", "subject_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_subject_export_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "access",
                "erasure",
                "correction",
                name="rightkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["account.id"],
            name=op.f("fk_rights_request_answered_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"],
            ["account.id"],
            name=op.f("fk_rights_request_noted_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_rights_request_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rights_request_public_id")),
    )
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rights_request_about", ["subject", "subject_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rights_request_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    # ### end Alembic commands ###


def _drop_tables() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rights_request_organisation_id"))
        batch_op.drop_index("ix_rights_request_about")

    op.drop_table("rights_request")
    with op.batch_alter_table("subject_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_export_organisation_id"))
        batch_op.drop_index("ix_subject_export_about")

    op.drop_table("subject_export")
    with op.batch_alter_table("concern_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_reading_concern_id"))

    op.drop_table("concern_reading")
    with op.batch_alter_table("concern_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_note_concern_id"))

    op.drop_table("concern_note")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_concern_raised_with_id"))
        batch_op.drop_index(batch_op.f("ix_concern_pairing_id"))
        batch_op.drop_index(batch_op.f("ix_concern_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_concern_newcomer_id"))

    op.drop_table("concern")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_check_in_due")

    op.drop_table("check_in")
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pairing_two",
            sqlite_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
            postgresql_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
        )
        batch_op.drop_index(
            "uq_pairing_seat",
            sqlite_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
            postgresql_where=sa.text(
                "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_pairing_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_newcomer_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_lead_id"))
        batch_op.drop_index("ix_pairing_asks")
        batch_op.drop_index("ix_pairing_due")

    op.drop_table("pairing")
    with op.batch_alter_table("volunteer_language", schema=None) as batch_op:
        batch_op.drop_index("ix_volunteer_language_near")

    op.drop_table("volunteer_language")
    with op.batch_alter_table("referee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referee_volunteer_id"))

    op.drop_table("referee")
    with op.batch_alter_table("pair_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pair_block_volunteer_id"))

    op.drop_table("pair_block")
    op.drop_table("newcomer_language")
    op.drop_table("cleared_for")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index("ix_clearance_volunteer")

    op.drop_table("clearance")
    with op.batch_alter_table("buddy_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_buddy_request_live",
            sqlite_where=sa.text("state IN ('open', 'on-hold', 'paired')"),
            postgresql_where=sa.text("state IN ('open', 'on-hold', 'paired')"),
        )
        batch_op.drop_index("ix_buddy_request_waiting")

    op.drop_table("buddy_request")
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_reach_m"))
        batch_op.drop_index(batch_op.f("ix_volunteer_phone_index"))
        batch_op.drop_index(batch_op.f("ix_volunteer_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_volunteer_email_index"))
        batch_op.drop_index(batch_op.f("ix_volunteer_coordinator_id"))
        batch_op.drop_index(batch_op.f("ix_volunteer_area_id"))

    op.drop_table("volunteer")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_task_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_task_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_task_assigned_to_id"))

    op.drop_table("task")
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_sharing_stands",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_sharing_other_id"))

    op.drop_table("sharing")
    op.drop_table("policy_version")
    with op.batch_alter_table("newcomer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_newcomer_referrer_id"))
        batch_op.drop_index(batch_op.f("ix_newcomer_phone_index"))
        batch_op.drop_index(batch_op.f("ix_newcomer_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_newcomer_email_index"))
        batch_op.drop_index(batch_op.f("ix_newcomer_coordinator_id"))
        batch_op.drop_index(batch_op.f("ix_newcomer_area_id"))

    op.drop_table("newcomer")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    with op.batch_alter_table("matching_run_scope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matching_run_scope_organisation_id"))

    op.drop_table("matching_run_scope")
    op.drop_table("matching_run")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasure_organisation_id"))

    op.drop_table("erasure")
    op.drop_table("organisation")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_expires_at"))
        batch_op.drop_index("ix_link_about")

    op.drop_table("link")
    op.drop_table("area")
    # ### end Alembic commands ###
