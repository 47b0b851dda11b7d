"""What matching refuses."""

from welcome.errors import RuleBroken


class UnknownVolunteer(RuleBroken):
    """An offer or a pin names a volunteer who is not in the list."""

    code = "unknown_volunteer"


class UnknownNewcomer(RuleBroken):
    """Offers, a pin or a question name a newcomer who is not in the list."""

    code = "unknown_newcomer"


class DoubledNewcomer(RuleBroken):
    """A newcomer stands in the list twice."""

    code = "doubled_newcomer"


class DoubledOffer(RuleBroken):
    """The same pair is offered twice."""

    code = "doubled_offer"


class SeatNotPossible(RuleBroken):
    """A newcomer's priority is below nought, or the buddies wanted are not 1 or 2."""

    code = "seat_not_possible"


class ScoreOutside(RuleBroken):
    """A score is not a whole number from 0 to 100."""

    code = "score_outside"


class PlacesNotPossible(RuleBroken):
    """A volunteer has fewer places than none."""

    code = "places_not_possible"


class PinnedTwice(RuleBroken):
    """The same pair is pinned twice."""

    code = "pinned_twice"


class PinForbidden(RuleBroken):
    """A pair is pinned and forbidden."""

    code = "pin_forbidden"


class PinsExceedPlaces(RuleBroken):
    """More pairs are pinned to a volunteer than there are places."""

    code = "pins_exceed_places"


class PinsExceedSeats(RuleBroken):
    """More pairs are pinned to a newcomer than buddies are wanted."""

    code = "pins_exceed_seats"


class HasBuddy(RuleBroken):
    """Only somebody without a buddy competes for one."""

    code = "has_buddy"


class PlanNotPossible(RuleBroken):
    """The pairs cannot all stand; params say which rule they break."""

    code = "plan_not_possible"


class NotProved(RuleBroken):
    """The certificate does not prove the pairs best; params give the inequality."""

    code = "not_proved"
