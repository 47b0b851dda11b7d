"""Rules of jobs that can be broken."""

from welcome.errors import RuleBroken


class WorkerDied(RuleBroken):
    """The job killed its worker each time it ran."""

    code = "worker_died"


# Not one of the product's refusals: what answers those in the middle of the work, and
# goes on, must not go on with a job that is no longer ours.
class LeaseLost(Exception):
    """Another worker owns this job now, or it was cancelled."""


class Postponed(Exception):
    """What the work needs is down; it is tried again until it can be done."""

    def __str__(self) -> str:
        return str(self.__cause__)
