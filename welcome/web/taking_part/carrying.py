"""What a form of several steps carries: sealed in the page, kept nowhere here.

Its key belongs to one form and is used once, so that a double click, the way back or
a page loaded again do nothing twice.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from welcome.buddies.errors import FormTooOld
from welcome.database import keyring_of
from welcome.sealing import SealBroken

FIELD = "form_token"
LIVES = timedelta(hours=12)
MOST_LETTERS = 400_000
LONGEST_ANSWER = 2_000
MOST_ANSWERS = 40

Answers = dict[str, list[str]]


@dataclass
class Carried:
    """A form on its way: which, since when, and the answers by step and field."""

    form: str
    begun: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    answers: dict[str, Answers] = field(default_factory=dict)

    def keep(self, step: str, answers: Answers) -> None:
        """Keep what was answered in a step, within what a page can carry."""
        self.answers[step] = {
            name: [each[:LONGEST_ANSWER] for each in given[:MOST_ANSWERS]]
            for name, given in answers.items()
        }


class Late(FormTooOld):
    """A form of ours that was open too long; what it carried can still be read."""

    code = "form_too_old"

    def __init__(self, carried: Carried) -> None:
        super().__init__()
        self.carried = carried


def begin(form: str, *, now: datetime) -> Carried:
    """Begin a form."""
    return Carried(form, now.isoformat())


def seal(session: Session, carried: Carried) -> str:
    """Seal what a form carries, so that only we can read or change it."""
    return keyring_of(session).seal(json.dumps(asdict(carried))).decode()


def read(session: Session, sealed: str, form: str, *, now: datetime) -> Carried:
    """Read what a form carried; raises Late, and FormTooOld where it is not ours."""
    if not sealed or len(sealed) > MOST_LETTERS:
        raise FormTooOld
    try:
        told = json.loads(keyring_of(session).open(sealed.encode()))
        carried = Carried(**told)
        begun = datetime.fromisoformat(carried.begun)
    except (SealBroken, ValueError, TypeError):
        raise FormTooOld from None
    if carried.form != form:
        raise FormTooOld
    if not timedelta(0) <= now - begun <= LIVES:
        raise Late(Carried(form, now.isoformat(), answers=carried.answers))
    return carried
