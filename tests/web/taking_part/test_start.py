"""Where taking part begins: in every language, without a cookie, with the way to help."""

import pytest
from lxml import html

from tests.web.taking_part.filling import NEWCOMER
from welcome.web.words import INTERFACE_TAGS

START = "/-/take-part/"


@pytest.mark.parametrize(
    ("liked", "tag"), [("ar", "ar"), ("pl,en;q=0.5", "pl"), ("ti", "en"), ("", "en")]
)
def test_it_begins_in_a_language_the_browser_likes(client, council, liked, tag):
    answer = client.get(START, headers={"Accept-Language": liked})
    assert answer.location == f"{START}{tag}/"


@pytest.mark.parametrize("tag", INTERFACE_TAGS)
def test_the_first_page_leads_everywhere_and_names_who_helps(client, council, tag):
    answer = client.get(f"{START}{tag}/", headers={"Accept-Language": "en"})
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert page.get("lang") == tag
    there = set(page.xpath("//main//a/@href"))
    assert {"tel:999", "tel:01922000000"} <= there
    assert {f"{START}{tag}/newcomer/", f"{START}{tag}/volunteer/"} <= there
    assert {f"{START}{other}/" for other in INTERFACE_TAGS if other != tag} <= there
    for address in there - {"tel:999", "tel:01922000000", "#languages"}:
        assert client.get(address).status_code == 200, address
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["ti/", "xx/newcomer/", "en/nothing/", "made-up/x"])
def test_other_addresses_lead_nowhere(client, council, path):
    answer = client.get(START + path)
    assert answer.status_code == 404
    assert "/-/account/" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "newcomer/", "volunteer/"])
def test_where_nobody_takes_people_in_it_says_so(client, session, path):
    answer = client.get(f"{START}en/{path}")
    assert answer.status_code == 503
    assert "not open here yet" in answer.get_data(as_text=True)


def test_what_was_filled_in_stays_where_nobody_takes_people_in_any_more(
    fill, session, council
):
    form = fill("newcomer").fill(NEWCOMER[:-1])
    council.active = False
    session.commit()
    form.send({"has_read": "y"})
    assert (form.answer.status_code, form.step) == (503, "send")
    assert "not open here yet" in form.text
    council.active = True
    session.commit()
    assert form.send({"has_read": "y"}).status_code == 200
    assert form.heading == "Thank you"
