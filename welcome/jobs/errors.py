"""Rules of jobs that can be broken."""

from welcome.errors import RuleBroken, WelcomeError


class WorkerDied(RuleBroken):
    """The job killed its worker each time it ran."""

    code = "worker_died"


# Not one of the product's refusals: what answers those in the middle of the work, and
# goes on, must not go on with a job that is no longer ours.
class LeaseLost(Exception):
    """Another worker owns this job now, or it was cancelled."""


class Postponed(Exception):
    """What the work needs is down (`why`); it is tried again until it can be done."""

    def __init__(self, why: WelcomeError) -> None:
        self.why = why
        super().__init__(str(why))
