"""The command that publishes is killed: readers have the old editions or the new."""

import random
import re
from functools import partial
from itertools import count

import pytest
from sqlmodel import func, select

from tests.faults import commands, lengths, town
from tests.faults.commands import Length
from tests.faults.installation import TAGS, Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from welcome.database import reading
from welcome.editions import current
from welcome.editions.models import Edition

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
PUBLISH = ("publish", "town", "--locales", TAGS)
SAID = re.compile(r"as of ([\w ]+)\.")


def _change(installation: Installation, number: int) -> str:
    """Have every section say something new; tell what."""
    edition = f"day {number}"
    folder = town.write(installation.folder / "town", edition)
    commands.run(installation, ("content", "import", str(folder)))
    return edition


def _read(installation: Installation) -> set[str]:
    """Say as of when the sections are that readers have, in every locale."""
    with reading(), installation.sessions() as session:
        editions = current.list_current(session)
    files = [
        file
        for each in editions
        for file in (installation.settings.editions / each.folder).rglob(
            "section*.html"
        )
    ]
    assert len(files) == town.PAGES * len(editions)
    return {said for file in files for said in SAID.findall(file.read_text("utf-8"))}


def _kill(installation: Installation, length: Length, dice: random.Random) -> bool:
    """Kill it at any moment, or between what it froze and what readers get."""
    if dice.random() < 0.5:
        after = length.moment(dice)
        return commands.run_and_kill(installation, PUBLISH, after=after)
    is_frozen = partial(_has_later, installation, _newest(installation))
    after = dice.uniform(0, length.whole - length.start)
    return commands.run_and_kill(installation, PUBLISH, after=after, once=is_frozen)


def _newest(installation: Installation) -> int:
    with reading(), installation.sessions() as session:
        return session.exec(select(func.max(Edition.id))).one()


def _has_later(installation: Installation, known: int) -> bool:
    return _newest(installation) > known


def test_publishing(installation: Installation, fault: Fault) -> None:
    dice, days = lengths.dice("publishing"), count(2)
    court = Court(installation, fault, Memory())
    old = new = _change(installation, next(days))
    length = commands.measure(installation, PUBLISH)
    assert _read(installation) == {new}
    while fault.kills < lengths.kills(share=0.16, short=2):
        new = _change(installation, next(days))
        fault.kills += _kill(installation, length, dice)
        court.look()
        read = _read(installation)
        if read not in ({old}, {new}):
            fault.breaks("half states", f"readers have {read}, not {old} or {new}")
        old = new if new in read else old
    commands.run(installation, PUBLISH)
    assert _read(installation) == {new}
    court.rest()
