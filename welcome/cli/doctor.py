"""`welcome doctor`: what is missing, and the command that mends it."""

import ctypes.util
import json
import shutil
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import click
from sqlalchemy.exc import SQLAlchemyError

from welcome import config, locales, standing
from welcome.accounts.models import Role
from welcome.cli.answers import AS_JSON
from welcome.cli.installation import LOCAL
from welcome.cli.looking.findings import Finding, fine, missing
from welcome.cli.looking.keeping import look_at_restores, look_at_since
from welcome.cli.looking.models import look_at_models
from welcome.cli.looking.texts import look_at_texts
from welcome.cli.looking.working import (
    look_at_clock,
    look_at_jobs,
    look_at_letters,
    look_at_queue,
    look_at_worker,
)
from welcome.cli.looking.worries import look_at_worries
from welcome.config import Settings
from welcome.database import connect, reading, sessions
from welcome.editions import sharing
from welcome.editions.errors import PrintFailed
from welcome.editions.print import fonts
from welcome.errors import WelcomeError
from welcome.messages import delivery
from welcome.packs.access import list_packs
from welcome.phrases import codes

PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
LEAST_FREE_MB = 500
MAIL_SECONDS = 5


@click.command()
@AS_JSON
def doctor(*, as_json: bool) -> None:
    """Look at everything the product needs and say what is missing."""
    settings = config.load()
    findings = [each for look in LOOKS for each in look(settings)]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings]))
    else:
        for each in findings:
            click.echo(f"{'ok     ' if each.well else 'MISSING'} {each.sentence}")
            if each.mend and not each.well:
                click.echo(f"        mend: {each.mend}")
    raise SystemExit(0 if all(each.well for each in findings) else 1)


def look_at_print(_settings: Settings) -> Iterator[Finding]:
    """Look for the libraries WeasyPrint loads."""
    for name in PANGO:
        found = ctypes.util.find_library(name)
        yield Finding(
            "print",
            bool(found),
            f"{name}: {found or 'not found; PDFs cannot be made'}",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )


def look_at_assets(_settings: Settings) -> Iterator[Finding]:
    """Look for what the set-up fetches: styles, icons and fonts."""
    root = Path(str(resources.files("welcome")))
    for name in ("web/static/vendor/govuk.css", "editions/print/fonts/fonts.conf"):
        yield Finding("assets", (root / name).is_file(), name, "welcome assets fetch")


def look_at_fonts(settings: Settings) -> Iterator[Finding]:
    """Look for the families that the packs' locales are printed in."""
    engine = connect(settings.database)
    try:
        with reading(), sessions(engine)() as session:
            tags = {tag for pack in list_packs(session) for tag in pack.locales}
        fonts.require(locales.get(tag) for tag in tags)
    except SQLAlchemyError:
        # What is wrong with the database is told by itself.
        return
    except PrintFailed as lacking:
        said = str(lacking.params["detail"])
        # Without packs the command looks itself for what content/ needs.
        chosen = f" --locales {','.join(sorted(tags))}" if tags else ""
        yield missing("fonts", said, f"welcome assets fetch{chosen}")
    else:
        yield fine("fonts", f"fonts for {len(tags)} languages")
    finally:
        engine.dispose()


def look_at_database(settings: Settings) -> Iterator[Finding]:
    """Ask the database where its schema stands."""
    engine = connect(settings.database)
    try:
        stands, newest = standing.stands_at(engine)
    except SQLAlchemyError as problem:
        said = str(getattr(problem, "orig", problem)).strip()
        # Our own file is there once it is made; a server has to be started.
        mend = "start it, or correct database_url in instance/config.toml"
        yield missing(
            "database", f"the database does not answer: {said}",
            mend if settings.database_url else "welcome db upgrade",
        )  # fmt: skip
        return
    finally:
        engine.dispose()
    yield Finding(
        "database",
        stands == newest,
        f"{engine.dialect.name} at schema step {stands or 'none'} of {newest}",
        "welcome db upgrade",
    )


def look_at_secrets(settings: Settings) -> Iterator[Finding]:
    """Look whether the keys are there and nobody else can read them."""
    file = settings.instance / "secrets.toml"
    if not file.exists():
        yield missing("secrets", f"{file} is not there", "welcome db upgrade")
        return
    private = not file.stat().st_mode & 0o077
    yield Finding(
        "secrets",
        private,
        f"{file} can be read by its owner alone",
        f"chmod 600 {file}",
    )


def look_at_mail(settings: Settings) -> Iterator[Finding]:
    """Greet the mail server, where one is set."""
    if not settings.mail_server:
        yield fine("mail", "no mail server is set: letters go to instance/mail/")
        return
    try:
        context = ssl.create_default_context()
        with delivery.open_server(settings, context, seconds=MAIL_SECONDS) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as problem:
        said = f"{settings.mail_server}:{settings.mail_port} does not answer: {problem}"
        yield missing("mail", said, "correct mail_server in instance/config.toml")
        return
    yield fine("mail", f"{settings.mail_server} answers")


def look_at_disk(settings: Settings) -> Iterator[Finding]:
    """Look how much room is left where editions are written."""
    folder = settings.instance if settings.instance.exists() else Path()
    free = shutil.disk_usage(folder).free // 1024**2
    yield Finding(
        "disk",
        free >= LEAST_FREE_MB,
        f"{free} MB free under {folder}",
        f"make room: welcome needs at least {LEAST_FREE_MB} MB to write editions",
    )


def look_at_editions(settings: Settings) -> Iterator[Finding]:
    """Look whether every machine finds what is published from this one."""
    if not settings.editions_folder and not settings.editions_store:
        return
    named = settings.editions_store or settings.editions_folder
    try:
        sharing.ready(settings)
    except WelcomeError as problem:
        said = codes.word("en", problem.code, **problem.params)
        mend = "correct instance/config.toml, then: welcome editions check --mend"
        yield missing("editions", said, mend)
    else:
        yield fine("editions", f"editions are shared in {named}")


def look_at_site(settings: Settings) -> Iterator[Finding]:
    """Look whether the address printed in packs can be reached from elsewhere."""
    local = urlsplit(settings.site_url).hostname in LOCAL
    word = "only reachable on this machine" if local else "the public address"
    yield fine("site", f"site_url {settings.site_url}: {word}")


def look_at_second_step(settings: Settings) -> Iterator[Finding]:
    """Look whether those who can do most are asked for more than a password."""
    unknown = sorted(set(settings.second_step_required) - set(Role))
    named = ", ".join(unknown or settings.second_step_required) or "no role"
    yield Finding(
        "second step",
        not unknown,
        f"second_step_required: {named}{' is no role' if unknown else ''}",
        f"name roles in instance/config.toml: {', '.join(Role)}",
    )


def look_at_proxies(settings: Settings) -> Iterator[Finding]:
    """Look whether visitors can be told apart behind what speaks https for us."""
    number = settings.trusted_proxies
    # `welcome serve` speaks plain HTTP: something else stands before a safe address.
    alike = settings.site_url.startswith("https://") and not number
    told = ": all visitors seem to be the one in front of us" if alike else ""
    yield Finding(
        "proxies",
        not alike,
        f"trusted_proxies {number}{told}",
        "set trusted_proxies = 1 in instance/config.toml, or how many stand in front",
    )


LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    look_at_secrets,
    look_at_database,
    look_at_restores,
    look_at_since,
    look_at_worker,
    look_at_queue,
    look_at_jobs,
    look_at_clock,
    look_at_assets,
    look_at_fonts,
    look_at_print,
    look_at_mail,
    look_at_texts,
    look_at_letters,
    look_at_worries,
    look_at_disk,
    look_at_models,
    look_at_editions,
    look_at_site,
    look_at_second_step,
    look_at_proxies,
)
