"""Days that there are not, or that nobody means: told at the box, and nothing is moved."""

import pytest

from tests.web.coordinating.conftest import DESK
from tests.web.coordinating.test_recording import record
from welcome.buddies.models.clearing import Clearance
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer, VolunteerState

NEVER = [
    "", "2026-02-30", "2026-13-01", "0000-00-00", "31/02/2026", "tomorrow",
    "99999-01-01", "-1-01-01", "2026-03-02T10:00", "😀", "1e3-01-01", "9" * 10_000,
]  # fmt: skip
FAR_AGO, FAR_AHEAD = "0001-01-01", "9999-12-31"
REFUSED = {409, 422}


@pytest.mark.parametrize("day", [*NEVER, FAR_AGO], ids=lambda day: day[:12])
def test_no_pair_ends_on_a_day_that_never_comes(desk, pair, read, day):
    there = f"{DESK}pairings/{pair(PairingState.MEETING).public_id}/"
    answer = desk.post(f"{there}give-notice", data={"ends_on": day})
    assert answer.status_code in REFUSED
    (pairing,) = read(Pairing)
    assert (pairing.state, pairing.ends_on) == (PairingState.MEETING, None)
    assert desk.get(there).status_code == 200


def test_a_last_day_far_ahead_breaks_no_page(desk, pair, read):
    there = f"{DESK}pairings/{pair(PairingState.MEETING).public_id}/"
    desk.post(f"{there}give-notice", data={"ends_on": FAR_AHEAD})
    assert read(Pairing)[0].state is PairingState.ENDING
    for page in (there, DESK, f"{DESK}pairings/"):
        assert desk.get(page).status_code == 200


@pytest.mark.parametrize("day", [*NEVER, FAR_AHEAD], ids=lambda day: day[:12])
def test_nothing_was_seen_on_a_day_that_never_was(desk, town, session, read, day):
    town.volunteer.state = VolunteerState.CLEARING
    session.commit()
    there = f"/-/clearing/{read(Volunteer)[0].public_id}/"
    said = {"kind": "identity", "is_met": "yes", "seen_on": day}
    assert desk.post(f"{there}record", data=said).status_code in REFUSED
    assert read(Clearance) == []


@pytest.mark.parametrize("kind", ["identity", "training", "agreement"])
def test_what_was_seen_long_ago_has_run_out(desk, town, session, read, kind):
    town.volunteer.state = VolunteerState.CLEARING
    session.commit()
    there = f"/-/clearing/{read(Volunteer)[0].public_id}/"
    said = {"kind": kind, "is_met": "yes", "seen_on": FAR_AGO}
    assert desk.post(f"{there}record", data=said).status_code in {302, *REFUSED}
    assert desk.get(there).status_code == 200
    assert desk.get("/-/clearing/").status_code == 200


@pytest.mark.parametrize("day", [*NEVER, FAR_AHEAD], ids=lambda day: day[:12])
def test_nobody_agreed_on_a_day_that_never_was(desk, read, day):
    answer, _said = record(desk, "newcomer", agreed_on=day)
    assert answer.status_code in REFUSED
    assert read(Newcomer) == []
