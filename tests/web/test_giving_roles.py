"""Giving a role that cannot be given so: told at its field, what was chosen stays chosen."""

import pytest
from lxml import html

DESK = "/-/keeping/accounts/"


@pytest.mark.parametrize(
    ("chosen", "told", "code"),
    [
        ({"role": "writer", "tag": "ur"}, "counts for all languages", 409),
        ({"role": "reviewer", "tag": "xx"}, "Not a valid choice", 422),
    ],
)
def test_what_was_chosen_stays_chosen(signed_in_as, cast, pack, chosen, told, code):
    keeper = signed_in_as(cast.administrator)
    answer = keeper.post(f"{DESK}{cast.publisher.id}/grant", data=chosen)
    assert answer.status_code == code
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert told in page.xpath("string(//*[@class='govuk-error-message'])")
    [role] = page.xpath("//select[@name='role']/option[@selected]/@value")
    assert role == chosen["role"]
