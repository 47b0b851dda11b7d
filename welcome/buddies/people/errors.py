"""What stops somebody from being written down, or changed."""

from collections.abc import Sequence

from welcome.errors import NotNow, RuleBroken


class RequestThere(RuleBroken):
    """The newcomer asked already, and that request is not over."""

    code = "request_there"


class BadAreas(RuleBroken):
    """A file of areas that cannot be taken in; nothing of it was."""

    code = "bad_areas"

    def __init__(self, why: str, rows: Sequence[str] = ()) -> None:
        super().__init__(why=": ".join((why, ", ".join(rows))) if rows else why)


class SchemeNotOpen(NotNow):
    """No organisation takes anybody in yet."""

    code = "scheme_not_open"


class NotAnAdult(RuleBroken):
    """The scheme is for adults, and for families with an adult."""

    code = "not_an_adult"


class NothingSpoken(RuleBroken):
    """Without a language nobody can be found to talk to."""

    code = "nothing_spoken"


class PairingUnderWay(RuleBroken):
    """Somebody is drafted, asked or paired: that has to end first."""

    code = "pairing_under_way"


class StillOpen(RuleBroken):
    """Somebody or something of an organisation is not over."""

    code = "still_open"


class PlacesHeld(RuleBroken):
    """Fewer places than pairings hold already."""

    code = "places_held"


class SeatsFilled(RuleBroken):
    """More buddies agreed already than a newcomer is to have."""

    code = "seats_filled"


class KnownAlready(RuleBroken):
    """Somebody with this address or number is written down here."""

    code = "known_already"


class AgreedAhead(RuleBroken):
    """Nobody has agreed today on a day that is to come."""

    code = "agreed_ahead"


class NotShared(RuleBroken):
    """Nothing is shared with this organisation, and whoever asks does not work there."""

    code = "not_shared"
