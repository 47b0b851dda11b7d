"""The rules of partners that can be broken."""

from welcome.errors import RuleBroken


class NameTaken(RuleBroken):
    """Another organisation has this name."""

    code = "organisation_name_taken"


class SharesWithItself(RuleBroken):
    """Sharing is between two organisations."""

    code = "shares_with_itself"


class OrganisationClosed(RuleBroken):
    """The organisation takes part no more."""

    code = "organisation_closed"


class CouncilStays(RuleBroken):
    """The others work together under the council, so it is not closed."""

    code = "council_stays"


class PhoneNeeded(RuleBroken):
    """Whoever is worried about somebody calls the council."""

    code = "council_phone_needed"


class OwnMembership(RuleBroken):
    """Nobody decides for themselves for whom they work."""

    code = "own_membership"


class NoSuchAccount(RuleBroken):
    """Nobody in use signs in with this address."""

    code = "no_such_account"


class OwnProposal(RuleBroken):
    """Whoever proposed to share waits for the other side."""

    code = "own_proposal"
