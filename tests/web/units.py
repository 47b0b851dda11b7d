"""A page of units as a translator has it before them."""

import re

from welcome.translation import targets

PAGE = "/-/translating/town/ur/pages/doctor/"
TITLE = "ڈاکٹر سے ملیں"


def address(unit):
    return f"/-/translating/town/ur/units/{unit.id}/"


def found(session, unit, tag="ur"):
    session.expire_all()
    target = targets.targets_of(session, [unit.id], tag).get(unit.id)
    session.commit()
    return target


def seen_on(page):
    """Read what goes with the page when it is handed in."""
    pattern = r'form="hand-in" name="seen" value="([0-9:]+)"'
    return {"seen": re.findall(pattern, page.get_data(as_text=True))}


def hand_in(client, seen=None):
    """Hand the page in as it is shown, or as it was."""
    seen = seen or seen_on(client.get(PAGE))
    return client.post(PAGE + "submit/", data=seen, follow_redirects=True)
