"""The volunteers for one newcomer, found by the database: nobody else is looked at.

The index on language and cell gives those who speak a language near enough; the rest
of the rules that the database can tell are asked there too, and all of them once more.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.people import (
    Area,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.people.areas import CELL_M
from welcome.buddies.proposing.gathering import Moment, volunteer_profiles, volunteers
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
        volunteers().where(
            *_who_may(newcomer, policy, moment),
            col(Volunteer.id).in_(_who_is_near(session, newcomer, policy)),
        )
    ).all()
    found = [
        Candidate(each, score(newcomer, each, policy))
        for each in volunteer_profiles(session, rows, moment, cleared_for=newcomer.role)
        if is_possible(newcomer, each, policy)
    ]
    return sorted(found, key=lambda each: (-each.score.total, each.volunteer.key))


def _who_may(
    newcomer: NewcomerProfile, policy: Policy, moment: Moment
) -> list[sa.ColumnElement[bool]]:
    # Asked of each who is near, and not of everybody there is.
    is_cleared = sa.exists().where(
        col(ClearedFor.volunteer_id) == col(Volunteer.id),
        col(ClearedFor.role) == newcomer.role,
        col(ClearedFor.until) >= moment.today,
    )
    asked: list[sa.ColumnElement[bool]] = [
        sa.and_(col(Volunteer.state) == VolunteerState.CLEARED),
        sa.and_(col(Volunteer.held) < col(Volunteer.capacity)),
        sa.and_(col(Volunteer.times).bitwise_and(newcomer.times) != 0),
        is_cleared,
        col(Volunteer.organisation_id).in_(policy.shared_with(newcomer.organisation)),
    ]
    if newcomer.place:
        east = col(Area.easting) - newcomer.place[0]
        north = col(Area.northing) - newcomer.place[1]
        reach = func.coalesce(col(Volunteer.reach_m), policy.reach_m)
        # Eastings squared are beyond what PostgreSQL's integers hold.
        square = sa.cast(east, sa.Float) * east + sa.cast(north, sa.Float) * north
        asked.append(
            sa.or_(col(Area.id).is_(None), square <= sa.cast(reach, sa.Float) * reach)
        )
    return asked


def _who_is_near(
    session: Session, newcomer: NewcomerProfile, policy: Policy
) -> sa.Select[Any]:
    """Ask for those who speak a language of theirs in a cell near enough."""
    spoken = [
        language
        for language, level in newcomer.languages.items()
        if is_at_least(level, policy.minimum)
    ]
    enough = [each for each in Level if is_at_least(each, policy.minimum)]
    asked = sa.select(col(VolunteerLanguage.volunteer_id)).where(
        col(VolunteerLanguage.language).in_(spoken),
        col(VolunteerLanguage.level).in_(enough),
    )
    if newcomer.place is None:
        return asked
    longest = session.exec(select(func.max(Volunteer.reach_m))).one()
    reach = max(policy.reach_m, longest or 0)
    east, north = newcomer.place
    return asked.where(
        sa.or_(
            col(VolunteerLanguage.cell_x).is_(None),
            sa.and_(
                col(VolunteerLanguage.cell_x).between(
                    (east - reach) // CELL_M, (east + reach) // CELL_M
                ),
                col(VolunteerLanguage.cell_y).between(
                    (north - reach) // CELL_M, (north + reach) // CELL_M
                ),
            ),
        )
    )
