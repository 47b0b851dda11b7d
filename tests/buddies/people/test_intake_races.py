"""The same form sent by two at the same moment brings somebody in once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import select

from tests.buddies.people.test_intake import APPLICATION, ASKING
from welcome.buddies.models.desk import Link
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people import intake
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind

ROUNDS = 5


def at_once(maker, act, told, now):
    """Send one form twice at once; give the codes that were answered."""
    barrier = threading.Barrier(2)

    def send(_number):
        with maker.begin() as session:
            barrier.wait(10)
            return act(session, told, now=now).code

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(send, range(2)))


def test_two_presses_of_one_button_happen_once(maker, now):
    with maker.begin() as session:
        agreements.add_organisation(
            session, "Council", OrganisationKind.COUNCIL, actor=None, now=now
        )
    for number in range(ROUNDS):
        for act, told in ((intake.ask, ASKING), (intake.apply, APPLICATION)):
            # Neither address nor number: only the form's own key can tell.
            form = vars(told) | {
                "key": f"{type(told).__name__} {number}", "channel": "paper",
                "email": "", "phone": "",
            }  # fmt: skip
            first, second = at_once(maker, act, type(told)(**form), now)
            assert first == second
    with maker() as session:
        assert len(session.exec(select(Newcomer)).all()) == ROUNDS
        assert len(session.exec(select(Volunteer)).all()) == ROUNDS
        assert len(session.exec(select(Link)).all()) == 2 * ROUNDS
