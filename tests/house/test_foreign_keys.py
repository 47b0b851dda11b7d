"""Foreign keys point down the house: they are strings that no import contract sees."""

import tomllib
from pathlib import Path

from welcome import tables

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def floors() -> dict[str, int]:
    """The number of each room's floor, from the import contract, 0 at the top."""
    contract = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"][
        "contracts"
    ][0]
    return {
        room.strip().strip("()"): number
        for number, layer in enumerate(contract["layers"])
        for room in layer.split("|")
    }


def rooms_of_tables() -> dict[str, str]:
    """The room that declares each table."""
    found = {}
    for room in tables.ROOMS:
        name = room.__name__.split(".")[1]
        for thing in vars(room).values():
            table = getattr(thing, "__table__", None)
            if table is not None and thing.__module__ == room.__name__:
                found[table.name] = name
    return found


def test_every_table_belongs_to_a_room():
    assert set(rooms_of_tables()) == set(tables.metadata.tables)


def test_foreign_keys_point_to_the_same_room_or_a_lower_floor():
    floor, room = floors(), rooms_of_tables()
    keys = [
        (table.name, key.column.table.name)
        for table in tables.metadata.tables.values()
        for key in table.foreign_keys
    ]
    assert len(keys) > 20
    upward = [
        (here, there)
        for here, there in keys
        if room[here] != room[there] and floor[room[there]] <= floor[room[here]]
    ]
    assert upward == []
