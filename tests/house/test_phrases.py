"""Every enum member and every code that a person may meet has a phrase."""

import importlib
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import pytest

import welcome
from welcome.accounts.journal import Act
from welcome.errors import WelcomeError
from welcome.jobs.handlers import HANDLERS
from welcome.phrases import codes
from welcome.segmentation import CODES

# Values that are never shown: keys of other tables, or marks inside the code.
UNSHOWN = {"Act", "CodeKind", "Op", "Permission"}


def modules():
    for found in pkgutil.walk_packages(welcome.__path__, "welcome."):
        if "migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


ALL = list(modules())


def things(kind: type) -> list[type]:
    found = {
        thing
        for module in ALL
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, kind)
        and thing.__module__.startswith("welcome.")
    }
    return sorted(found, key=lambda thing: (thing.__module__, thing.__name__))


@pytest.mark.parametrize(
    "members",
    [e for e in things(StrEnum) if e.__name__ not in UNSHOWN],
    ids=lambda e: e.__name__,
)
def test_every_member_has_a_phrase(members):
    missing = [m for m in members if codes.key(m) not in codes.PHRASES]
    assert missing == []


@pytest.mark.parametrize("error", things(WelcomeError), ids=lambda e: e.__name__)
def test_every_error_has_a_phrase(error):
    assert error.code in codes.PHRASES


def test_no_code_is_said_in_two_ways():
    assert sum(len(part.PHRASES) for part in codes.PARTS) == len(codes.PHRASES)


def test_every_problem_of_a_document_has_a_phrase():
    assert CODES - set(codes.PHRASES) == set()


def test_every_act_in_the_journal_has_a_phrase():
    written = {
        act
        for file in Path(welcome.__file__).parent.rglob("*.py")
        for act in re.findall(
            r'(?:write|_journal)\(\s*(?:db\(\)|session|self\.session),\s*"([a-z_.]+)"',
            file.read_text("utf-8"),
        )
    }
    assert len(written) >= 16
    written |= set(Act)
    assert written - set(codes.PHRASES) == set()


def test_every_kind_of_job_has_a_phrase():
    assert {f"job:{kind}" for kind in HANDLERS} <= set(codes.PHRASES)
