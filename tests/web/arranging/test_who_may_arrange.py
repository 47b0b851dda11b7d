"""Every route of the desk, every role: the lead arranges, coordinators for their side."""

import pytest
from sqlmodel import col, select

from welcome.accounts.models import JournalEntry
from welcome.buddies import policies
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.cli.cast import PARTS
from welcome.partners.models import Membership, Organisation, Sharing

EVERYBODY = sorted({part.key for part in PARTS} | {"elsewhere"})
LEAD = {"scheme_lead": 200}
BOTH = {"scheme_lead": 200, "coordinator": 200, "neighbour": 200}
# Of the organisation and the proposal that the address names, the neighbour has none.
TABLE = {
    ("GET", "arranging.home"): BOTH,
    ("GET", "arranging.add"): LEAD,
    ("GET", "arranging.show"): BOTH | {"neighbour": 404},
    ("GET", "arranging.change"): LEAD,
    ("GET", "arranging.confirm_close"): LEAD,
    ("GET", "arranging.list_sharing"): BOTH,
    ("GET", "arranging.confirm_end"): BOTH | {"neighbour": 404},
    ("GET", "arranging.list_notices"): LEAD,
    ("GET", "arranging.notice"): LEAD,
    ("GET", "arranging.show_version"): LEAD,
    ("GET", "arranging.list_clearances"): LEAD,
    ("GET", "arranging.list_retention"): LEAD,
    ("GET", "arranging.change_retention"): LEAD,
    ("POST", "arranging.change_retention"): {"scheme_lead": 422},
    ("GET", "arranging.list_days"): LEAD,
    ("POST", "arranging.list_days"): {"scheme_lead": 422},
    ("GET", "arranging.requirement"): LEAD,
    ("POST", "arranging.requirement"): {"scheme_lead": 422},
    # Nothing typed is the usual words, to be looked at.
    ("POST", "arranging.notice"): LEAD,
    ("POST", "arranging.add"): {"scheme_lead": 422},
    ("POST", "arranging.change"): {"scheme_lead": 422},
    ("POST", "arranging.close"): {"scheme_lead": 302},
    ("POST", "arranging.open_again"): {"scheme_lead": 302},
    ("POST", "arranging.bring_in"): {"scheme_lead": 422},
    ("POST", "arranging.let_go"): {"scheme_lead": 302},
    ("POST", "arranging.propose"): {"coordinator": 422, "neighbour": 422},
    ("POST", "arranging.agree"): {"coordinator": 302, "neighbour": 404},
    ("POST", "arranging.allow"): {"scheme_lead": 302},
    ("POST", "arranging.end"): {
        "scheme_lead": 302, "coordinator": 302, "neighbour": 404,
    },
}  # fmt: skip


@pytest.fixture
def there(session, everybody, places, now):
    """Town Friends, whose proposal came from the surgery, and who works there."""
    town = places["Town Friends"]
    made = Sharing(
        one_id=min(town.id, places["Surgery in the Square"].id),
        other_id=max(town.id, places["Surgery in the Square"].id),
        proposed_by_id=places["Surgery in the Square"].id,
        proposed_at=now,
    )
    session.add(made)
    policies.set_policy(session, PolicyKind.NOTICES, {}, actor=None, now=now)
    session.commit()
    return {
        "public_id": town.public_id,
        "member_id": everybody["safeguarding_lead"].public_id,
        "sharing_id": made.id,
        "tag": "ar",
        "name": "family",
        "kind": "notices",
        "version": 1,
    }


def address(app, there, method, name):
    (rule,) = [each for each in app.url_map.iter_rules(name) if method in each.methods]
    values = {argument: there[argument] for argument in rule.arguments}
    return app.url_map.bind("localhost").build(name, values, method=method)


def everything(maker):
    """All that the desk could change, read apart from the test's own session."""
    with maker() as session:
        return [
            [each.model_dump() for each in session.exec(select(kind).order_by(kind.id))]
            for kind in (Organisation, Membership, Sharing, PolicyVersion, JournalEntry)
        ]


def test_the_table_holds_every_route(app):
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("arranging.")
    }
    assert there == set(TABLE)


# As nothing changes, one town serves for all.
def test_all_others_are_refused_and_nothing_changes(
    maker, app, client, signed_in_as, everybody, there
):
    before, wrong = everything(maker), {}
    for (method, name), row in TABLE.items():
        asked = address(app, there, method, name)
        code = client.open(asked, method=method, data={}).status_code
        assert code == (401 if method == "POST" else 302), name
        for key in EVERYBODY:
            wanted = row.get(key, 403)
            if wanted not in {403, 404}:
                continue
            answer = signed_in_as(everybody[key]).open(asked, method=method, data={})
            if answer.status_code != wanted:
                wrong[method, name, key] = answer.status_code
    assert wrong == {}
    assert everything(maker) == before


CELLS = [
    (method, name, key)
    for (method, name), row in TABLE.items()
    for key, code in row.items()
    if code not in {403, 404}
]


@pytest.mark.parametrize(("method", "name", "key"), CELLS)
def test_who_gets_in(app, signed_in_as, everybody, there, method, name, key):
    client = signed_in_as(everybody[key])
    answer = client.open(address(app, there, method, name), method=method, data={})
    assert answer.status_code == TABLE[method, name][key]


def test_coordinators_are_told_of_their_own_alone(signed_in_as, cast, there):
    page = signed_in_as(cast.neighbour).get("/-/arranging/").get_data(as_text=True)
    assert "Harbour Charity" in page
    assert "Town Friends" not in page
    shared = signed_in_as(cast.neighbour).get("/-/arranging/sharing/")
    assert "proposed by" not in shared.get_data(as_text=True)


def test_the_journal_says_who_did_it(maker, lead, there, cast):
    lead.post(f"/-/arranging/organisations/{there['public_id']}/close")
    with maker() as session:
        last = select(JournalEntry).order_by(col(JournalEntry.id).desc())
        entry = session.exec(last).first()
    assert (entry.act, entry.actor_id) == ("organisation.closed", cast.scheme_lead.id)
