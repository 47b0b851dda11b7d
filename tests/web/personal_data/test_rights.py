"""Somebody has what is theirs in time, looked through by two; a record stays or goes."""

import json
from datetime import date, timedelta

import pypdfium2
import pytest

from tests.buddies import records
from welcome import clock
from welcome.buddies.models.pairings import Outcome, Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.rights import (
    Erasure,
    ExportState,
    RightsRequest,
    SubjectExport,
)

DESK = "/-/personal-data/"
OF = f"{DESK}people/"


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


@pytest.fixture
def export(desk, person, read):
    assert desk.post(f"{OF}{person}/export").status_code == 302
    (made,) = read(SubjectExport)
    return f"{DESK}exports/{made.public_id}/"


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        ("2024-01-31", date(2024, 2, 29)),
        ("2023-01-31", date(2023, 2, 28)),
        ("2024-02-29", date(2024, 3, 29)),
        ("2023-12-31", date(2024, 1, 31)),
        ("2024-09-03", date(2024, 10, 3)),
    ],
)
def test_what_is_asked_for_is_due_in_a_calendar_month(
    desk, person, read, asked_on, due_on
):
    sent = {"kind": "access", "asked_on": asked_on}
    assert desk.post(f"{OF}{person}/asked", data=sent).status_code == 302
    (asked,) = read(RightsRequest)
    assert asked.due_on == due_on
    assert records.NEWCOMERS[0] in text_of(desk.get(DESK))
    board = text_of(desk.get("/-/coordinating/"))
    assert "To see what we keep" in board
    assert "due on" in board


def test_what_is_answered_is_due_no_more(desk, person, read):
    sent = {"kind": "correction", "asked_on": "2024-01-31"}
    for _twice in range(2):
        desk.post(f"{OF}{person}/asked", data=sent)
    (asked,) = read(RightsRequest)
    answered = f"{DESK}asked/{asked.public_id}/answered"
    assert desk.post(answered).status_code == 302
    assert desk.post(answered).status_code == 409
    assert "To have it corrected" not in text_of(desk.get("/-/coordinating/"))
    assert "To have it corrected" in text_of(desk.get(f"{OF}{person}/"))


@pytest.mark.parametrize(
    "changes", [{"asked_on": ""}, {"kind": "owl"}, {"asked_on": "31.02.2024"}]
)
def test_what_is_wrong_in_a_form_is_told(desk, person, read, changes):
    sent = {"kind": "access", "asked_on": "2024-01-31", **changes}
    page = text_of(desk.post(f"{OF}{person}/asked", data=sent), 422)
    assert "There is a problem" in page
    assert read(RightsRequest) == []


def test_nobody_has_asked_on_a_day_to_come(desk, person, read):
    ahead = (clock.now() + timedelta(days=2)).date().isoformat()
    sent = {"kind": "access", "asked_on": ahead}
    assert desk.post(f"{OF}{person}/asked", data=sent).status_code == 409
    assert read(RightsRequest) == []


def test_it_goes_out_once_somebody_else_looked_it_through(
    desk, second, person, export, read
):
    assert desk.post(f"{export}record.json").status_code == 409
    assert desk.post(f"{export}record.pdf").status_code == 409
    own = text_of(desk.get(export))
    assert "somebody else has to look it through" in own
    assert "It may go out as it is" not in own
    assert desk.post(f"{export}reviewed").status_code == 409
    assert "It may go out as it is" in text_of(second.get(export))
    assert second.post(f"{export}reviewed").status_code == 302
    given = desk.post(f"{export}record.json")
    assert given.headers["Cache-Control"] == "no-store"
    told = json.loads(text_of(given))
    assert told["person"]["name"] == records.NEWCOMERS[0]
    for hidden in (*records.VOLUNTEERS, records.SECRETS["never_told"], "Irina"):
        assert hidden not in text_of(desk.post(f"{export}record.json"))
    assert read(SubjectExport)[0].state is ExportState.RELEASED


def test_on_paper_it_can_be_read(desk, second, export):
    second.post(f"{export}reviewed")
    given = desk.post(f"{export}record.pdf", data={"tag": "en"})
    assert given.mimetype == "application/pdf"
    document = pypdfium2.PdfDocument(given.get_data())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert records.NEWCOMERS[0] in text
    assert records.VOLUNTEERS[0] not in text


def test_the_safeguarding_lead_is_a_second_pair_of_eyes(signed_in_as, staff, export):
    lead = signed_in_as(staff.lead)
    assert export in text_of(lead.get(DESK))
    assert lead.post(f"{export}reviewed").status_code == 302


def test_what_was_gathered_can_be_removed_and_gathered_anew(desk, person, export, read):
    assert desk.post(f"{export}remove").status_code == 302
    assert read(SubjectExport)[0].content is None
    assert desk.get(export).status_code == 409
    desk.post(f"{OF}{person}/export")
    assert len(read(SubjectExport)) == 2


def test_what_is_kept_for_the_law_is_not_removed(desk, person, read):
    desk.post(f"{OF}{person}/hold", data={"reason": "court"})
    page = text_of(desk.get(f"{OF}{person}/"))
    assert "A court case" in page
    assert "Coordinator" in page
    sure = {"why": "asked", "is_sure": "y"}
    assert desk.post(f"{OF}{person}/erase", data=sure).status_code == 409
    assert read(Erasure) == []
    assert desk.post(f"{OF}{person}/lift").status_code == 302
    assert not read(Newcomer)[0].is_kept_for_law
    assert desk.post(f"{OF}{person}/erase", data=sure).status_code == 302


def test_what_safeguarding_keeps_only_they_let_go(
    desk, signed_in_as, staff, person, read
):
    lead = signed_in_as(staff.lead)
    lead.post(f"{OF}{person}/hold", data={"reason": "police"})
    assert "The police" in text_of(lead.get(f"{OF}{person}/"))
    # Nobody makes it theirs by keeping it too.
    again = desk.post(f"{OF}{person}/hold", data={"reason": "claim"})
    assert again.status_code == 403
    page = text_of(desk.get(f"{OF}{person}/"))
    assert "Only those who work on safeguarding know why" in page
    for hidden in ("The police", staff.lead.name, "Lift this"):
        assert hidden not in page.partition("<main")[2]
    assert desk.post(f"{OF}{person}/lift").status_code == 403
    (kept, *_rest) = read(Newcomer)
    assert (kept.is_kept_for_law, kept.kept_by_safeguarding) == (True, True)
    assert lead.post(f"{OF}{person}/lift").status_code == 302
    (kept, *_rest) = read(Newcomer)
    assert (kept.is_kept_for_law, kept.kept_by_safeguarding) == (False, False)


@pytest.mark.parametrize("sent", [{}, {"why": "asked"}, {"is_sure": "y"}, {"why": "x"}])
def test_nothing_is_removed_by_mistake(desk, person, read, sent):
    answer = desk.post(f"{OF}{person}/erase", data=sent)
    assert "There is a problem" in text_of(answer, 422)
    assert read(Erasure) == []


@pytest.mark.parametrize("kind", ["newcomer", "volunteer"])
def test_in_the_middle_of_a_pairing_a_record_goes_with_a_receipt(
    desk, pair, read, kind
):
    whose = getattr(pair, kind).public_id
    name = (records.NEWCOMERS if kind == "newcomer" else records.VOLUNTEERS)[0]
    desk.post(f"{OF}{whose}/asked", data={"kind": "erasure", "asked_on": "2024-01-31"})
    before = text_of(desk.get(f"{OF}{whose}/erase"))
    assert "1 pairing is under way" in before
    assert "What stays" in before
    assert read(Erasure) == []
    sure = {"why": "asked", "is_sure": "y"}
    answer = desk.post(f"{OF}{whose}/erase", data=sure)
    assert answer.status_code == 302
    receipt = text_of(desk.get(answer.location))
    assert "Receipt" in receipt
    assert whose in receipt.replace("<wbr>", "")
    assert name not in receipt
    (pairing,) = read(Pairing)
    assert (pairing.state, pairing.outcome) == (PairingState.ENDED, Outcome.ERASED)
    (asked,) = read(RightsRequest)
    assert asked.answered_at is not None
    everybody = read(Newcomer if kind == "newcomer" else Volunteer)
    (left,) = [each for each in everybody if each.public_id == whose]
    assert left.name is None
    assert desk.get(f"{OF}{whose}/erase").status_code == 302
    assert desk.post(f"{OF}{whose}/export").status_code == 409


def test_the_pages_are_reached_from_the_desks(desk, pair):
    asking = desk.get(f"/-/coordinating/requests/{pair.request.public_id}/")
    assert f"{OF}{pair.newcomer.public_id}/" in text_of(asking)
    volunteer = desk.get(f"/-/clearing/{pair.volunteer.public_id}/")
    assert f"{OF}{pair.volunteer.public_id}/" in text_of(volunteer)
