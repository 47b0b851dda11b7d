"""Whether the scheme serves everybody alike, worked out from those who asked of late."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies import scoring_policy
from welcome.buddies.explaining.fairness import Ledger, Standing, compare, describe
from welcome.buddies.gathering import Moment, newcomer_profiles, newcomers
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Area, AreaKind, Newcomer
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.rules.profiles import NewcomerProfile, days_between
from welcome.buddies.rules.vocabulary import Level

OF_LATE = timedelta(days=365)
# Asked, and went elsewhere without having been met: neither served nor let down.
ELSEWHERE = (RequestState.WITHDRAWN, RequestState.REFERRED_ON)
WAITS = (RequestState.OPEN, RequestState.ON_HOLD)


def compare_those_who_asked(
    session: Session, organisations: Collection[int], moment: Moment
) -> Ledger:
    """Compare those who asked within a year, or wait still, by their groups.

    Paired is whoever was introduced to somebody since; their wait ended that day. Who
    withdrew or was passed on before that is left out. Who was erased since counts as
    before: what is kept of them says no more than their groups.
    """
    _version, policy = scoring_policy.read(session)
    rows = session.execute(_who_asked(organisations, moment)).all()
    profiles = newcomer_profiles(session, rows, moment)
    return compare(
        [
            _standing(row, profile, moment, policy.minimum)
            for row, profile in zip(rows, profiles, strict=True)
        ]
    )


def _who_asked(organisations: Collection[int], moment: Moment) -> sa.Select[Any]:
    met = (
        select(sa.func.min(Pairing.introduced_at))
        .where(Pairing.request_id == BuddyRequest.id)
        .correlate(BuddyRequest)
        .scalar_subquery()
    )
    state = col(BuddyRequest.state)
    return (
        newcomers()
        .add_columns(
            state.label("state"),
            col(BuddyRequest.moved_at).label("moved_at"),
            col(Area.name).label("area"),
            col(Area.code).label("code"),
            col(Area.kind).label("kind"),
            met.label("met_at"),
        )
        .where(
            col(Newcomer.organisation_id).in_(organisations),
            sa.or_(
                col(BuddyRequest.waiting_since) >= moment.now - OF_LATE,
                state.in_(WAITS),
            ),
            sa.or_(state.not_in(ELSEWHERE), met.is_not(None)),
        )
    )


def _standing(
    row: sa.Row[Any], newcomer: NewcomerProfile, moment: Moment, minimum: Level
) -> Standing:
    until = moment.today
    if row.met_at is not None:
        until = row.met_at.date()
    elif row.state not in WAITS:
        until = row.moved_at.date()
    waited = replace(
        newcomer, waiting_days=days_between(row.waiting_since.date(), until)
    )
    is_paired = row.met_at is not None
    is_sector = row.kind == AreaKind.SECTOR
    area = row.code.split()[0] if is_sector else row.area or ""
    return describe(waited, area, minimum, is_paired=is_paired)
