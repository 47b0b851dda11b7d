"""Where a pack is decides which day it is there and which numbers can be dialled."""

from datetime import UTC, date, datetime

import pytest

from tests import packs_on_disk
from welcome.packs import content, facts
from welcome.packs.errors import BadFact, ContentRefused
from welcome.packs.place import region_of, today_in, zone_of


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ({}, date(2026, 6, 30)),
        ({"time_zone": "Asia/Tokyo"}, date(2026, 7, 1)),
        ({"time_zone": "America/New_York"}, date(2026, 6, 30)),
    ],
)
def test_the_day_is_that_of_the_place(place, day):
    assert today_in(place, datetime(2026, 6, 30, 20, tzinfo=UTC)) == day


def test_a_place_that_says_nothing_is_in_britain():
    assert (zone_of({}).key, region_of({})) == ("Europe/London", "GB")


def test_a_number_is_one_of_the_region_of_its_place(session, pack, now):
    line = facts.get_fact(session, pack, "council-line")
    britain = {"value": "01632 960002"}
    facts.change_fact(session, line, britain, revision=1, actor=None, now=now)
    pack.place = {**pack.place, "region": "US"}
    session.flush()
    again = {"value": "01632 960003"}
    with pytest.raises(BadFact):
        facts.change_fact(session, line, again, revision=2, actor=None, now=now)


def test_a_folder_is_read_with_the_region_of_its_place(tmp_path):
    settings = packs_on_disk.PACK + 'region = "US"\n'
    folder = packs_on_disk.write_files(
        tmp_path / "town", packs_on_disk.TOWN | {"pack.toml": settings}
    )
    with pytest.raises(ContentRefused) as refused:
        content.read(folder)
    found = [(each.file, each.code) for each in refused.value.problems]
    assert found[0] == ("facts.toml", "bad_fact")
