"""The lead's first page shows numbers of everybody, and of no one by name."""

from tests.buddies.clearing_people import add_account
from welcome.accounts.models import Role

HOME = "/-/overseeing/"


def row(page, name):
    """Give the words of one row of the table."""
    cells = page.split(name, 1)[1].split("</tr>", 1)[0]
    parts = [each.split("</td>")[0] for each in cells.split('role="cell"')[1:]]
    return [each.partition(">")[2].strip() for each in parts]


def test_numbers_of_every_organisation_and_of_all(lead):
    page = lead.get(HOME).get_data(as_text=True)
    assert row(page, "Town Friends")[:3] == ["6", "5", "5"]
    assert row(page, "Harbour Charity")[0] == "7"
    whole = row(page, "All of them")
    assert whole[:-1] == ["13", "5", "5", "0", "0", "0"]
    # Pages look at the clock, and these people asked long before.
    assert int(whole[-1]) > 40
    assert "A fiction" not in page


def test_a_lead_of_one_organisation_sees_that_one(signed_in_as, foreign):
    page = signed_in_as(foreign).get(HOME).get_data(as_text=True)
    assert row(page, "Harbour Charity")[0] == "7"
    assert "Town Friends" not in page
    assert row(page, "All of them")[0] == "7"


def test_few_are_not_told(session, town, lead):
    town.ask(3, 3)
    session.commit()
    page = lead.get(HOME).get_data(as_text=True)
    assert "fewer than 5, or hidden" in row(page, "Town Council")[0]
    assert "fewer than 5, or hidden" in row(page, "Town Friends")[0]
    assert row(page, "All of them")[0] == "16"


def test_who_works_nowhere_is_told_so(session, signed_in_as, cast, now):

    alone = add_account(session, "alone", None, Role.SCHEME_LEAD, now)
    session.commit()
    page = signed_in_as(alone).get(HOME).get_data(as_text=True)
    assert "works for no organisation yet" in page


def test_the_desk_stands_in_the_rail(lead):
    assert f'href="{HOME}"' in lead.get("/-/").get_data(as_text=True)
