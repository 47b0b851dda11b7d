"""The command that imports a pack is killed: the old pack is there, or the new."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults import commands, lengths, town
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from welcome.database import reading
from welcome.packs import access, content, versions
from welcome.packs.content import PackSource

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]


def _write(folder: Path, number: int) -> PackSource:
    """Write the pack as of another day; every section says so."""
    return content.read(town.write(folder, f"day {number}"))


def _differing(installation: Installation, source: PackSource) -> list[str]:
    """Name the pages that do not say what a folder says, down to their units."""
    with reading(), installation.sessions() as session:
        pack = access.get_pack(session, source.slug)
        units = versions.units_of_heads(session, pack)
        said = {
            page.name: (version, [each.unit.text for each in units[version.id]])
            for page, version in access.list_heads(session, pack)
        }
    drafts = {page.name: page.draft for page in source.pages}
    assert said.keys() == drafts.keys()
    return [
        name
        for name, (version, texts) in said.items()
        if not versions.is_same(version, drafts[name])
        or texts != [part.text for part in versions.parts_of(drafts[name])]
    ]


def test_import(installation: Installation, fault: Fault) -> None:
    dice, folder = lengths.dice("import"), installation.folder / "town"
    court = Court(installation, fault, Memory())
    number, bring = 1, ("content", "import", str(folder))
    old = _write(folder, number)
    length = commands.measure(installation, bring)
    assert not _differing(installation, old)
    while fault.kills < lengths.kills(share=0.16, short=2):
        number += 1
        new = _write(folder, number)
        after = length.moment(dice)
        fault.kills += commands.run_and_kill(installation, bring, after=after)
        court.look()
        not_old, not_new = _differing(installation, old), _differing(installation, new)
        if not_old and not_new:
            fault.breaks("half states", f"new: {not_old}, old: {not_new}")
        # How fast the machine is changes: go by how long it takes now.
        length = replace(length, whole=commands.run(installation, bring))
        if left := _differing(installation, new):
            fault.breaks("half states", f"imported again, still old: {left}")
        old = new
