"""Rules of jobs that can be broken."""

from welcome.errors import RuleBroken


class WorkerDied(RuleBroken):
    """The job killed its worker each time it ran."""

    code = "worker_died"


class LeaseLost(RuleBroken):
    """Another worker owns this job now, or it was cancelled."""

    code = "lease_lost"
