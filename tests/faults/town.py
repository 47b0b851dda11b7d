"""The pack that is hurt: the town's, with enough pages that work on it takes a while."""

from pathlib import Path

from tests import packs_on_disk

PAGES = 16
SECTION = """\
+++
id = "section-{number}"
title = "Section {number}"
summary = "What to know about number {number}."
group = "living-here"
+++

This is section {number} of the pack, as of {edition}.

1. Take your papers of section {number} with you.
2. Ask for the form of section {number}.
3. Bring it back within {number} days, as of {edition}.

Call {{{{council-line}}}} if anybody says no in section {number}.
"""


def write(folder: Path, edition: str = "the first day") -> Path:
    """Write the pack as files; every section says as of when it is."""
    sections = {
        f"en/{number:02}-section-{number}.md": SECTION.format(
            number=number, edition=edition
        )
        for number in range(10, 10 + PAGES)
    }
    files = packs_on_disk.TOWN | packs_on_disk.URDU | sections
    return packs_on_disk.write_files(folder, files)
