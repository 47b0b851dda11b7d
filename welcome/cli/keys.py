"""`welcome keys …`: changing the keys that seal, while people work."""

import click

from welcome import clock, keys
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import Installation, installation
from welcome.database import keyring_on, reading
from welcome.errors import RuleBroken
from welcome.keys import Counts
from welcome.sealing import Keyring
from welcome.since import lines, machines
from welcome.tables import metadata

DROPPED = "The old keys are gone."
KEEP = (
    "Backups from before hold what the old keys sealed: keep a copy of the old"
    " secrets.toml as long as you keep them, or make a new one now: welcome backup"
)


class OtherMachines(RuleBroken):
    """Others work on the database and do not have the new key."""

    code = "other_machines"


@click.group("keys")
def keys_group() -> None:
    """Change the keys that seal, and look whether everything opens."""


@keys_group.command()
@click.option(
    "--finish", is_flag=True, help="Drop the old keys, once nothing needs them."
)
@AS_JSON
def rotate(*, finish: bool, as_json: bool) -> None:
    """Seal everything with a new key; what is killed on the way goes on when run again."""
    opened = installation()
    _refuse_others(opened)
    if finish:
        dropped = keys.finish(opened.sessions, opened.settings, metadata)
        sentences = [DROPPED, KEEP] if dropped else ["There are no old keys."]
        say({"dropped": dropped}, sentences, as_json=as_json)
        return
    added = keys.add_key(opened.settings)
    sealed = keys.seal_anew(opened.sessions, _ring(opened), metadata)
    told = {"added": added, "sealed_anew": sealed}
    begin = "A new key was added." if added else "A new key was there already."
    ending = "Then drop the old keys: welcome keys rotate --finish"
    sentences = [
        begin,
        f"{sealed} texts were sealed anew.",
        "Keep a copy of secrets.toml.",
    ]
    say(told, [*sentences, ending], as_json=as_json)


@keys_group.command()
@AS_JSON
def check(*, as_json: bool) -> None:
    """Open everything that lies sealed; exit code 1 where something does not open."""
    opened = installation()
    with reading(), opened.sessions() as session:
        found = keys.count(session, _ring(opened), metadata)
    known = {name: vars(each) for name, each in found.items()}
    is_broken = any(each.broken for each in found.values())
    say({"tables": known}, map(_line, found, found.values()), as_json=as_json)
    raise SystemExit(is_broken)


def _line(name: str, counts: Counts) -> str:
    return (
        f"{name:20} {counts.newest:8} by the newest key, {counts.older} by older ones,"
        f" {counts.broken} do not open"
    )


def _ring(opened: Installation) -> Keyring:
    """Read the keys as the file has them now."""
    return keyring_on(opened.engine.dialect)


def _refuse_others(opened: Installation) -> None:
    """Refuse while other machines are alive; raises OtherMachines."""
    own, now = lines.name_of(opened.settings.instance), clock.now()
    with reading(), opened.sessions() as session:
        heard = [
            each.host or each.name
            for each in machines.list_machines(session)
            if each.name != own and machines.is_heard(each, now)
        ]
    if heard:
        raise OtherMachines(names=", ".join(heard))
