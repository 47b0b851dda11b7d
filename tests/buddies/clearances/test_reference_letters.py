"""Letters to referees: in the language of the place, and in the volunteer's own below."""

import pytest
from sqlmodel import select

from tests.buddies import clearing_people
from tests.buddies.clearances.test_references import RUTH, SCHEME
from welcome.buddies.clearances import referees, references
from welcome.messages.models import Message


@pytest.mark.parametrize(
    ("reads", "below"),
    [("en", 0), ("ti", 0), ("xx", 0), ("ar", 1), ("arz", 1), ("ur", 1), ("pl", 1)],
)
def test_a_letter_is_in_english_and_in_what_the_volunteer_reads(
    session, now, reads, below
):
    people = clearing_people.assemble(session, now)
    volunteer = clearing_people.add_volunteer(session, people.charity, now)
    volunteer.tag = reads
    referee = referees.name_referee(session, volunteer, RUTH, actor=None, now=now)
    references.ask(session, referee, SCHEME, actor=people.coordinator, now=now)
    letter = session.exec(select(Message)).one()
    assert letter.tag == "en"
    english, *others = letter.body.split("\n* * *\n")
    assert english.startswith("Hello Ruth Fictional,")
    assert "30 March 2026" in english
    assert len(others) == below
    [link] = {each for each in letter.body.split() if each.startswith("https:")}
    for part in others:
        assert "Ruth Fictional" in part
        assert link in part
        assert "Hello" not in part
        assert "March" not in part
