"""What stops a concern."""

from welcome.errors import RuleBroken


class NotDecided(RuleBroken):
    """Nobody closes what nothing was decided on."""

    code = "not_decided"


class StillHeld(RuleBroken):
    """The pair is on hold because of a concern that is not over."""

    code = "still_held"


class NoPairConcerned(RuleBroken):
    """The concern is about no pair, or no volunteer, that could be stopped."""

    code = "no_pair_concerned"
