"""The rules of the buddy scheme that can be broken."""

from welcome.errors import RuleBroken


class BadAddress(RuleBroken):
    """No letter can be sent there."""

    code = "bad_address"


class BadPhone(RuleBroken):
    """Nobody can be called there."""

    code = "bad_phone"


class MoveRefused(RuleBroken):
    """It does not stand where this could be done; somebody may have been faster."""

    code = "move_refused"


class LinkOver(RuleBroken):
    """A link or code that was used, is too old, or never was one: answered alike."""

    code = "link_over"


class NoPlaceFree(RuleBroken):
    """The volunteer has no free place."""

    code = "no_place_free"


class WeightsNotHundred(RuleBroken):
    """The weights of a score do not sum to 100."""

    code = "weights_not_hundred"


class WeightOutOfRange(RuleBroken):
    """A weight is no whole number from 0 to 100."""

    code = "weight_out_of_range"
