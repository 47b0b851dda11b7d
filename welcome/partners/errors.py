"""The rules of partners that can be broken."""

from welcome.errors import RuleBroken


class NameTaken(RuleBroken):
    """Another organisation has this name."""

    code = "organisation_name_taken"


class SharesWithItself(RuleBroken):
    """Sharing is between two organisations."""

    code = "shares_with_itself"
