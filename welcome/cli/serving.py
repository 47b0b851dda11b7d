"""`welcome serve`, `worker`, `up`: the processes of an installation."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module

import click
from gunicorn.app import wsgiapp
from sqlalchemy.exc import SQLAlchemyError

from welcome import clock, config
from welcome.cli import database, demo, together
from welcome.cli.installation import installation, let_go
from welcome.jobs import catching_up

WORKERS = 2


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=config.PORT, show_default=True)
@click.option("--threads", default=8, show_default=True)
@click.option("--processes", default=1, show_default=True)
@click.option("--with-worker", is_flag=True, help="Also run a worker beside it.")
def serve(
    host: str, port: int, threads: int, processes: int, *, with_worker: bool
) -> None:
    """Serve the site."""
    options = [
        "--bind", f"{host}:{port}",
        "--worker-class", "gthread", "--workers", str(processes),
        "--threads", str(threads), "--access-logfile", "/dev/null",
        "--no-control-socket",
    ]  # fmt: skip
    acts = [partial(_answer, options)]
    if with_worker:
        acts.append(partial(_work, WORKERS))
    _catch_up()
    let_go()
    raise SystemExit(together.run(acts))


@click.command()
@click.option("--processes", default=WORKERS, show_default=True)
def worker(processes: int) -> None:
    """Do the work that comes after the response."""
    _catch_up()
    _work(processes)


@click.command()
@click.option("--port", default=config.PORT, show_default=True)
@click.pass_context
def up(context: click.Context, port: int) -> None:
    """Prepare the database, load the demonstration once, and serve with a worker."""
    if config.load().site_url == config.Settings.site_url:
        # Pages, letters and prints name the address that is printed here.
        os.environ["WELCOME_SITE_URL"] = f"http://127.0.0.1:{port}"
    database.prepare()
    demo.complete()
    click.echo(f"\nThe pack:  http://127.0.0.1:{port}/")
    click.echo(f"For staff: http://127.0.0.1:{port}/-/\n")
    demo.introduce()
    context.invoke(serve, port=port, with_worker=True)


def _catch_up() -> None:
    """Do again what a copy of the database does not know; raises NotApplied.

    A database that does not answer is waited for: then the first request looks.
    """
    opened = installation()
    with suppress(SQLAlchemyError):
        catching_up.catch_up(opened.sessions, opened.settings.instance, now=clock.now())


def _answer(options: Sequence[str]) -> None:
    sys.argv = ["gunicorn", *options, "welcome.cli.application:make_app()"]
    wsgiapp.run(prog="welcome serve")


def _work(processes: int) -> None:
    # Loaded beside the server, not before it: the queue library takes its time.
    working = import_module("welcome.jobs.worker")
    working.serve(installation().settings, workers=processes)
