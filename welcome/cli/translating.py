"""`welcome translate`: machine drafts for what has no text yet."""

import time
from collections.abc import Sequence

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.database import reading
from welcome.editions import problems
from welcome.jobs import access as jobs
from welcome.jobs import drafting
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


def _watch(job_id: int) -> None:
    """Show a bar until the job is over; leaving it does not stop the job."""
    job = _look(job_id)
    with click.progressbar(length=1, label="Drafting", file=None) as bar:
        while job.state in LIVE_STATES:
            bar.length = job.all_steps or 1
            bar.update(job.done_steps - bar.pos)
            time.sleep(SECONDS_BETWEEN_LOOKS)
            job = _look(job_id)
    if job.state is not JobState.DONE:
        raise click.ClickException(_problem_of(job))


def _look(job_id: int) -> Job:
    with reading(), installation().sessions() as session:
        return jobs.get_job(session, job_id)


def _problem_of(job: Job) -> str:
    """Say why a job is over without being done."""
    problem = problems.find(job.problem)
    if problem is None:
        return job.problem or f"job {job.id} is {job.state.value}"
    said = [codes.word("en", problem.code, **problem.params)]
    for tag, each in problems.parts(problem).items():
        said.append(f"{tag}: {codes.word('en', each.code, **each.params)}")
    return "\n".join(said)
