"""Answers to proposals: by the button behind a link, or told to a coordinator."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import links, noting
from welcome.buddies.errors import LinkOver
from welcome.buddies.lifecycle import checkins, exits, proposals, turns
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.lifecycle.exits import ASKED, No
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.pairings import CheckIn, DeclineReason, Pairing, Side
from welcome.buddies.noting import Heard
from welcome.buddies.scheme import Scheme


@dataclass(frozen=True)
class Answer:
    """Who says yes or no, and with a no the reason, if they want to say."""

    side: Side
    agrees: bool
    reason: DeclineReason = DeclineReason.UNSAID
    heard: Heard | None = None


def get_asked(session: Session, link: Link) -> tuple[Pairing, Side]:
    """Return what a link asks about, and whom; raises LinkOver once that is answered.

    Nothing changes.
    """
    pairing = session.get(Pairing, link.subject_id)
    is_answer = link.purpose is LinkPurpose.ANSWER and link.subject == "pairing"
    if pairing is None or not is_answer:
        raise LinkOver
    side = Side(link.side)
    if ASKED.get(pairing.state) is not side:
        raise LinkOver
    return pairing, side


def answer_by_link(
    session: Session, link: Link, answer: Answer, scheme: Scheme, *, now: datetime
) -> Pairing:
    """Take an answer by the button behind a link, and use it up; raises LinkOver.

    The link is used up once the turn is taken: all take the two in this order.
    """
    pairing, side = get_asked(session, link)
    turns.take(session, pairing)
    links.use_up(session, link, now=now)
    if side is not answer.side or ASKED.get(pairing.state) is not side:
        raise LinkOver
    _give(session, pairing, answer, scheme, actor=None, now=now)
    return pairing


def record_answer(
    session: Session,
    pairing: Pairing,
    answer: Answer,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Write down the answer that a coordinator was told; raises MoveRefused."""
    _give(session, pairing, answer, scheme, actor=actor, now=now)
    if answer.heard:
        noting.write(
            session,
            "pairing.answer_told",
            pairing,
            actor=actor,
            now=now,
            heard=answer.heard,
        )


def get_check_in(session: Session, link: Link) -> CheckIn:
    """Return the check-in that a link asks about; raises LinkOver. Nothing changes."""
    check_in = session.get(CheckIn, link.subject_id)
    is_check_in = link.purpose is LinkPurpose.CHECK_IN and link.subject == "check_in"
    if check_in is None or not is_check_in:
        raise LinkOver
    return check_in


def answer_check_in(
    session: Session, link: Link, said: Said, *, now: datetime
) -> CheckIn:
    """Take what one side says by the button behind a link; raises LinkOver."""
    check_in = get_check_in(session, link)
    turns.take_request(
        session, session.get_one(Pairing, check_in.pairing_id).request_id
    )
    links.use_up(session, link, now=now)
    checkins.answer(session, check_in, said, actor=None, now=now)
    return check_in


def _give(
    session: Session,
    pairing: Pairing,
    answer: Answer,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    if not answer.agrees:
        no = No(answer.side, answer.reason)
        exits.decline(session, pairing, no, scheme, actor=actor, now=now)
    elif answer.side is Side.VOLUNTEER:
        proposals.volunteer_agrees(session, pairing, scheme, actor=actor, now=now)
    else:
        proposals.newcomer_agrees(session, pairing, scheme, actor=actor, now=now)
    if answer.heard is None:
        noting.hear(session, pairing, answer.side, now=now)
