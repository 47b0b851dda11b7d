"""A council and two charities with people enough to be counted, and some few."""

from dataclasses import replace

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.requests import RequestState


class BusyTown(rows.Town):
    """A town in which many can be brought in at once."""

    def ask(self, count, organisation=1, **values):
        """Let so many newcomers ask; their requests."""
        profile = replace(NEWCOMER, organisation=organisation, **values)
        return [
            self.add_request(replace(profile, key=len(self.requests)))
            for _each in range(count)
        ]

    def help(self, count, organisation=1, **values):
        """Let so many volunteers be there; they themselves."""
        profile = replace(VOLUNTEER, organisation=organisation, **values)
        return [
            self.add_volunteer(replace(profile, key=len(self.volunteers)))
            for _each in range(count)
        ]

    def pair(self, asking, volunteer, state=PairingState.MEETING, **values):
        """Write a pair as it stands, and let the request know."""
        made = Pairing(
            request_id=asking.id,
            newcomer_id=asking.newcomer_id,
            volunteer_id=volunteer.id,
            state=state,
            moved_at=self.now,
            lead_id=volunteer.organisation_id,
            **values,
        )
        self.session.add(made)
        if state in FILLS:
            asking.state = RequestState.PAIRED
        self.session.flush()
        return made
