"""How many days before the last one both are told is what the scheme says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies.errors import NoticeTooShort, SoonerThanUsual
from welcome.buddies.lifecycle import pairings
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.scheme import Days


@pytest.mark.parametrize(
    ("ahead", "usual", "is_sooner", "refused"),
    [
        (-1, 1, True, NoticeTooShort),
        (0, 1, False, SoonerThanUsual),
        (0, 1, True, None),
        (1, 1, False, None),
        (29, 30, False, SoonerThanUsual),
        (29, 30, True, None),
        (30, 30, False, None),
    ],
)
def test_an_ending_is_told_in_time(session, now, ahead, usual, is_sooner, refused):
    scene = scenes.scene(session, now, PairingState.MEETING)
    scheme = replace(SCHEME, days=Days(notice=usual))
    day = now.date() + timedelta(days=ahead)
    notice = pairings.Notice(day, is_sooner=is_sooner)
    args = (session, scene.pairing, notice, scheme)
    if refused is None:
        pairings.begin_ending(*args, actor=None, now=now)
        assert scene.pairing.ends_on == day
        return
    with pytest.raises(refused):
        pairings.begin_ending(*args, actor=None, now=now)
    assert scenes.letters(session) == []
