"""Handing in a page in one locale: what is saved, as whoever hands it in saw it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs import versions
from welcome.packs.models import Page
from welcome.translation import targets
from welcome.translation.models import TargetState


@dataclass(frozen=True)
class HandedIn:
    """How many targets of a page went to review, and how many stay, and why.

    `unread` ones are machine drafts nobody here has read, `changed` ones say something
    else than what was seen. Of those that went, `blocked` ones must be mended yet.
    """

    submitted: int
    unread: int
    changed: int
    blocked: int


def submit_page(
    session: Session,
    page: Page,
    tag: str,
    seen: Mapping[int, int],
    *,
    actor: Account,
    now: datetime,
) -> HandedIn:
    """Hand in what is saved on a page; `seen` gives the revisions looked at by target.

    Raises NotAllowed.
    """
    targets.refuse_strangers(session, actor, tag)
    placed = versions.list_units(session, versions.head(session, page))
    held = targets.hold(session, [each.unit.id for each in placed], tag).values()
    saved = [e for e in held if e.state is TargetState.TRANSLATED and e.text]
    read = [each for each in saved if not each.is_unread]
    as_seen = [each for each in read if seen.get(each.id) == each.revision]
    for target in as_seen:
        targets.hand_in(session, target, actor=actor, now=now)
    if as_seen:
        journal.write(
            session,
            "page.handed_in",
            "page",
            page.id,
            actor=actor,
            now=now,
            tag=tag,
            units=len(as_seen),
        )
    return HandedIn(
        submitted=len(as_seen),
        unread=len(saved) - len(read),
        changed=len(read) - len(as_seen),
        blocked=sum(each.is_blocked for each in as_seen),
    )
