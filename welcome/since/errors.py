"""What can go wrong with what is kept beside the data."""

from welcome.errors import RuleBroken


class NotNoted(RuleBroken):
    """A line could not be written; what it was to tell of has not been done."""

    code = "since_not_noted"


class SinceUnreadable(RuleBroken):
    """The file is not what this product writes."""

    code = "since_unreadable"


class NotApplied(RuleBroken):
    """The database was restored, and what happened after the backup is not done again."""

    code = "since_not_applied"
