"""What each role asks for, as an administrator set it: read, checked, written."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from welcome.buddies import policies
from welcome.buddies.clearances.errors import BadRequirements
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.rules.requirements import (
    DEFAULTS,
    ClearanceKind,
    Requirement,
    RequirementSet,
)
from welcome.buddies.rules.vocabulary import BuddyRole

MOST_REFERENCES = 5
MOST_MONTHS = 120
NONE_IS_ENOUGH = "none-is-enough"
Sets = Mapping[BuddyRole, RequirementSet]


def get_sets(session: Session) -> Sets:
    """Return what each role asks for now."""
    newest = policies.find_newest(session, PolicyKind.CLEARANCES)
    return read_settings(newest.settings) if newest else DEFAULTS


def write_settings(sets: Sets) -> dict[str, Any]:
    """Write sets as they are stored."""
    return {role.value: _write(each) for role, each in sets.items()}


def read_settings(settings: Mapping[str, Any]) -> dict[BuddyRole, RequirementSet]:
    """Read sets as they are stored; raises BadRequirements.

    A role that is not there asks for what it asks by default.
    """
    unknown = set(settings) - set(BuddyRole)
    if unknown:
        raise BadRequirements(role=min(unknown), kind="")
    stored = {
        BuddyRole(name): _read(BuddyRole(name), settings[name]) for name in settings
    }
    return {**DEFAULTS, **stored}


def _write(asked: RequirementSet) -> dict[str, Any]:
    kinds = {
        kind.value: {"count": asked.of(kind).count, "months": asked.of(kind).months}
        for kind in ClearanceKind
    }
    return {**kinds, NONE_IS_ENOUGH: asked.none_is_enough}


def _read(role: BuddyRole, stored: object) -> RequirementSet:
    if not isinstance(stored, Mapping) or set(stored) != {
        *ClearanceKind,
        NONE_IS_ENOUGH,
    }:
        raise BadRequirements(role=role, kind="")
    asked = tuple(_read_one(role, kind, stored[kind]) for kind in ClearanceKind)
    if not any(each.count for each in asked):
        raise BadRequirements(role=role, kind="")
    if type(stored[NONE_IS_ENOUGH]) is not bool:
        raise BadRequirements(role=role, kind=ClearanceKind.DBS)
    return RequirementSet(role, asked, stored[NONE_IS_ENOUGH])


def _read_one(role: BuddyRole, kind: ClearanceKind, stored: object) -> Requirement:
    if not isinstance(stored, Mapping) or set(stored) != {"count", "months"}:
        raise BadRequirements(role=role, kind=kind)
    count, months = stored["count"], stored["months"]
    most = MOST_REFERENCES if kind is ClearanceKind.REFERENCE else 1
    fits = _is_number(count, 0, most) and (
        months is None or _is_number(months, 1, MOST_MONTHS)
    )
    if not fits:
        raise BadRequirements(role=role, kind=kind)
    return Requirement(kind, count, months)


def _is_number(value: object, least: int, most: int) -> bool:
    """Say whether it is a whole number within bounds; True is none."""
    return type(value) is int and least <= value <= most
