"""Every route that asks for no role: everybody in the cast and who is signed out."""

import pytest

from tests.web.one_town import (
    SIGNED_OUT,
    alike,
    find_wrong,
    routes_of,
    rules_of,
)

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
# Staff are nobody's volunteers: they are led to where volunteers come in.
NO_VOLUNTEER = alike(401)
# Steps of signing in: opened for who is signed out, or for who proves again who they are.
OPEN_TO_STRANGERS = alike(302, **{SIGNED_OUT: 200})
ASKED_AGAIN = alike(200, **{SIGNED_OUT: 302})
ELSEWHERE = alike(302)
BOTH = {
    "security.login": OPEN_TO_STRANGERS,
    "security.wan_signin": OPEN_TO_STRANGERS,
    "security.verify": ASKED_AGAIN,
    "security.wan_verify": ASKED_AGAIN,
    # The address is typed here, whoever one is.
    "security.forgot_password": alike(200),
    # Not before one's password was shown again, or with a token that is made up.
    "security.change_password": ELSEWHERE,
    "security.mf_recovery": ELSEWHERE,
    "security.mf_recovery_codes": ELSEWHERE,
    "security.reset_password": ELSEWHERE,
    "security.tf_select": ELSEWHERE,
    "security.two_factor_rescue": ELSEWHERE,
    "security.two_factor_setup": ELSEWHERE,
    "security.two_factor_token_validation": ELSEWHERE,
    "security.wan_delete": ELSEWHERE,
    "security.wan_register": ELSEWHERE,
}
TABLE = {
    **{
        (method, name): codes
        for name, codes in BOTH.items()
        for method in ("GET", "POST")
    },
    ("POST", "security.logout"): ELSEWHERE,
    ("POST", "security.two_factor_setup_validate"): ELSEWHERE,
    ("POST", "security.wan_register_response"): ELSEWHERE,
    ("POST", "security.wan_signin_response"): ELSEWHERE,
    ("POST", "security.wan_verify_response"): ELSEWHERE,
    ("GET", "concern.begin"): alike(302),
    ("GET", "concern.form"): alike(200),
    ("POST", "concern.form"): alike(400),
    # Behind a link that nobody was given.
    ("POST", "concern.about"): alike(302),
    ("GET", "taking_part.begin"): alike(302),
    ("GET", "taking_part.start"): alike(200),
    ("GET", "taking_part.newcomer"): alike(200),
    ("POST", "taking_part.newcomer"): alike(400),
    ("GET", "taking_part.volunteer"): alike(200),
    ("POST", "taking_part.volunteer"): alike(400),
    ("GET", "taking_part.sign_in"): alike(200),
    ("POST", "taking_part.sign_in"): alike(400),
    ("GET", "taking_part.type_code"): alike(200),
    ("POST", "taking_part.type_code"): alike(410),
    ("GET", "taking_part.behind"): alike(410),
    ("POST", "taking_part.behind"): alike(410),
    ("GET", "volunteering.home"): alike(302),
    ("POST", "volunteering.come_back"): NO_VOLUNTEER,
    ("GET", "volunteering.leave"): alike(302),
    ("POST", "volunteering.leave"): NO_VOLUNTEER,
    ("POST", "volunteering.act_on_pair"): NO_VOLUNTEER,
    ("POST", "volunteering.pause"): NO_VOLUNTEER,
    ("GET", "volunteering.change_offer"): alike(302),
    ("POST", "volunteering.change_offer"): NO_VOLUNTEER,
    ("GET", "volunteering.change_reach"): alike(302),
    ("POST", "volunteering.change_reach"): NO_VOLUNTEER,
    ("POST", "volunteering.sign_out"): NO_VOLUNTEER,
    ("GET", "reading.root"): alike(200),
    ("GET", "reading.languages"): alike(200),
    ("GET", "reading.moved"): alike(404),
    ("GET", "reading.moved_in_pack"): alike(404),
    ("GET", "reading.print_out"): alike(404),
    ("GET", "reading.robots"): alike(200),
    ("GET", "health.live"): alike(200),
    ("GET", "health.ready"): alike(200),
    ("GET", "health.show_metrics"): alike(404),
    ("GET", "static"): alike(200),
    ("GET", "signing_in.accept_invitation"): alike(302),
}
DESKS = sorted({name.split(".")[0] for _method, name in TABLE})
BEHIND = ("answer", "check-in", "mine", "reference", "sign-in", "still-free")
VALUES = {
    "tag": "en", "token": "made-up", "slug": "doctor", "pack_slug": "town",
    "what": "mine", "filename": "icon.svg",
}  # fmt: skip


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: who may do what does not depend on it."""
    return sqlite_database


def addresses(app, route):
    """Build every address of a route: by each of its rules, and to each kind of link."""
    bound = app.url_map.bind("localhost")
    for rule in rules_of(app, route):
        for what in BEHIND if "what" in rule.arguments else ("",):
            values = {each: VALUES[each] for each in rule.arguments} | {"what": what}
            given = {each: values[each] for each in rule.arguments}
            yield str(bound.build(route[1], given, method=route[0]))


def test_the_table_holds_every_route(app):
    there = routes_of(app, *DESKS)
    # What else belongs to signing in asks for an account.
    assert set(TABLE) == {
        each for each in there if each in TABLE or "signing_in." not in each[1]
    }


@pytest.mark.parametrize("desk", DESKS)
def test_who_gets_in(app, in_town, pack, desk):
    cells = [
        (route, asked, codes)
        for route, codes in TABLE.items()
        if route[1].split(".")[0] == desk
        for asked in addresses(app, route)
    ]
    assert find_wrong(in_town(), cells, headers=FROM_HERE) == {}
