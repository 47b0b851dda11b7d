"""One's own texts for what forms say: read, checked, and kept as a new version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import policies
from welcome.buddies.lifecycle.letters import MEETING_PLACE
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.privacy.errors import BadWording
from welcome.buddies.privacy.notices import NO_SETTINGS, PARTS, PERIODS, RIGHTS

EDITABLE = tuple(
    dict.fromkeys(
        [*(part for parts in PARTS.values() for part in parts), RIGHTS, MEETING_PLACE]
    )
)
BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """What is said in one locale; a part that is empty is said by default."""

    controller: str
    contact: str
    texts: Mapping[str, str]


def read_wording(session: Session, tag: str) -> tuple[int, Wording]:
    """Read what is set for a locale, and in which version; 0 while nothing is."""
    newest = policies.find_newest(session, PolicyKind.NOTICES)
    settings = newest.settings if newest else NO_SETTINGS
    own = settings.get("texts", {}).get(tag, {})
    wording = Wording(
        settings.get("controller", ""),
        settings.get("contact", ""),
        {part: own.get(part, "") for part in EDITABLE},
    )
    return (newest.version if newest else 0), wording


def check_text(text: str) -> None:
    """Raise BadWording where braces hold what no period is called."""
    for name in BRACES.findall(text):
        if name not in PERIODS:
            raise BadWording(name=name[:40])


def settings_with(session: Session, tag: str, wording: Wording) -> dict[str, Any]:
    """Give the settings as they would be with a locale's wording; raises BadWording."""
    for part, text in wording.texts.items():
        if part != MEETING_PLACE:
            check_text(text)
    newest = policies.find_newest(session, PolicyKind.NOTICES)
    texts = dict(newest.settings.get("texts", {})) if newest else {}
    own = {
        part: text for part in EDITABLE if (text := wording.texts.get(part, "").strip())
    }
    texts = {each: said for each, said in texts.items() if each != tag}
    if own:
        texts[tag] = own
    return {
        "controller": wording.controller.strip(),
        "contact": wording.contact.strip(),
        "texts": texts,
    }


def set_wording(
    session: Session,
    tag: str,
    wording: Wording,
    *,
    based_on: int,
    actor: Account,
    now: datetime,
) -> PolicyVersion:
    """Let a locale's wording count from now on; raises BadWording, PolicyChanged."""
    settings = settings_with(session, tag, wording)
    return policies.set_policy(
        session, PolicyKind.NOTICES, settings, actor=actor, now=now, based_on=based_on
    )


def count_own(session: Session) -> dict[str, int]:
    """Count the parts with a text of one's own, by locale."""
    newest = policies.find_newest(session, PolicyKind.NOTICES)
    texts = newest.settings.get("texts", {}) if newest else {}
    return {tag: len(said) for tag, said in texts.items()}
