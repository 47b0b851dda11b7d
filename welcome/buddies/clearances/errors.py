"""What stops a clearance."""

from welcome.errors import RuleBroken


class BadRequirements(RuleBroken):
    """What a role asks for was set to something that cannot be asked for."""

    code = "bad_requirements"


class ClearanceAhead(RuleBroken):
    """Nobody has seen today what is dated after today."""

    code = "clearance_ahead"


class DbsUnreasoned(RuleBroken):
    """A DBS decision says for which role, at which level, and why."""

    code = "dbs_unreasoned"


class NotOnUpdateService(RuleBroken):
    """Only a decision that was recorded as on the Update Service is looked up there."""

    code = "not_on_update_service"


class RefereeTaken(RuleBroken):
    """Two referees are two people, and neither is the volunteer."""

    code = "referee_taken"


class RefereeUnreachable(RuleBroken):
    """There is no address to which a reference could be asked for."""

    code = "referee_unreachable"
