"""Whether somebody who is worried finds a number to call."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from welcome.cli.looking.findings import Finding, database
from welcome.config import Settings
from welcome.partners.access import find_council


def look_at_worries(settings: Settings) -> Iterator[Finding]:
    """Ask for the council's number for worries, where there is a council."""
    try:
        with database(settings) as session:
            council = find_council(session)
    except SQLAlchemyError:
        # What is wrong with the database is told by itself.
        return
    if council is None:
        return
    has_phone = bool(council.safeguarding_phone)
    yield Finding(
        "worries",
        has_phone,
        "the council has a number for worries"
        if has_phone
        else "the forms for concerns name 999 and no number of the council",
        f"write it down: /-/arranging/organisations/{council.public_id}/change",
    )
