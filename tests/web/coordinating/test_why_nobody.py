"""Why nobody yet: own people by name, with ways that lead somewhere; others are counted."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from lxml import html

from tests.buddies import scenes
from tests.partners.shared import share
from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.requests import RequestState
from welcome.buddies.rules.vocabulary import BuddyRole


@pytest.fixture
def crowd(session, town, organisations, now):
    """Two of Town Friends and one of Harbour Charity, for one place of each."""
    one, other = organisations["Town Friends"], organisations["Harbour Charity"]
    share(session, one, other, now=now)
    made = {
        "vito": scenes.volunteer(
            session, now, name="Vito Fiction", organisation_id=other.id
        )
    }
    for name, home in (("Nadir", one), ("Hani", other)):
        newcomer = scenes.newcomer(
            session, now, name=f"{name} Fiction", organisation_id=home.id
        )
        asking = scenes.request(session, newcomer, now)
        asking.waiting_since = now - timedelta(days=99)
        made[name.lower()] = asking
    session.commit()
    return made


@pytest.fixture
def there(town):
    return f"{DESK}requests/{town.asking.public_id}/"


def section(answer, name):
    page = html.document_fromstring(text_of(answer))
    (found,) = page.xpath(f"//section[h2[@id='{name}']]")
    return found


def said(found):
    return " ".join(found.text_content().split())


def ways(found):
    return {each.get("href"): each.text_content() for each in found.xpath(".//a")}


def rivals_of(desk, there):
    """Follow the link from the page of a request."""
    (way,) = [
        each for each in ways(section(desk.get(there), "why")) if "rivals" in each
    ]
    (found,) = html.document_fromstring(text_of(desk.get(way))).xpath("//main")
    return found


def test_who_competes_is_named_where_one_may_know_them(desk, there, crowd, town):
    why = rivals_of(desk, there)
    assert "3 newcomers compete for the same 2 places" in said(why)
    assert "Other newcomers: Nadir Fiction · 1 of another organisation" in said(why)
    assert "Volunteers: Vera Fiction · 1 of another organisation" in said(why)

    assert ways(why) == {
        f"{DESK}requests/{crowd['nadir'].public_id}/": "Nadir Fiction",
        f"{DESK}volunteers/{town.volunteer.public_id}/": "Vera Fiction",
    }


def test_the_other_organisation_sees_it_from_its_own_side(one_home, crowd):
    page = one_home.get(f"{DESK}requests/{crowd['hani'].public_id}/")
    assert "Vera" not in text_of(page)
    assert "Nadir" not in text_of(page)
    assert "Nour" not in text_of(page)
    who = section(page, "who")
    assert list(ways(who).values()) == ["Vito Fiction"]
    assert "of another organisation" in said(who)


def test_who_is_one_rule_away_is_counted_where_not_known(
    desk, there, crowd, town, session
):
    for each in (town.volunteer, crowd["vito"]):
        each.times = 0
    session.commit()
    why = section(desk.get(there), "why")
    assert "Vera Fiction · 1 of another organisation" in said(why)
    assert "compete" not in said(why)
    assert "No volunteer suits" in text_of(desk.get(f"{there}rivals/"))


def test_whoever_has_a_place_in_the_best_plan_competes_with_nobody(desk, there, town):
    assert "Nobody: the best plan" in said(rivals_of(desk, there))


def test_who_is_not_looked_for_has_no_rivals(desk, there, town, session):
    town.asking.state = RequestState.ON_HOLD
    session.commit()
    assert desk.get(f"{there}rivals/").status_code == HTTPStatus.CONFLICT


def open_every_way(client, path):
    page = html.document_fromstring(text_of(client.get(path)))
    found = {each.partition("#")[0] for each in page.xpath("//a/@href")} - {""}
    return {each: client.get(each).status_code for each in found if "/-/" in each}


def test_no_way_from_here_leads_nowhere(desk, there, crowd, town, session, now):
    town.asking.role, town.asking.buddies = BuddyRole.FAMILY, 2
    town.newcomer.never_told = "Karim"
    made = Pairing(
        request_id=town.asking.id, newcomer_id=town.newcomer.id,
        volunteer_id=crowd["vito"].id, moved_at=now, lead_id=town.own,
    )  # fmt: skip
    mixed = Pairing(
        request_id=crowd["hani"].id, newcomer_id=crowd["hani"].newcomer_id,
        volunteer_id=town.volunteer.id, moved_at=now, lead_id=town.own,
    )  # fmt: skip
    session.add_all([made, mixed])
    session.commit()
    pages = [
        there, f"{DESK}volunteers/{town.volunteer.public_id}/",
        f"{DESK}pairings/{made.public_id}/", f"{DESK}pairings/{mixed.public_id}/",
    ]  # fmt: skip
    for path in pages:
        found = open_every_way(desk, path)
        assert len(found) > 9
        wrong = {way: code for way, code in found.items() if code not in {200, 302}}
        assert wrong == {}, path
