"""What is done to a pairing on the desk is one move each, and never to one that is held."""

from datetime import timedelta

import pytest
from lxml import html

from tests.partners.shared import share
from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    Outcome,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.rules.vocabulary import Gender, make_wish


def test_a_draft_is_sent_and_the_answer_written_down(desk, pair, read):
    there = f"{DESK}pairings/{pair().public_id}/"
    assert desk.post(f"{there}send").location == there
    answer = {"agrees": "yes", "reason": "unsaid", "through": "phone"}
    assert desk.post(f"{there}record-answer", data=answer).location == there
    assert read(Pairing)[0].state is PairingState.NEWCOMER_ASKED
    assert "Written down." in text_of(desk.get(there))


def test_a_form_that_lacks_an_answer_keeps_the_page(desk, pair, read):
    there = f"{DESK}pairings/{pair(PairingState.VOLUNTEER_ASKED).public_id}/"
    refused = desk.post(f"{there}record-answer", data={"reason": "no-time"})
    assert refused.status_code == 422
    assert "Choose one of these." in text_of(refused)
    assert read(Pairing)[0].state is PairingState.VOLUNTEER_ASKED


def test_a_last_day_that_lies_behind_keeps_what_was_written(desk, pair, read, now):
    there = f"{DESK}pairings/{pair(PairingState.MEETING).public_id}/"
    behind = (now - timedelta(days=2)).date().isoformat()
    said = {"ends_on": behind, "told_by": "newcomer", "through": "interpreter"}
    refused = desk.post(
        f"{there}give-notice", data=said | {"interpreted_by": "Ines Fiction"},
        headers={"Referer": f"http://localhost{there}"},
    )  # fmt: skip
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "govuk-error-summary" in shown
    assert f'value="{behind}"' in shown
    assert 'value="Ines Fiction"' in shown
    assert read(Pairing)[0].state is PairingState.MEETING


@pytest.mark.parametrize(
    ("act", "data"),
    [("withdraw", {}), ("end", {"outcome": Outcome.FRIENDS.value})],
)
def test_nothing_is_done_to_what_is_held(desk, pair, read, act, data):
    held = pair(PairingState.HELD, held_from=PairingState.MEETING.value)
    there = f"{DESK}pairings/{held.public_id}/"
    refused = desk.post(
        there + act, data=data, headers={"Referer": f"http://localhost{there}"}
    )
    assert refused.status_code == 302
    assert "The safeguarding lead says when" in text_of(desk.get(there))
    assert read(Pairing)[0].state is PairingState.HELD


def test_a_newcomer_is_asked_anew(desk, pair, read, now):
    asked = pair(PairingState.NEWCOMER_ASKED, asked_at=now - timedelta(days=6))
    there = f"{DESK}pairings/{asked.public_id}/"
    assert "Ask the newcomer anew" in text_of(desk.get(there))
    assert desk.post(f"{there}ask-newcomer").location == there
    (waits,) = read(Pairing)
    assert waits.state is PairingState.NEWCOMER_ASKED
    assert waits.asked_at > now - timedelta(days=1)


def test_who_gave_notice_may_go_on(desk, pair, read):
    ending = pair(PairingState.ENDING)
    there = f"{DESK}pairings/{ending.public_id}/"
    assert "They go on after all" in text_of(desk.get(there))
    assert desk.post(f"{there}carry-on").location == there
    assert read(Pairing)[0].state is PairingState.MEETING
    assert "They go on meeting. Tell both" in text_of(desk.get(there))


@pytest.mark.parametrize("act", ["ask-newcomer", "carry-on"])
def test_neither_is_done_to_a_pair_that_meets(desk, pair, read, act):
    there = f"{DESK}pairings/{pair(PairingState.MEETING).public_id}/"
    assert desk.post(there + act).status_code == 409
    assert read(Pairing)[0].state is PairingState.MEETING
    shown = text_of(desk.get(there))
    assert "Ask the newcomer anew" not in shown
    assert "They go on after all" not in shown


def test_in_a_review_it_is_written_down_who_would_rather_stop(
    desk, session, pair, read, now
):
    meeting = pair(PairingState.MEETING)
    asked = CheckIn(
        pairing_id=meeting.id, side=Side.NEWCOMER, kind=CheckInKind.REVIEW,
        due_on=now.date(), moved_at=now,
    )  # fmt: skip
    session.add(asked)
    session.commit()
    said = {"wants_to_go_on": "no"}
    there = f"{DESK}pairings/{meeting.public_id}/"
    shown = text_of(desk.get(there))
    assert "Would they like to go on?" in shown
    assert "Did they meet?" not in shown
    answer = desk.post(f"{DESK}check-ins/{asked.public_id}", data=said)
    assert answer.location == there
    (told,) = read(CheckIn)
    assert (told.wants_to_go_on, told.has_met) == (False, None)
    assert "would rather stop" in text_of(desk.get(there))
    assert read(Task)[0].kind is TaskKind.WOULD_STOP


@pytest.mark.parametrize(
    ("kind", "lacks"),
    [
        (CheckInKind.DID_YOU_MEET, "has_met"),
        (CheckInKind.MONTHLY, "has_met"),
        (CheckInKind.REVIEW, "wants_to_go_on"),
    ],
)
def test_a_check_in_that_lacks_an_answer_keeps_the_others(
    desk, session, pair, read, now, kind, lacks
):
    asked = CheckIn(
        pairing_id=pair(PairingState.MEETING).id, side=Side.NEWCOMER, kind=kind,
        due_on=now.date(), moved_at=now,
    )  # fmt: skip
    session.add(asked)
    session.commit()
    said = {"face": "so-so", "wants_to_talk": "y", "note": "She is often late."}
    refused = desk.post(f"{DESK}check-ins/{asked.public_id}", data=said)
    assert refused.status_code == 422
    page = html.document_fromstring(text_of(refused))
    (link,) = page.xpath("//*[contains(@class, 'error-summary')]//a/@href")
    assert link == f"#check-in-{asked.id}-{lacks}"
    (form,) = page.xpath("//details[@open]//form")
    assert form.xpath(f".//*[@id='{link[1:]}']")
    kept = {name: value.strip() for name, value in form.form_values()}
    assert {name: kept[name] for name in said} == said
    assert read(CheckIn)[0].answered_at is None


def test_who_may_never_know_is_not_asked_before_somebody_looked(
    desk, pair, read, town, session
):
    town.newcomer.never_told = "My aunt VERA must not hear of it"
    session.commit()
    there = f"{DESK}pairings/{pair().public_id}/"
    desk.post(f"{there}send")
    page = text_of(desk.get(there))
    assert "Nobody was asked" in page
    assert "My aunt VERA" in page
    assert f"{there}forbid" in page
    assert f'"{there}send"' not in page
    assert read(Pairing)[0].state is PairingState.DRAFT
    assert desk.post(f"{there}send-anyway").location == there
    assert read(Pairing)[0].state is PairingState.VOLUNTEER_ASKED
    assert "My aunt VERA" not in text_of(desk.get(there))


def test_of_another_organisations_volunteer_the_whole_name_counts(
    desk, pair, read, town, session, organisations, now
):
    one, other = organisations["Town Friends"], organisations["Harbour Charity"]
    share(session, one, other, now=now)
    town.volunteer.organisation_id = other.id
    town.newcomer.never_told = "Fiction Vera"
    there = f"{DESK}pairings/{pair().public_id}/"
    desk.post(f"{there}send")
    assert read(Pairing)[0].state is PairingState.DRAFT
    assert "must never know" in text_of(desk.get(there))
    town.newcomer.never_told = "Vera"
    session.commit()
    assert "must never know" not in text_of(desk.get(there))
    desk.post(f"{there}send")
    assert read(Pairing)[0].state is PairingState.VOLUNTEER_ASKED


def test_what_a_rule_forbids_by_now_is_said_before_two_are_introduced(
    desk, pair, town, session
):
    there = f"{DESK}pairings/{pair(PairingState.AGREED).public_id}/"
    assert f'"{there}introduce"' in text_of(desk.get(there))
    town.asking.adults = 2
    town.volunteer.wish = make_wish([Gender.WOMAN])
    session.commit()
    page = text_of(desk.get(there))
    assert "cannot be brought together" in page
    assert f'"{there}introduce"' not in page
    assert page.count(f'"{there}withdraw"') == 1
