"""The file of weights and rules: TOML, every key known, nothing guessed."""

import tomllib
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from welcome.buddies.rules.policy import Policy, Weights
from welcome.buddies.rules.vocabulary import Level
from welcome.buddies.spreadsheets.columns import FURTHEST_KM
from welcome.errors import RuleBroken

KEYS = {
    "weights": frozenset(each.name for each in fields(Weights)),
    "rules": frozenset({"minimum_level", "reach_km", "sharing"}),
}


class BadRulesFile(RuleBroken):
    """The file of weights is no TOML, or says something nobody knows."""

    code = "bad_rules_file"


def read_rules(path: Path | None, organisations: Sequence[str]) -> Policy:
    """Read a policy; organisations are named as in the spreadsheets.

    Raises BadRulesFile, WeightOutOfRange and WeightsNotHundred.
    """
    if path is None:
        return Policy()
    given = _read(path)
    rules = given.get("rules", {})
    defaults = Policy()
    return Policy(
        minimum=_level(path, rules.get("minimum_level", defaults.minimum)),
        reach_m=_metres(path, rules.get("reach_km", defaults.reach_m / 1_000)),
        sharing=_sharing(path, rules.get("sharing", []), organisations),
        weights=Weights(**given.get("weights", {})),
    )


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadRulesFile(file=str(path), detail=str(problem)) from None
    for table, values in given.items():
        if table not in KEYS or not isinstance(values, dict):
            raise _unknown(path, table)
        for key in values:
            if key not in KEYS[table]:
                raise _unknown(path, f"{table}.{key}")
    return given


def _level(path: Path, value: object) -> Level:
    if value not in set(Level):
        raise _bad(path, "minimum_level", f"one of {', '.join(Level)}")
    return Level(str(value))


def _metres(path: Path, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad(path, "reach_km", f"a number from 0 to {FURTHEST_KM}")
    if not 0 <= value <= FURTHEST_KM:
        raise _bad(path, "reach_km", f"a number from 0 to {FURTHEST_KM}")
    return round(value * 1_000)


def _sharing(
    path: Path, value: object, organisations: Sequence[str]
) -> frozenset[frozenset[int]]:
    numbers = {name: at for at, name in enumerate(organisations)}
    if not isinstance(value, list):
        raise _bad(path, "sharing", 'a list such as [["Lantern House", "St Anne"]]')
    pairs = set()
    for each in value:
        if not isinstance(each, list) or len(each) != 2:
            raise _bad(path, "sharing", 'a list such as [["Lantern House", "St Anne"]]')
        for name in each:
            if name not in numbers:
                raise _bad(path, "sharing", f"organisations of the files, not {name!r}")
        pairs.add(frozenset(numbers[name] for name in each))
    return frozenset(pairs)


def _unknown(path: Path, key: str) -> BadRulesFile:
    return BadRulesFile(file=str(path), detail=f"nobody knows the key {key!r}")


def _bad(path: Path, key: str, wanted: str) -> BadRulesFile:
    return BadRulesFile(file=str(path), detail=f"{key} must be {wanted}")
