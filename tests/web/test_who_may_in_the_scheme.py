"""Every route of the scheme's desks, every role of the cast, and who is signed out."""

import pytest

from tests.buddies import clearing_people, records
from tests.web.one_town import address, find_wrong, routes_of, row
from welcome.buddies.clearances import referees
from welcome.buddies.clearances.referees import Named
from welcome.buddies.concerns import safeguarding
from welcome.buddies.concerns.safeguarding import Worry, whom
from welcome.buddies.models.clearing import Relation
from welcome.buddies.models.concerns import RaisedBy
from welcome.buddies.models.rights import RightKind
from welcome.buddies.privacy import asking, subject_access
from welcome.partners import access as partners


def theirs(code, **others):
    """Whose people they are is answered so; to their neighbour they are not there."""
    return {"coordinator": code, "neighbour": 404} | others


def handled(code):
    """Of a concern, its lead is answered so; to the council's it is not there."""
    return {"safeguarding_lead": code, "scheme_lead": 404}


def kept(code):
    """Of a record, who works where it is kept; the council's lead works elsewhere."""
    return theirs(code, **handled(code))


def referred(code):
    """Of somebody referred, who works where that was done is answered so."""
    return {"referrer": code, "coordinator": 404, "neighbour": 404}


TABLE = {
    ("GET", "clearing.home"): {"coordinator": 200, "neighbour": 200},
    ("GET", "clearing.volunteer"): theirs(200),
    ("GET", "clearing.ask_dbs"): theirs(200),
    ("GET", "clearing.name_referee"): theirs(200),
    ("GET", "clearing.referee"): theirs(200),
    ("POST", "clearing.accept"): theirs(302),
    ("POST", "clearing.decline"): theirs(302),
    ("POST", "clearing.record"): theirs(422),
    ("POST", "clearing.decide_dbs"): theirs(422),
    ("POST", "clearing.record_no_change"): theirs(422),
    ("POST", "clearing.name_referee"): theirs(422),
    ("POST", "clearing.ask_referee"): theirs(302),
    ("POST", "clearing.write_down"): theirs(422),
    ("POST", "clearing.accept_reference"): theirs(409),
    ("POST", "clearing.refuse_reference"): theirs(409),
    ("GET", "safeguarding.home"): {"safeguarding_lead": 200, "scheme_lead": 200},
    ("GET", "safeguarding.concern"): handled(200),
    ("POST", "safeguarding.add_note"): handled(422),
    ("POST", "safeguarding.decide"): handled(422),
    # Not before it is taken up.
    ("POST", "safeguarding.stop_pair"): handled(409),
    ("POST", "safeguarding.take_step"): handled(302),
    ("GET", "safeguarding.raise_about"): theirs(200),
    ("POST", "safeguarding.raise_about"): theirs(400),
    ("GET", "safeguarding.raise_about_referral"): referred(200),
    ("POST", "safeguarding.raise_about_referral"): referred(400),
    ("GET", "partnering.home"): {"referrer": 200, "coordinator": 200, "neighbour": 200},
    ("GET", "partnering.refer"): {"referrer": 200, "coordinator": 200, "neighbour": 200},
    ("GET", "partnering.referred"): {
        "referrer": 302, "coordinator": 302, "neighbour": 302,
    },
    ("POST", "partnering.refer"): {"referrer": 400, "coordinator": 400, "neighbour": 400},
    ("GET", "personal_data.home"): {
        "coordinator": 200, "neighbour": 200, "safeguarding_lead": 200, "scheme_lead": 200,
    },
    ("GET", "personal_data.show_person"): kept(200),
    ("GET", "personal_data.ask_erase"): kept(200),
    ("GET", "personal_data.look_through"): kept(200),
    ("POST", "personal_data.note_asked"): kept(422),
    ("POST", "personal_data.note_answered"): kept(302),
    ("POST", "personal_data.hold"): kept(422),
    ("POST", "personal_data.lift"): kept(302),
    ("POST", "personal_data.erase"): kept(422),
    ("POST", "personal_data.prepare"): kept(302),
    # Who prepared it does not look it through as well.
    ("POST", "personal_data.review"): kept(409) | {"safeguarding_lead": 302},
    ("POST", "personal_data.give_json"): kept(409),
    ("POST", "personal_data.give_pdf"): kept(409),
    ("POST", "personal_data.remove"): kept(302),
}  # fmt: skip
DESKS = ("clearing", "safeguarding", "partnering", "personal_data")


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: who may do what does not depend on it."""
    return sqlite_database


@pytest.fixture
def people(session, cast, now):
    """A volunteer who applied at Town Friends, and a pair that meets there."""
    homes = {each.name: each for each in partners.list_organisations(session)}
    friends = homes["Town Friends"]
    applying = clearing_people.add_volunteer(
        session, friends, now, email="v2@example.org", offers=["adult", "family"]
    )
    pair = records.write(session, now)
    for each in (pair.newcomer, pair.volunteer):
        each.organisation_id = friends.id
    pair.pairing.lead_id = friends.id
    pair.newcomer.referrer_id = homes["Surgery in the Square"].id
    session.commit()
    return pair, applying


@pytest.fixture
def there(session, cast, people, now):
    """What the addresses of each desk name."""
    pair, applying = people
    named = Named("Ruth Fictional", Relation.COLLEAGUE, "ruth@example.org")
    referee = referees.name_referee(session, applying, named, actor=None, now=now)
    worry = Worry(raised_by=RaisedBy.NEWCOMER, what="They took it.", in_danger=True)
    concern = safeguarding.raise_concern(
        session, whom(pair.pairing), worry, records.rows.SCHEME, actor=None, now=now
    )
    export = subject_access.prepare(
        session, pair.newcomer, actor=cast.coordinator, now=now
    )
    asked = asking.note_asked(
        session,
        pair.newcomer,
        RightKind.ACCESS,
        now.date(),
        actor=cast.safeguarding_lead,
        now=now,
    )
    session.commit()
    return {
        "volunteer": applying, "referee": referee, "concern": concern,
        "person": pair.newcomer, "export": export, "asked": asked,
        "pair": pair.pairing,
    }  # fmt: skip


# Whom an address names, where it is not the first of its desk.
NAMED = {
    "clearing": "volunteer", "safeguarding": "concern", "personal_data": "person",
    "clearing.referee": "referee", "clearing.ask_referee": "referee",
    "clearing.write_down": "referee", "clearing.accept_reference": "referee",
    "clearing.refuse_reference": "referee",
    "safeguarding.raise_about": "pair", "safeguarding.raise_about_referral": "person",
    "personal_data.look_through": "export", "personal_data.review": "export",
    "personal_data.give_json": "export", "personal_data.give_pdf": "export",
    "personal_data.remove": "export", "personal_data.note_answered": "asked",
}  # fmt: skip
STEPS = {"safeguarding.stop_pair": "go-on", "safeguarding.take_step": "take-up"}


def values_for(there, name):
    whom_named = NAMED.get(name) or NAMED.get(name.split(".")[0])
    values = {"pair_id": there["pair"].public_id, "step": STEPS.get(name)}
    values["what"] = "pairing"
    if whom_named:
        values["public_id"] = there[whom_named].public_id
    return values


def test_the_table_holds_every_route(app):
    assert set(TABLE) == routes_of(app, *DESKS)


@pytest.mark.parametrize("desk", DESKS)
def test_who_gets_in(app, in_town, there, desk):
    cells = [
        (route, address(app, route, values_for(there, route[1])), row(codes, route[0]))
        for route, codes in TABLE.items()
        if route[1].startswith(f"{desk}.")
    ]
    assert find_wrong(in_town(), cells) == {}
