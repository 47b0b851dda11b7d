"""Which rows a clock has run out for: one question for each clock, nothing opened.

Each gives the row's id, the public id by which it may be named (nobody is told which
concern, link or run it is), the moment its clock began, and whether the law keeps it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from welcome.buddies import noting
from welcome.buddies.models.clearing import ClearedFor, Referee
from welcome.buddies.models.concerns import Concern, ConcernState
from welcome.buddies.models.desk import Link, Run
from welcome.buddies.models.pairings import OVER, CheckIn, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.models.rights import ExportState, SubjectExport
from welcome.buddies.models.told import ToldStep
from welcome.buddies.privacy.forgetting import REFEREE
from welcome.buddies.rules.clocks import Clock

Asked = sa.Select[Any]
What = sa.SQLColumnExpression[Any]
Test = sa.ColumnElement[bool]

LIVE = (RequestState.OPEN, RequestState.ON_HOLD, RequestState.PAIRED)
NAMELESS = sa.literal("")
NEVER_KEPT: Test = sa.false()


def ask(clock: Clock, before: datetime) -> Asked:
    """Ask for the rows whose clock began before a moment."""
    return ASKED[clock](before)


def _rows(
    number: What, public_id: What, since: What, kept: What, *where: What
) -> Asked:
    named: list[What] = [
        number.label("id"), public_id.label("public_id"), since.label("since"),
        kept.label("is_kept"),
    ]  # fmt: skip
    asked: Asked = sa.select(*named).where(*where)
    return asked


def _newcomers(before: datetime) -> Asked:
    ended = _request_ended()
    return _rows(
        col(Newcomer.id), col(Newcomer.public_id), ended, col(Newcomer.is_kept_for_law),
        _is_out_newcomer(), _had_buddy(), ended < before,
    )  # fmt: skip


def _never_paired(before: datetime) -> Asked:
    heard = col(Newcomer.heard_at)
    ended = sa.func.coalesce(_request_ended(), heard)
    since = sa.case((ended > heard, ended), else_=heard)
    return _rows(
        col(Newcomer.id), col(Newcomer.public_id), since, col(Newcomer.is_kept_for_law),
        _is_out_newcomer(), ~_had_buddy(), since < before,
    )  # fmt: skip


def _volunteers(before: datetime) -> Asked:
    return _rows(
        col(Volunteer.id), col(Volunteer.public_id), col(Volunteer.moved_at),
        col(Volunteer.is_kept_for_law), _is_out_volunteer(),
        col(Volunteer.state) == VolunteerState.LEFT, _was_buddy(),
        col(Volunteer.moved_at) < before,
    )  # fmt: skip


def _applicants(before: datetime) -> Asked:
    left = (col(Volunteer.state) == VolunteerState.LEFT) & ~_was_buddy()
    declined = col(Volunteer.state) == VolunteerState.DECLINED
    return _rows(
        col(Volunteer.id), col(Volunteer.public_id), col(Volunteer.moved_at),
        col(Volunteer.is_kept_for_law), _is_out_volunteer(), left | declined,
        col(Volunteer.moved_at) < before,
    )  # fmt: skip


def _references(before: datetime) -> Asked:
    """Those decided on, or not needed: the volunteer was cleared without, or is gone."""
    gone = col(Volunteer.state).in_((VolunteerState.LEFT, VolunteerState.DECLINED))
    went = sa.case((gone, col(Volunteer.moved_at)), else_=None)
    # Somebody named or asked after the first clearance is waited for anew.
    cleared, moved = col(Volunteer.first_cleared_at), col(Referee.moved_at)
    spared = sa.case((cleared > moved, cleared), (cleared.is_not(None), moved))
    since = sa.func.coalesce(col(Referee.decided_at), spared, went)
    filled = sa.or_(*(getattr(Referee, name).is_not(None) for name in REFEREE))
    return _rows(
        col(Referee.id), col(Referee.public_id), since, col(Volunteer.is_kept_for_law),
        filled, since < before,
    ).join(Volunteer, col(Volunteer.id) == col(Referee.volunteer_id))  # fmt: skip


def _pairings(before: datetime) -> Asked:
    noted = sa.exists().where(
        col(CheckIn.pairing_id) == col(Pairing.id), col(CheckIn.note).is_not(None)
    )
    is_named = col(ToldStep.interpreter).is_not(None)
    named = sa.exists().where(
        is_named,
        col(ToldStep.subject) == noting.SUBJECTS[Pairing],
        col(ToldStep.subject_id) == col(Pairing.id),
    )
    named_beside = sa.exists().where(
        is_named,
        col(ToldStep.subject) == noting.SUBJECTS[CheckIn],
        col(ToldStep.subject_id) == col(CheckIn.id),
        col(CheckIn.pairing_id) == col(Pairing.id),
    )
    reasons = col(Pairing.said_why).is_not(None) | col(Pairing.said_no).is_not(None)
    return _rows(
        col(Pairing.id), col(Pairing.public_id), col(Pairing.ended_at),
        _is_kept(col(Pairing.newcomer_id), col(Pairing.volunteer_id)),
        col(Pairing.state).in_(OVER), col(Pairing.ended_at) < before,
        noted | named | named_beside | reasons,
    )  # fmt: skip


def _concerns(before: datetime) -> Asked:
    people = _is_kept(col(Concern.newcomer_id), col(Concern.volunteer_id))
    return _rows(
        col(Concern.id), NAMELESS, col(Concern.moved_at),
        col(Concern.is_kept_for_law) | people,
        col(Concern.state) == ConcernState.CLOSED, col(Concern.moved_at) < before,
    )  # fmt: skip


def _runs(before: datetime) -> Asked:
    since = col(Run.made_at)
    return _rows(col(Run.id), NAMELESS, since, NEVER_KEPT, since < before)


def _links(before: datetime) -> Asked:
    since = col(Link.expires_at)
    return _rows(col(Link.id), NAMELESS, since, NEVER_KEPT, since < before)


def _exports(before: datetime) -> Asked:
    since = col(SubjectExport.moved_at)
    stands = col(SubjectExport.state) != ExportState.REMOVED
    return _rows(
        col(SubjectExport.id), col(SubjectExport.public_id), since, NEVER_KEPT, stands,
        since < before,
    )  # fmt: skip


# Letters are asked for in their own room.
ASKED: Mapping[Clock, Callable[[datetime], Asked]] = {
    Clock.NEWCOMER: _newcomers,
    Clock.NEVER_PAIRED: _never_paired,
    Clock.VOLUNTEER: _volunteers,
    Clock.APPLICANT: _applicants,
    Clock.REFERENCE: _references,
    Clock.PAIRING: _pairings,
    Clock.CONCERN: _concerns,
    Clock.RUN: _runs,
    Clock.LINK: _links,
    Clock.EXPORT: _exports,
}


def _request_ended() -> sa.ScalarSelect[datetime]:
    """Ask when a newcomer's last request moved for the last time."""
    ended = sa.select(sa.func.max(col(BuddyRequest.moved_at)))
    own = col(BuddyRequest.newcomer_id) == col(Newcomer.id)
    return ended.where(own).correlate(Newcomer).scalar_subquery()


def _is_out_newcomer() -> Test:
    asks = sa.exists().where(
        col(BuddyRequest.newcomer_id) == col(Newcomer.id),
        col(BuddyRequest.state).in_(LIVE),
    )
    is_paired = sa.exists().where(
        col(Pairing.newcomer_id) == col(Newcomer.id), col(Pairing.state).not_in(OVER)
    )
    return sa.and_(col(Newcomer.erased_at).is_(None), ~asks, ~is_paired)


def _had_buddy() -> Test:
    return sa.exists().where(
        col(Pairing.newcomer_id) == col(Newcomer.id),
        col(Pairing.introduced_at).is_not(None),
    )


def _is_out_volunteer() -> Test:
    is_paired = sa.exists().where(
        col(Pairing.volunteer_id) == col(Volunteer.id), col(Pairing.state).not_in(OVER)
    )
    return sa.and_(col(Volunteer.erased_at).is_(None), ~is_paired)


def _was_buddy() -> Test:
    """Ask whether a volunteer was ever cleared, or asked about anybody."""
    paired = sa.exists().where(col(Pairing.volunteer_id) == col(Volunteer.id))
    cleared = sa.exists().where(col(ClearedFor.volunteer_id) == col(Volunteer.id))
    return paired | cleared | col(Volunteer.first_cleared_at).is_not(None)


def _is_kept(newcomer_id: What, volunteer_id: What) -> Test:
    """Ask whether the law keeps one of the two whom a row is about."""
    newcomer = sa.exists().where(
        col(Newcomer.id) == newcomer_id, col(Newcomer.is_kept_for_law)
    )
    volunteer = sa.exists().where(
        col(Volunteer.id) == volunteer_id, col(Volunteer.is_kept_for_law)
    )
    return newcomer | volunteer
