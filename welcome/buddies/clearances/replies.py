"""What a referee says of a volunteer: taken in, kept as one sealed text, read again."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from welcome.buddies.errors import NothingSaid, TooLongSaid

LONGEST = 4_000


class KnownFor(StrEnum):
    """For how long a referee has known a volunteer."""

    UNDER_A_YEAR = "under-a-year"
    ONE_TO_THREE_YEARS = "one-to-three-years"
    OVER_THREE_YEARS = "over-three-years"


class WouldTrust(StrEnum):
    """Whether a referee would trust a volunteer with somebody vulnerable."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Reply:
    """What a referee says."""

    known_for: KnownFor
    # In what way they know each other.
    how: str
    would_trust: WouldTrust
    text: str = ""


def pack(reply: Reply) -> str:
    """Write a reply as one text; raises NothingSaid and TooLongSaid."""
    if not reply.how.strip():
        raise NothingSaid
    if max(len(reply.how), len(reply.text)) > LONGEST:
        raise TooLongSaid(most=LONGEST)
    return json.dumps(asdict(reply), ensure_ascii=False)


def unpack(text: str | None) -> Reply | None:
    """Read a reply; none where there is none, or it was forgotten."""
    if text is None:
        return None
    known = json.loads(text)
    return Reply(
        KnownFor(known["known_for"]),
        known["how"],
        WouldTrust(known["would_trust"]),
        known["text"],
    )
