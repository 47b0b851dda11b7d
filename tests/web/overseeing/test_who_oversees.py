"""Every route of the lead's desk, every role: who sees numbers, who sets rules."""

import pytest

from welcome.cli.cast import PARTS

LEAD = "scheme_lead"
OTHERS = sorted({part.key for part in PARTS} - {LEAD})
# What the council's lead is answered, and the lead of another organisation.
TABLE = {
    ("GET", "home"): (200, 200),
    ("GET", "compare_groups"): (200, 200),
    ("GET", "recruit"): (200, 200),
    ("GET", "show_rules"): (200, 403),
    ("POST", "set_rules"): (422, 403),
}
CELLS = sorted(TABLE)


def address(app, method, name):
    found = app.url_map.bind("localhost").build(f"overseeing.{name}", method=method)
    return str(found)


def test_the_table_holds_every_route(app):
    there = {
        (method, rule.endpoint.removeprefix("overseeing."))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("overseeing.")
    }
    assert there == set(TABLE)


@pytest.mark.parametrize(("method", "name"), CELLS)
def test_the_lead_of_the_council_gets_in(app, lead, method, name):
    answer = lead.open(address(app, method, name), method=method, data={})
    assert answer.status_code == TABLE[method, name][0]


@pytest.mark.parametrize(("method", "name"), CELLS)
def test_a_lead_of_one_organisation_decides_for_nobody(
    app, signed_in_as, foreign, method, name
):
    client = signed_in_as(foreign)
    answer = client.open(address(app, method, name), method=method, data={})
    assert answer.status_code == TABLE[method, name][1]


# Who is refused changes nothing: one town serves for all.
def test_nobody_else_gets_in(app, signed_in_as, cast, town):
    found = {
        (who, *cell): signed_in_as(getattr(cast, who))
        .open(address(app, *cell), method=cell[0], data={})
        .status_code
        for who in OTHERS
        for cell in CELLS
    }
    assert found == dict.fromkeys(found, 403)
    assert len(found) == len(OTHERS) * len(CELLS)


@pytest.mark.parametrize(("method", "name"), CELLS)
def test_whoever_is_signed_out_is_led_to_the_door(app, client, town, method, name):
    answer = client.open(address(app, method, name), method=method, data={})
    assert answer.status_code == (401 if method == "POST" else 302)
