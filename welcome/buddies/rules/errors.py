"""What stops a setting."""

from welcome.errors import RuleBroken


class WeightsNotHundred(RuleBroken):
    """The weights of a score do not sum to 100."""

    code = "weights_not_hundred"


class WeightOutOfRange(RuleBroken):
    """A weight is no whole number from 0 to 100."""

    code = "weight_out_of_range"


class TooManyPairs(RuleBroken):
    """More pairs are possible than can be held at once."""

    code = "too_many_pairs"


class NoLanguage(RuleBroken):
    """What was typed is not the name of a language."""

    code = "no_language"


class LanguageTooWide(RuleBroken):
    """A name for languages whose speakers do not understand each other."""

    code = "language_too_wide"


class BadClocks(RuleBroken):
    """A period that is unknown, or too short or long to be meant."""

    code = "bad_clocks"
