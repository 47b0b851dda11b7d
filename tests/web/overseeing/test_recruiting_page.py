"""Whom to look for: a lead is told in fives, a coordinator exactly, of their own."""

import pytest

LEADS, OWN = "/-/overseeing/recruiting/", "/-/coordinating/recruiting/"


def first_row(answer):
    """Give the words in the first row of the table."""
    page = answer.get_data(as_text=True)
    row = page.split("<tbody")[1].split("</tr>")[0]
    parts = [each.split("</t")[0] for each in row.split('role="')[3:]]
    return [each.partition(">")[2].strip() for each in parts]


def test_a_lead_is_told_in_fives(lead):
    answer = lead.get(LEADS)
    assert answer.status_code == 200
    row = first_row(answer)
    assert row[1:] == [
        "Evenings and weekends",
        "Not told apart",
        "5 or more",
        "10 or more",
    ]
    page = answer.get_data(as_text=True)
    assert "without a buddy: 5 or more" in page
    assert "lines cannot be added up" in page
    assert "bring 5 places in all" in page


def test_few_people_are_not_told_to_a_lead(lead):
    assert first_row(lead.get(LEADS + "?places=3"))[3] == "fewer than 5"


def test_a_coordinator_is_told_exactly_of_their_own(signed_in_as, cast, town):
    answer = signed_in_as(cast.neighbour).get(OWN + "?places=20")
    assert first_row(answer)[3:] == ["7", "7"]
    page = answer.get_data(as_text=True)
    assert "7 people wait." in page
    assert "leaves 7 of them without a buddy" in page
    assert "bring 20 places in all" in page


def test_a_coordinator_of_two_organisations_plans_for_both(signed_in_as, cast, town):
    answer = signed_in_as(cast.coordinator).get(OWN)
    assert "6 people wait." in answer.get_data(as_text=True)
    assert "leaves 1 of them without" in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["", "0", "21", "many", "9" * 5000])
@pytest.mark.parametrize("address", [LEADS, OWN])
def test_what_is_no_number_of_places_is_told(signed_in_as, cast, town, typed, address):
    who = cast.scheme_lead if address == LEADS else cast.coordinator
    answer = signed_in_as(who).get(f"{address}?places={typed}")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Write a whole number from 1 to 20." in page
    assert f'value="{typed}"' in page


def test_the_page_stands_on_the_coordinators_desk(signed_in_as, cast, town):
    page = signed_in_as(cast.coordinator).get("/-/coordinating/")
    assert f'href="{OWN}"' in page.get_data(as_text=True)
