"""The volunteers for one newcomer, found by the database: nobody else is looked at.

The index on language and cell gives those who speak a language near enough; the rest
of the rules that the database can tell are asked there too, and all of them once more.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from welcome.buddies.gathering import Moment, volunteer_profiles, volunteers
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.people import (
    Area,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.people.areas import CELL_M
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.scoring import Score, score
from welcome.buddies.rules.vetoes import is_possible
from welcome.buddies.rules.vocabulary import Level, is_at_least


@dataclass(frozen=True)
class Candidate:
    """A volunteer whom no rule forbids, and how well they suit."""

    volunteer: VolunteerProfile
    score: Score


def list_candidates(
    session: Session, newcomer: NewcomerProfile, policy: Policy, moment: Moment
) -> list[Candidate]:
    """List the volunteers who could be asked now, the best first."""
    rows = session.execute(
        _question(is_placed=newcomer.place is not None),
        _what_is_known(session, newcomer, policy, moment),
    ).all()
    found = [
        Candidate(each, score(newcomer, each, policy))
        for each in volunteer_profiles(session, rows, moment, cleared_for=newcomer.role)
        if is_possible(newcomer, each, policy)
    ]
    return sorted(found, key=lambda each: (-each.score.total, each.volunteer.key))


@cache
def _question(*, is_placed: bool) -> sa.Select[Any]:
    """Ask for those who may; made once, for making it takes longer than its answer.

    What is asked of each who is near is asked of nobody else.
    """
    is_cleared = sa.exists().where(
        col(ClearedFor.volunteer_id) == col(Volunteer.id),
        col(ClearedFor.role) == sa.bindparam("role"),
        col(ClearedFor.until) >= sa.bindparam("today"),
    )
    asked = volunteers().where(
        col(Volunteer.state) == VolunteerState.CLEARED,
        col(Volunteer.held) < col(Volunteer.capacity),
        col(Volunteer.times).bitwise_and(sa.bindparam("times")) != 0,
        is_cleared,
        col(Volunteer.organisation_id).in_(_one_of("organisations")),
        col(Volunteer.id).in_(_who_speaks(is_placed=is_placed)),
    )
    return asked.where(_is_in_reach()) if is_placed else asked


def _is_in_reach() -> sa.ColumnElement[bool]:
    # Eastings squared are beyond what PostgreSQL's integers hold.
    east = sa.cast(col(Area.easting) - sa.bindparam("east"), sa.Float)
    north = sa.cast(col(Area.northing) - sa.bindparam("north"), sa.Float)
    usual = sa.bindparam("reach", type_=sa.Integer)
    reach = sa.cast(func.coalesce(col(Volunteer.reach_m), usual), sa.Float)
    square = east * east + north * north
    return sa.or_(col(Area.id).is_(None), square <= reach * reach)


def _who_speaks(*, is_placed: bool) -> sa.Select[Any]:
    """Ask for those who speak a language of theirs in a cell near enough."""
    asked = sa.select(col(VolunteerLanguage.volunteer_id)).where(
        col(VolunteerLanguage.language).in_(_one_of("languages")),
        col(VolunteerLanguage.level).in_(_one_of("levels")),
    )
    if not is_placed:
        return asked
    x, y = col(VolunteerLanguage.cell_x), col(VolunteerLanguage.cell_y)
    return asked.where(
        sa.or_(
            x.is_(None),
            sa.and_(
                x.between(sa.bindparam("west_cell"), sa.bindparam("east_cell")),
                y.between(sa.bindparam("south_cell"), sa.bindparam("north_cell")),
            ),
        )
    )


def _one_of(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, expanding=True)


def _what_is_known(
    session: Session, newcomer: NewcomerProfile, policy: Policy, moment: Moment
) -> dict[str, Any]:
    """Give what the question is asked about."""
    known = {
        "role": newcomer.role,
        "today": moment.today,
        "times": newcomer.times,
        "organisations": sorted(policy.shared_with(newcomer.organisation)),
        "languages": [
            language
            for language, level in newcomer.languages.items()
            if is_at_least(level, policy.minimum)
        ],
        "levels": [each for each in Level if is_at_least(each, policy.minimum)],
    }
    if newcomer.place is None:
        return known
    longest = session.exec(select(func.max(Volunteer.reach_m))).one()
    reach = max(policy.reach_m, longest or 0)
    east, north = newcomer.place
    return known | {
        "east": east,
        "north": north,
        "reach": policy.reach_m,
        "west_cell": (east - reach) // CELL_M,
        "east_cell": (east + reach) // CELL_M,
        "south_cell": (north - reach) // CELL_M,
        "north_cell": (north + reach) // CELL_M,
    }
