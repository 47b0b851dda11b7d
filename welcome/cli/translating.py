"""`welcome translate`: machine drafts for what has no text yet."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.cli.looking.working import START
from welcome.database import reading
from welcome.editions import problems
from welcome.jobs import access as jobs
from welcome.jobs import counting, drafting
from welcome.jobs.models import Job, JobState
from welcome.jobs.queue import LIVE_STATES
from welcome.phrases import codes
from welcome.translation.drafting_by_machine import Order
from welcome.translation.machine.engines import get_engine

SECONDS_BETWEEN_LOOKS = 0.5


@click.command()
@click.argument("pack")
@click.option("--to", "tags", required=True, help="Tags with commas between.")
@click.option(
    "--engine",
    help="Whose drafts: argos (on this machine), libretranslate (sends the texts to"
    " the address that is set), or pseudo (for trying things out).",
)
@click.option("--anew", is_flag=True, help="Replace what the engine drafted before.")
@click.option("--wait", is_flag=True, help="Show how far it is, until it is done.")
@AS_JSON
def translate(
    pack: str, tags: str, engine: str | None, *, anew: bool, wait: bool, as_json: bool
) -> None:
    """Have a worker draft what a PACK lacks in some locales; people read it then."""
    opened = installation()
    chosen = get_engine(engine or opened.settings.machine_engine, opened.settings)
    wanted = list(
        dict.fromkeys(tag for each in tags.split(",") if (tag := each.strip()))
    )
    if not wanted:
        raise click.BadParameter("no locale is named.", param_hint="--to")
    with opened.sessions.begin() as session:
        order = Order(pack, wanted, chosen.name, anew)
        job = drafting.ask(session, order, chosen, actor=None, now=clock.now())
    asked = {"job": job.id, "engine": chosen.name, "tags": wanted}
    say(asked, _tell(job, wanted, chosen.sends_to), as_json=as_json)
    if wait:
        _watch(job.id)


def _tell(job: Job, tags: Sequence[str], sends_to: str) -> list[str]:
    told = [f"A worker drafts {', '.join(tags)} (job {job.id})."]
    if sends_to:
        told.append(f"The texts are sent to {sends_to}.")
    return told


@dataclass
class _Hindrances:
    """What holds a job up; the same is told once."""

    problem: str = ""
    is_alone: bool = False

    def list_new(self, job: Job, *, is_worker_alive: bool) -> list[str]:
        found = []
        if job.problem not in ("", self.problem):
            self.problem = job.problem
            found.append(_problem_of(job))
        if not (is_worker_alive or self.is_alone):
            self.is_alone = True
            found.append(f"No worker is alive; {START}.")
        return found


def _watch(job_id: int) -> None:
    """Show a bar until the job is over; leaving it does not stop the job."""
    job, is_alive = _look(job_id)
    hindrances = _Hindrances()
    with click.progressbar(length=1, label="Drafting", file=sys.stderr) as bar:
        while job.state in LIVE_STATES:
            bar.length = job.all_steps or 1
            bar.update(job.done_steps - bar.pos)
            for told in hindrances.list_new(job, is_worker_alive=is_alive):
                # The bar leaves its line open.
                click.echo(f"\n{told}" if sys.stderr.isatty() else told, err=True)
            time.sleep(SECONDS_BETWEEN_LOOKS)
            job, is_alive = _look(job_id)
    if job.state is JobState.CANCELLED:
        raise click.ClickException(f"job {job.id} was cancelled")
    if job.state is not JobState.DONE:
        raise click.ClickException(_problem_of(job))


def _look(job_id: int) -> tuple[Job, bool]:
    """Look at a job, and whether anybody could work on it."""
    with reading(), installation().sessions() as session:
        is_alive = counting.is_worker_alive(session, clock.now())
        return jobs.get_job(session, job_id), is_alive


def _problem_of(job: Job) -> str:
    """Say why a job waits, or is over without being done."""
    problem = problems.find(job.problem)
    if problem is None:
        return job.problem or f"job {job.id} is {job.state.value}"
    said = [codes.word("en", problem.code, **problem.params)]
    for tag, each in problems.parts(problem).items():
        said.append(f"{tag}: {codes.word('en', each.code, **each.params)}")
    return "\n".join(said)
