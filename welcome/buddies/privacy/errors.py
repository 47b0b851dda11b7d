"""What stops an export, a hold or an erasure."""

from welcome.errors import RuleBroken


class KeptForLaw(RuleBroken):
    """The record has to stay: somebody said so, for the law."""

    code = "kept_for_law"


class SecondLookNeeded(RuleBroken):
    """Who prepared an export may not be the one who looks it through."""

    code = "second_look_needed"


class BadWording(RuleBroken):
    """Words in braces for which no period is known, or too many words."""

    code = "bad_wording"


class AskedAhead(RuleBroken):
    """Nobody has asked today on a day that is to come."""

    code = "asked_ahead"
