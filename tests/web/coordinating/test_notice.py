"""An ending is told as many days beforehand as the scheme says, or it is said why not."""

from datetime import timedelta

import pytest
from lxml import html

from tests.web.coordinating.conftest import DESK, text_of
from welcome import clock
from welcome.buddies.models.pairings import Pairing, PairingState

SOONER = "This is sooner than usual"
BEHIND = "The last day lies behind"


@pytest.fixture
def there(pair):
    return f"{DESK}pairings/{pair(PairingState.MEETING).public_id}/"


def ahead(days):
    """Write the day so many days ahead as a form sends it."""
    return (clock.now().date() + timedelta(days=days)).isoformat()


def test_the_usual_day_stands_in_the_form(desk, there):
    page = html.fromstring(text_of(desk.get(there)))
    (day,) = page.xpath("//input[@name='ends_on']/@value")
    assert day == ahead(14)


@pytest.mark.parametrize(
    ("days", "ticked", "told"),
    [
        (-1, False, BEHIND),
        (-1, True, BEHIND),
        (0, False, SOONER),
        (0, True, None),
        (13, False, SOONER),
        (13, True, None),
        (14, False, None),
    ],
)
def test_less_is_refused_unless_it_is_said(desk, there, read, days, ticked, told):
    said = {"ends_on": ahead(days)} | ({"is_sooner": "y"} if ticked else {})
    answer = desk.post(f"{there}give-notice", data=said)
    assert answer.status_code == (422 if told else 302)
    (pairing,) = read(Pairing)
    assert (pairing.state is PairingState.ENDING) is (told is None)
    if told:
        page = text_of(answer)
        assert told in page
        assert f'value="{ahead(days)}"' in page
