"""Every route, every role: who gets in, who is refused, who is sent to the door."""

import pytest

from tests.web.one_town import EVERYBODY, address, find_wrong, routes_of, row
from welcome.web.coordinating import request_acts, volunteer_acts

WRITERS = {"writer", "officer"}
PUBLISHERS = {"publisher", "officer"}
WRITING = WRITERS | PUBLISHERS
READS_URDU = {"reviewer_ur"}
WRITES_URDU = {"translator_ur", "reviewer_ur", "officer"}
TRANSLATES = {"translator_ur", "translator_ar", "reviewer_ar"} | WRITES_URDU
KEEPERS = {"administrator"}
COORDINATORS = {"coordinator", "neighbour"}
SCHEME = COORDINATORS | {"safeguarding_lead", "scheme_lead", "referrer"}
LOOKS_ON = EVERYBODY - KEEPERS - SCHEME
# Who has one desk alone is led there from the page of desks.
ONE_DESK = EVERYBODY - COORDINATORS - {"publisher", "officer", "scheme_lead"}
OVERRIDES = READS_URDU | PUBLISHERS

# Pages that ask first, and act on the same address.
ASKED_FIRST = {
    f"coordinating.{act}": (COORDINATORS, {404})
    for act in sorted({*request_acts.ACTS, *volunteer_acts.ACTS})
}
# Who gets in, and what they then see: a page, a form refused, another page.
TABLE = {
    "GET": {
        "desks.home": dict.fromkeys(EVERYBODY, 200) | dict.fromkeys(ONE_DESK, 302),
        "signing_in.own": (EVERYBODY, {200}),
        "signing_in.first": (EVERYBODY, {302}),
        "writing.home": (WRITING, {302}),
        "writing.pack": (WRITING, {200}),
        "writing.list_facts": (WRITERS, {200}),
        "writing.edit_fact": (WRITERS, {200}),
        "writing.new_fact": (WRITERS, {200}),
        "writing.history": (WRITERS, {200}),
        "writing.compare": (WRITERS, {200}),
        "writing.version": (WRITERS, {200}),
        "writing.edit_page": (WRITERS, {200}),
        "writing.new_page": (WRITERS, {200}),
        "writing.confirm_retire": (WRITERS, {200}),
        "writing.publishing": (PUBLISHERS, {200}),
        "writing.progress": (PUBLISHERS, {200}),
        "writing.editions": (PUBLISHERS, {200}),
        "translating.home": (LOOKS_ON, {200}),
        "translating.queue": (LOOKS_ON, {200}),
        "translating.page": (LOOKS_ON, {200}),
        "translating.review_queue": (LOOKS_ON, {200}),
        "translating.review_page": (LOOKS_ON, {200}),
        "translating.statement": (PUBLISHERS, {200}),
        "translating.word_table": (WRITES_URDU, {200}),
        "translating.exchange": (WRITES_URDU, {200}),
        "translating.drafts": (TRANSLATES, {200}),
        "translating.progress_of_drafts": (TRANSLATES, {404}),
        "coordinating.home": (COORDINATORS, {200}),
        "coordinating.list_requests": (COORDINATORS, {200}),
        "coordinating.list_volunteers": (COORDINATORS, {200}),
        "coordinating.list_pairings": (COORDINATORS, {200}),
        "coordinating.show_request": (COORDINATORS, {404}),
        "coordinating.show_rivals": (COORDINATORS, {404}),
        "coordinating.look_for_apart": (COORDINATORS, {404}),
        "coordinating.list_proposals": (COORDINATORS, {200}),
        "coordinating.show_pairing": (COORDINATORS, {404}),
        "coordinating.recruit": (COORDINATORS, {200}),
        "coordinating.show_run": (COORDINATORS, {404}),
        "coordinating.record_newcomer": (COORDINATORS, {200}),
        "coordinating.record_volunteer": (COORDINATORS, {200}),
        "coordinating.recorded_newcomer": (COORDINATORS, {404}),
        "coordinating.import_people": (COORDINATORS, {200}),
        "coordinating.import_example": (COORDINATORS, {200}),
        "coordinating.recorded_volunteer": (COORDINATORS, {404}),
        "coordinating.show_volunteer": (COORDINATORS, {404}),
        "coordinating.show_task": (COORDINATORS, {404}),
        "coordinating.print_sheet": (COORDINATORS, {404}),
        "coordinating.list_done_tasks": (COORDINATORS, {200}),
        "coordinating.choose_swap": (COORDINATORS, {404}),
        "coordinating.ask_hand_over": (COORDINATORS, {200}),
        **ASKED_FIRST,
        "keeping.home": (KEEPERS, {200}),
        "keeping.list_locales": (KEEPERS, {200}),
        "keeping.list_accounts": (KEEPERS, {200}),
        "keeping.invite": (KEEPERS, {200}),
        "keeping.show_account": (KEEPERS, {200}),
        "keeping.read_journal": (KEEPERS, {200}),
        "keeping.list_jobs": (KEEPERS, {200}),
        "keeping.list_messages": (KEEPERS, {200}),
    },
    "POST": {
        "coordinating.run": (COORDINATORS, {302}),
        "coordinating.print_slip": (COORDINATORS, {404}),
        "coordinating.print_volunteer_slip": (COORDINATORS, {404}),
        "coordinating.print_answer_slip": (COORDINATORS, {404}),
        "coordinating.print_check_in_slip": (COORDINATORS, {404}),
        # A form that carries nothing of ours.
        "coordinating.look_at_import": (COORDINATORS, {422}),
        "coordinating.take_import": (COORDINATORS, {409}),
        "coordinating.give_left_out": (COORDINATORS, {409}),
        "coordinating.record_newcomer": (COORDINATORS, {400}),
        "coordinating.record_volunteer": (COORDINATORS, {400}),
        # Whose people are whose has a table of its own.
        **{
            f"coordinating.{act}": (COORDINATORS, {404})
            for act in (
                *(
                    "pin",
                    "unpin",
                    "forbid",
                    "send",
                    "send_anyway",
                    "withdraw",
                    "record_answer",
                ),
                *("ask_newcomer", "introduce", "note_meeting"),
                *("give_notice", "carry_on", "end"),
                *("record_check_in", "save_swap", "finish_task", "assign_task"),
                *("keep_apart", "let_meet"),
            )
        },
        "coordinating.hand_all_over": (COORDINATORS, {422}),
        **ASKED_FIRST,
        "signing_in.own": (EVERYBODY, {302}),
        "writing.save_fact": (WRITERS, {422}),
        "writing.add_fact": (WRITERS, {422}),
        "writing.save_page": (WRITERS, {422}),
        "writing.preview_page": (WRITERS, {200}),
        "writing.add_page": (WRITERS, {422}),
        "writing.restore": (WRITERS, {302}),
        "writing.retire_page": (WRITERS, {302}),
        "writing.bring_back": (WRITERS, {302}),
        "writing.start_publishing": (PUBLISHERS, {422}),
        "writing.roll_back": (PUBLISHERS, {404}),
        "writing.withdraw": (PUBLISHERS, {404}),
        "writing.print_again": (PUBLISHERS, {404}),
        "translating.accept_statement": (PUBLISHERS, {422}),
        "translating.take_back": (WRITES_URDU, {422}),
        "translating.ask_for_drafts": (TRANSLATES, {422}),
        "translating.stop_drafts": (TRANSLATES, {404}),
        "translating.save_unit": (WRITES_URDU, {302}),
        "translating.submit_page": (WRITES_URDU, {302}),
        "translating.accept": (READS_URDU, {302}),
        "translating.give_back": (READS_URDU, {422}),
        "translating.override": (OVERRIDES, {409}),
        "translating.accept_clean": (READS_URDU, {302}),
        "keeping.invite": (KEEPERS, {200}),
        "keeping.grant": (KEEPERS, {422}),
        "keeping.revoke": (KEEPERS, {302}),
        "keeping.invite_again": (KEEPERS, {302}),
        "keeping.deactivate": (KEEPERS, {302}),
        "keeping.activate": (KEEPERS, {302}),
        "keeping.retry_job": (KEEPERS, {302}),
        "keeping.cancel_job": (KEEPERS, {302}),
        "keeping.retry_message": (KEEPERS, {409}),
        "keeping.discard_message": (KEEPERS, {302}),
    },
}
FORM = {
    "revision": "1",
    "text": "Szkoła w mieście",
    "code": "numbers",
    "reason": "It is right.",
}
# Each has tests of its own, with people who are not in this cast.
ELSEWHERE = (
    "security.", "reading.", "health.", "static",
    "taking_part.", "volunteering.", "partnering.",
    "clearing.", "safeguarding.", "concern.", "overseeing.", "arranging.", "personal_data.",
)  # fmt: skip
ROUTES = [(method, name) for method, rows in TABLE.items() for name in rows]
DESKS = sorted({name.split(".")[0] for _method, name in ROUTES})


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: who may do what does not depend on it."""
    return sqlite_database


def codes_of(route):
    """Say what everybody is answered: all who get in alike, unless each is named."""
    told = TABLE[route[0]][route[1]]
    if isinstance(told, dict):
        return row(told, route[0])
    allowed, (code,) = told
    return row(dict.fromkeys(allowed, code), route[0])


def values_for(there, name):
    return there | ({"name": "emergency"} if "fact" in name else {})


def test_the_table_holds_every_route(app):
    listed = {each for each in routes_of(app) if not each[1].startswith(ELSEWHERE)}
    assert listed - set(ROUTES) == {("GET", "signing_in.accept_invitation")}
    assert set(ROUTES) <= listed


@pytest.mark.parametrize("desk", DESKS)
def test_who_gets_in(app, in_town, there, desk):
    form = FORM if desk == "translating" else None
    wrong = {}
    town = in_town()
    for method, how in (("GET", {}), ("POST", {"data": form})):
        cells = [
            (each, address(app, each, values_for(there, each[1])), codes_of(each))
            for each in ROUTES
            if each[0] == method and each[1].startswith(f"{desk}.")
        ]
        wrong |= find_wrong(town, cells, **how)
    assert wrong == {}


def test_whoever_is_signed_out_is_led_to_the_door(app, client, there):
    for route in ROUTES:
        asked = address(app, route, values_for(there, route[1]))
        answer = client.open(asked, method=route[0])
        way_in = answer.location or answer.get_data(as_text=True)
        assert "/-/account/sign-in" in way_in, route
