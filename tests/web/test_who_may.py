"""Every route, every role: who gets in, who is refused, who is sent to the door."""

import pytest

from welcome.cli.cast import PARTS
from welcome.web.coordinating import request_acts, volunteer_acts

WRITERS = {"writer", "officer"}
PUBLISHERS = {"publisher", "officer"}
WRITING = WRITERS | PUBLISHERS
READS_URDU = {"reviewer_ur"}
WRITES_URDU = {"translator_ur", "reviewer_ur", "officer"}
TRANSLATES = {"translator_ur", "translator_ar", "reviewer_ar"} | WRITES_URDU
KEEPERS = {"administrator"}
EVERYBODY = {part.key for part in PARTS}
COORDINATORS = {"coordinator", "neighbour"}
SCHEME = COORDINATORS | {"safeguarding_lead", "scheme_lead", "referrer"}
LOOKS_ON = EVERYBODY - KEEPERS - SCHEME
OVERRIDES = READS_URDU | PUBLISHERS

# Pages that ask first, and act on the same address.
ASKED_FIRST = {
    f"coordinating.{act}": (COORDINATORS, {404})
    for act in sorted({*request_acts.ACTS, *volunteer_acts.ACTS})
}
# Who gets in, and what they then see: a page, a form refused, another page.
TABLE = {
    "GET": {
        "desks.home": (EVERYBODY, {200, 302}),
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
                *("pin", "unpin", "forbid", "send", "withdraw", "record_answer"),
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
        "translating.override": (OVERRIDES, {404, 409}),
        "translating.accept_clean": (READS_URDU, {302}),
        "keeping.invite": (KEEPERS, {200}),
        "keeping.grant": (KEEPERS, {422}),
        "keeping.revoke": (KEEPERS, {302}),
        "keeping.invite_again": (KEEPERS, {302}),
        "keeping.deactivate": (KEEPERS, {302}),
        "keeping.activate": (KEEPERS, {302}),
        "keeping.retry_job": (KEEPERS, {302, 409}),
        "keeping.cancel_job": (KEEPERS, {302, 409}),
        "keeping.retry_message": (KEEPERS, {302, 409}),
        "keeping.discard_message": (KEEPERS, {302, 409}),
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
CELLS = [(method, name) for method, rows in TABLE.items() for name in rows]


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: who may do what does not depend on it."""
    return sqlite_database


def rules_of(app, method, name):
    return [
        rule
        for rule in app.url_map.iter_rules(name)
        if method in rule.methods and rule.endpoint == name
    ]


def address(app, there, method, name):
    """Build the address of a route from what is there."""
    (rule,) = rules_of(app, method, name)
    values = {argument: there[argument] for argument in rule.arguments}
    if "fact" in name:
        values |= {"name": "emergency"} if "name" in values else {}
    built = app.url_map.bind("localhost").build(name, values, method=method)
    return str(built)


def test_the_table_holds_every_route(app):
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.endpoint.startswith(ELSEWHERE)
    }
    assert there - set(CELLS) == {("GET", "signing_in.accept_invitation")}
    assert set(CELLS) <= there


@pytest.mark.parametrize(("method", "name"), CELLS)
def test_who_gets_in(app, client, signed_in_as, cast, there, method, name):
    allowed, codes = TABLE[method][name]
    asked = address(app, there, method, name)
    form = FORM if method == "POST" and name.startswith("translating") else None

    stranger = client.open(asked, method=method, data=form)
    assert stranger.status_code == (401 if method == "POST" else 302)
    way_in = stranger.location or stranger.get_data(as_text=True)
    assert "/-/account/sign-in" in way_in
    for key in sorted(EVERYBODY - allowed):
        answer = signed_in_as(getattr(cast, key)).open(asked, method=method, data=form)
        assert answer.status_code == 403, key
    first = sorted(allowed)[0]
    answer = signed_in_as(getattr(cast, first)).open(asked, method=method, data=form)
    assert answer.status_code in codes, first
    for key in sorted(allowed)[1:]:
        answer = signed_in_as(getattr(cast, key)).open(asked, method=method, data=form)
        # The one before may have done it already; nobody here is refused.
        assert answer.status_code in codes | {302, 409}, key


def test_steps_of_signing_in_break_for_nobody(app, client, signed_in_as, cast):
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("security."):
            continue
        values = dict.fromkeys(rule.arguments, "made-up")
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            asked = app.url_map.bind("localhost").build(
                rule.endpoint, values, method=method
            )
            for who in (client, signed_in_as(cast.writer)):
                code = who.open(asked, method=method, data={}).status_code
                assert code < 500, (rule.endpoint, method)
