"""A coordinator sees what is kept of somebody, and puts it right."""

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies import scenes
from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    NewcomerLanguage,
    Prefers,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Level,
    make_wish,
)

SAID = {
    "name": "Nour Haddad", "language_1": "ar", "level_1": "first", "tag": "ar",
    "prefers": "listen", "gender": "woman", "wish": "woman", "interests": ["walking"],
    "about": "I hear badly",
}  # fmt: skip
SAID |= {
    f"{asked}_{row}": ""
    for asked in ("language", "level")
    for row in (2, 3, 4, 5, "other")
}
NEWCOMER = SAID | {
    "avoids_own_community": "y", "never_told": "A cousin", "interpreter": "Amal",
    "household": "couple", "buddies": "1",
}  # fmt: skip
VOLUNTEER = SAID | {"offers": ["family"], "reach": "5"}
# More than a form takes, as a file could say once.
FIVE = ["walking", "cooking", "music", "films", "games"]
WIDE = make_wish([Gender.WOMAN, Gender.ANOTHER])


@pytest.fixture
def of_newcomer(town):
    return f"{DESK}requests/{town.asking.public_id}/correct/"


@pytest.fixture
def of_volunteer(town):
    return f"{DESK}volunteers/{town.volunteer.public_id}/correct/"


def shown_in(answer):
    """What a browser would send of a form as it was opened."""
    (form,) = html.document_fromstring(text_of(answer)).xpath("//main//form")
    said = {}
    for name, value in form.form_values():
        said.setdefault(name, []).append(value)
    return said


def test_a_newcomer_is_put_right(desk, of_newcomer, read, acts, maker):
    before = text_of(desk.get(of_newcomer))
    assert 'value="Nour Fiction"' in before
    assert desk.post(of_newcomer, data=NEWCOMER).status_code == 302
    (newcomer,), (asking,) = read(Newcomer), read(BuddyRequest)
    assert (newcomer.name, newcomer.tag) == ("Nour Haddad", "ar")
    assert (newcomer.prefers, newcomer.gender) == (Prefers.LISTEN, Gender.WOMAN)
    assert newcomer.wish == make_wish([Gender.WOMAN])
    assert newcomer.avoids_own_community
    assert (newcomer.never_told, newcomer.interpreter) == ("A cousin", "Amal")
    assert (asking.role, asking.adults) == (BuddyRole.ADULT, 2)
    assert newcomer.about == "I hear badly"
    assert spoken(maker, NewcomerLanguage) == {("ar", Level.FIRST)}
    assert "newcomer.corrected" in acts()


def test_a_volunteer_is_put_right(desk, of_volunteer, read, acts, maker):
    assert desk.post(of_volunteer, data=VOLUNTEER).status_code == 302
    (volunteer,) = read(Volunteer)
    assert (volunteer.name, volunteer.offers) == ("Nour Haddad", ["family"])
    assert (volunteer.reach_m, volunteer.about) == (5000, "I hear badly")
    assert spoken(maker, VolunteerLanguage) == {("ar", Level.FIRST)}
    assert "volunteer.corrected" in acts()


CODES = ("ar", "en", "fr", "other:gizra", "other:zenaga", "ti", "ur")


def known(maker):
    """All that is kept of everybody, read apart from the test's own."""
    kinds = (Newcomer, Volunteer, BuddyRequest, NewcomerLanguage, VolunteerLanguage)
    with maker() as session:
        return [
            sorted(str(each.model_dump()) for each in session.exec(select(kind)))
            for kind in kinds
        ]


def spoken(maker, kind):
    with maker() as session:
        return {(each.language, each.level) for each in session.exec(select(kind))}


def speak_all(session, kind, owner):
    for code in CODES:
        session.merge(kind(**owner, language=code, level=Level.EVERYDAY))


def test_what_is_sent_as_it_was_shown_changes_nothing(
    desk, of_newcomer, of_volunteer, town, session, maker
):
    """Also what no form offers, and a file may have said."""
    speak_all(session, NewcomerLanguage, {"newcomer_id": town.newcomer.id})
    speak_all(session, VolunteerLanguage, {"volunteer_id": town.volunteer.id})
    for person in (town.newcomer, town.volunteer):
        person.wish, person.tag = WIDE, "zh-Hant"
        person.gender, person.interests = Gender.MAN, FIVE
        person.about = "I hear badly\nin a loud room"
    town.newcomer.never_told = "My uncle\nand his friend"
    town.volunteer.reach_m, town.volunteer.offers = 7500, ["adult"]
    town.asking.role, town.asking.buddies = BuddyRole.FAMILY, 2
    session.commit()
    before = known(maker)
    for address in (of_newcomer, of_volunteer):
        said = shown_in(desk.get(address))
        assert desk.post(address, data=said).status_code == 302
    assert known(maker) == before


def test_no_wish_is_a_wish_for_anybody(desk, of_newcomer, town, session, read):
    town.newcomer.wish = WIDE
    session.commit()
    desk.post(of_newcomer, data=NEWCOMER | {"wish": "as-it-is"})
    assert read(Newcomer)[0].wish == WIDE
    desk.post(of_newcomer, data=NEWCOMER | {"wish": ""})
    assert read(Newcomer)[0].wish == ANY_GENDER


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Write what we should call you."),
        ({"language_1": ""}, "Choose at least one language."),
        ({"language_5": "fr"}, "Choose how well you speak it."),
        ({"wish": "as-it-is"}, "Choose one of the answers"),
        ({"tag": "xx"}, "Choose one of the answers"),
    ],
)
def test_what_is_not_right_is_said(desk, of_newcomer, of_volunteer, read, wrong, told):
    for address, said in ((of_newcomer, NEWCOMER), (of_volunteer, VOLUNTEER)):
        refused = desk.post(address, data=said | wrong)
        assert refused.status_code == 422
        assert told in text_of(refused)
    assert (read(Newcomer)[0].name, read(Volunteer)[0].name) == (
        "Nour Fiction", "Vera Fiction",
    )  # fmt: skip


def test_who_has_two_buddies_is_not_to_have_one(desk, town, session, pair, now, read):
    town.asking.buddies, town.asking.role = 2, BuddyRole.FAMILY
    first, second = pair(PairingState.MEETING), scenes.volunteer(session, now)
    session.add(
        Pairing(
            request_id=town.asking.id, newcomer_id=town.newcomer.id, seat=2,
            volunteer_id=second.id, state=first.state, moved_at=now, lead_id=town.own,
        )
    )  # fmt: skip
    session.commit()
    there = f"{DESK}requests/{town.asking.public_id}/correct/"
    came_from = {"Referer": f"http://localhost{there}"}
    refused = desk.post(there, data=NEWCOMER, headers=came_from)
    assert refused.status_code == 409
    page = html.document_fromstring(text_of(refused))
    (problem,) = page.xpath("//*[@class='govuk-error-summary__body']")
    assert "Two buddies agreed already" in problem.text_content()
    assert read(BuddyRequest)[0].buddies == 2
    said = shown_in(refused)
    assert {"never_told": said["never_told"][0].strip(), "name": said["name"]} == {
        "never_told": "A cousin", "name": ["Nour Haddad"],
    }  # fmt: skip
    assert (said["household"], said["interests"]) == (["couple"], ["walking"])


def test_what_to_mind_is_kept_with_how_they_are_reached(desk, town, session, read):
    town.newcomer.safe_note = "Her brother reads her post"
    session.commit()
    there = f"{DESK}requests/{town.asking.public_id}/reach/"
    assert "Her brother reads her post" in text_of(desk.get(there))
    said = {"channel": "paper", "safe_from": "0", "safe_until": "24"}
    desk.post(there, data=said | {"safe_note": "She is alone on Fridays"})
    assert read(Newcomer)[0].safe_note == "She is alone on Fridays"
    desk.post(there, data=said)
    assert read(Newcomer)[0].safe_note is None


def ways_in(page):
    asked = html.document_fromstring(text_of(page))
    return asked.xpath("//input[@name='channel']/@value")


BY_REFERRER = {"channel": "referrer", "safe_from": "0", "safe_until": "24"}


def test_only_who_was_referred_is_reached_through_a_referrer(desk, town, session, read):
    of_newcomer = f"{DESK}requests/{town.asking.public_id}/reach/"
    of_volunteer = f"{DESK}volunteers/{town.volunteer.public_id}/reach/"
    for address in (of_newcomer, of_volunteer):
        assert "referrer" not in ways_in(desk.get(address))
        assert desk.post(address, data=BY_REFERRER).status_code == 422
    town.newcomer.referrer_id = town.own
    session.commit()
    assert "referrer" in ways_in(desk.get(of_newcomer))
    assert desk.post(of_newcomer, data=BY_REFERRER).status_code == 302
    assert read(Newcomer)[0].channel is Channel.REFERRER


def test_what_a_buddy_should_know_can_be_taken_away(
    desk, of_newcomer, of_volunteer, town, session, read
):
    town.newcomer.about = town.volunteer.about = "I hear badly"
    session.commit()
    desk.post(of_newcomer, data=NEWCOMER | {"about": ""})
    desk.post(of_volunteer, data=VOLUNTEER | {"about": ""})
    assert (read(Newcomer)[0].about, read(Volunteer)[0].about) == (None, None)


def test_of_many_interests_none_is_added_but_some_can_go(
    desk, of_newcomer, of_volunteer, town, session, read
):
    town.newcomer.interests = town.volunteer.interests = FIVE
    session.commit()
    for address, said in ((of_newcomer, NEWCOMER), (of_volunteer, VOLUNTEER)):
        refused = desk.post(address, data=said | {"interests": [*FIVE[:3], "crafts"]})
        assert refused.status_code == 422
        assert "Choose at most three things" in text_of(refused)
        fewer = said | {"interests": FIVE[:4]}
        assert desk.post(address, data=fewer).status_code == 302
    assert read(Newcomer)[0].interests == FIVE[:4]
    assert read(Volunteer)[0].interests == FIVE[:4]
