"""Areas people live in: postcode sectors and neighbourhoods, each with one point.

A full postcode is only ever looked at; what is kept is its sector.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.models.people import (
    Area,
    AreaKind,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.people.code_point import sector_of

# How wide the squares are in which volunteers are looked for first.
CELL_M = 1_000
LONGEST_TYPED = 60
SUBJECT = "area"

_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])")
_SPACED = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]")

Points = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Imported:
    """What an import changed."""

    added: int
    moved: int
    unchanged: int


def import_areas(
    session: Session,
    sectors: Points,
    neighbourhoods: Points,
    *,
    actor: Account | None,
    now: datetime,
) -> Imported:
    """Take in points by sector and by neighbourhood; none of the others is removed."""
    known = {each.code: each for each in session.exec(select(Area))}
    added = moved = unchanged = 0
    for kind, points in (
        (AreaKind.SECTOR, sectors),
        (AreaKind.NEIGHBOURHOOD, neighbourhoods),
    ):
        for name, (east, north) in points.items():
            code = _code(kind, name)
            area = known.get(code)
            if area is None:
                session.add(
                    Area(code=code, name=name, kind=kind, easting=east, northing=north)
                )
                added += 1
            elif (area.easting, area.northing) == (east, north):
                unchanged += 1
            else:
                area.easting, area.northing = east, north
                _move_squares(session, area)
                moved += 1
    session.flush()
    journal.write(
        session, "areas.imported", SUBJECT, None, actor=actor, now=now,
        added=added, moved=moved,
    )  # fmt: skip
    return Imported(added, moved, unchanged)


def _move_squares(session: Session, area: Area) -> None:
    """Let volunteers who live there be found at the point that is right now."""
    cell_x, cell_y = cell_of(area)
    live_there = sa.select(col(Volunteer.id)).where(col(Volunteer.area_id) == area.id)
    session.exec(
        sa.update(VolunteerLanguage)
        .where(col(VolunteerLanguage.volunteer_id).in_(live_there))
        .values(cell_x=cell_x, cell_y=cell_y)
        .execution_options(synchronize_session=False)
    )


def find_area(session: Session, text: str) -> Area | None:
    """Find an area by a postcode, sector or neighbourhood typed in any way.

    A district alone ("WS1") is too wide, and "WS13" is taken as the sector "WS1 3" only
    where no district of that name is known.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[:LONGEST_TYPED]).split())
    letters = "".join(_in_latin_digits(each) for each in plain.upper())
    if code := sector_of(letters) or _sector_alone(session, letters):
        return _find(session, code)
    return _find(session, _code(AreaKind.NEIGHBOURHOOD, plain)) if plain else None


def list_neighbourhoods(session: Session) -> list[Area]:
    """List the neighbourhoods that were picked, by name."""
    asked = select(Area).where(Area.kind == AreaKind.NEIGHBOURHOOD)
    return sorted(session.exec(asked), key=lambda area: area.name.casefold())


def cell_of(area: Area | None) -> tuple[int, int] | tuple[None, None]:
    """Give the square of the grid that an area's point lies in."""
    if area is None:
        return None, None
    return area.easting // CELL_M, area.northing // CELL_M


def _sector_alone(session: Session, letters: str) -> str:
    parts = _SECTOR.fullmatch(letters)
    if parts is None:
        return ""
    code = f"{parts[1]} {parts[2]}"
    if _SPACED.fullmatch(letters):
        return code
    district = select(Area.id).where(col(Area.code).startswith(f"{letters} "))
    return "" if session.exec(district.limit(1)).first() else code


def _find(session: Session, code: str) -> Area | None:
    return session.exec(select(Area).where(Area.code == code)).one_or_none()


def _code(kind: AreaKind, name: str) -> str:
    """Name an area once: neighbourhoods without case, which no sector is."""
    return name if kind is AreaKind.SECTOR else name.casefold()


def _in_latin_digits(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)


def are_known(session: Session) -> bool:
    """Tell whether any areas were taken in."""
    return session.exec(select(Area.id).limit(1)).first() is not None
