"""The two forms, from the first step to the slip, in languages both ways."""

import pytest

from tests.web.taking_part.filling import NEWCOMER, VOLUNTEER
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_newcomer_asks(fill, read, tag):
    filled = fill("newcomer", tag).fill(NEWCOMER)
    assert filled.answer.status_code == 200, filled.errors
    assert filled.page.find_class("code")[0].text_content().strip()
    (newcomer,) = read(Newcomer)
    assert (newcomer.name, newcomer.tag, newcomer.prefers) == ("Nadia", "ar", "listen")
    assert newcomer.interests == ["walking", "cooking"]
    (request,) = read(BuddyRequest)
    assert (request.role, request.buddies) == ("family", 2)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_volunteer_applies(fill, read, tag):
    filled = fill("volunteer", tag).fill(VOLUNTEER)
    assert filled.answer.status_code == 200, filled.errors
    (volunteer,) = read(Volunteer)
    assert (volunteer.name, volunteer.tag, volunteer.offers) == ("Vera", tag, ["adult"])
    assert len(read(Referee)) == 2


def test_a_slip_promises_what_its_code_is_for(fill):
    newcomer = fill("newcomer", "en").fill(NEWCOMER).page.find_class("slip")[0]
    assert "see where your request stands" in newcomer.text_content()
    volunteer = fill("volunteer", "en").fill(VOLUNTEER).page.find_class("slip")[0]
    assert "you can sign in once, until" in volunteer.text_content()
