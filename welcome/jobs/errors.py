"""Rules of jobs that can be broken."""

from welcome.errors import RuleBroken


class LeaseLost(RuleBroken):
    """Another worker owns this job now, or it was cancelled."""

    code = "lease_lost"
