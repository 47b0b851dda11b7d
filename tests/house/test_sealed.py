"""What is a name, a contact or free text about a person of the scheme lies sealed.

Whoever adds a column of text has to seal it, or to say here why it may lie open.
"""

import sqlalchemy as sa
from sqlalchemy.sql.type_api import TypeEngine

from welcome.database import LanguageTag, Sealed
from welcome.tables import metadata

# The tables of the buddy wing, and of letters to its people.
TABLES = {
    "message", "newcomer", "newcomer_language", "volunteer", "volunteer_language", "area",
    "buddy_request", "pair_block", "pairing", "check_in", "clearance", "cleared_for",
    "referee", "concern", "concern_note", "concern_reading", "erasure", "subject_export",
    "rights_request", "task", "told_step", "link", "matching_run", "matching_run_scope", "policy_version", "organisation", "membership",
    "sharing",
}  # fmt: skip
OTHERS = {
    "account", "account_grant", "journal_entry", "job", "machine", "restoration",
}  # fmt: skip
RANDOM = {
    (table, "public_id")
    for table in (
        "newcomer", "volunteer", "buddy_request", "pairing", "check_in", "referee",
        "concern", "erasure", "subject_export", "matching_run", "organisation", "task",
         "rights_request",
    )
} | {("message", "message_id")}  # fmt: skip
INDEXES = {
    ("newcomer", "email_index"), ("newcomer", "phone_index"),
    ("volunteer", "email_index"), ("volunteer", "phone_index"),
    ("message", "recipient_index"), ("link", "token_hash"), ("link", "code_hash"),
    ("matching_run", "fingerprint"),
}  # fmt: skip
CODES = {
    # Which letter, and its fixed subject: tests of letters show what may stand in it.
    ("message", "letter"), ("message", "subject"), ("message", "problem"),
    # How they speak: codes, or the name of a language that has none.
    ("newcomer_language", "language"), ("volunteer_language", "language"),
    ("newcomer", "agreed_in"), ("volunteer", "agreed_in"),
    # Interests and roles from lists of ours.
    ("newcomer", "interests"), ("volunteer", "interests"), ("volunteer", "offers"),
    ("pairing", "held_from"), ("pairing", "parts"), ("concern", "referred_to"),
    ("concern", "barred"), ("concern_note", "referred_to"),
    ("erasure", "kind"), ("erasure", "fields"),
    ("subject_export", "subject"), ("rights_request", "subject"), ("task", "subject"), ("told_step", "subject"), ("told_step", "act"), ("link", "subject"),
    ("link", "side"),
}  # fmt: skip
OF_NOBODY = {
    ("area", "code"), ("area", "name"), ("organisation", "name"),
    ("organisation", "safeguarding_phone"), ("matching_run", "result"),
    ("matching_run", "certificate"), ("matching_run", "policy"), ("policy_version", "settings"),
    # Ids and numbers, packed.
    ("matching_run", "given"),
}  # fmt: skip
OPEN = RANDOM | INDEXES | CODES | OF_NOBODY


def _could_tell(kind: TypeEngine) -> bool:
    if isinstance(kind, Sealed | sa.Enum | LanguageTag):
        return False
    # What SQLModel makes of a plain text is a type around one.
    lying = getattr(kind, "impl_instance", kind)
    return isinstance(lying, sa.String | sa.JSON | sa.LargeBinary)


def texts() -> set[tuple[str, str]]:
    return {
        (table.name, column.name)
        for table in metadata.tables.values()
        if table.name in TABLES
        for column in table.columns
        if _could_tell(column.type)
    }


def test_every_text_about_people_is_sealed_or_said_here():
    assert texts() - OPEN == set()


def test_nothing_is_said_here_that_is_sealed_or_gone():
    assert OPEN - texts() == set()


def test_every_table_that_points_to_people_is_looked_at():
    people = {"newcomer", "volunteer", "organisation", "pairing", "buddy_request"}
    pointing = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in people | TABLES
    }
    assert pointing - TABLES == set()
    assert set(metadata.tables) >= TABLES | OTHERS


def test_what_is_a_name_or_contact_is_sealed():
    """By its name: also where somebody said above that it may lie open."""
    found = {
        (table, column)
        for table in TABLES - {"area", "organisation"}
        for column in set(metadata.tables[table].c.keys())
        if column in {"name", "email", "phone", "address", "note", "text", "body"}
    }
    assert len(found) >= 10
    for table, column in found:
        assert isinstance(metadata.tables[table].c[column].type, Sealed)
