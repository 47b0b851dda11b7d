"""What went wrong, kept as a code with its parameters, so that it can be said later."""

import json
from typing import Any, NamedTuple

from welcome.errors import WelcomeError

# Parameters are cut to this length until what is kept fits.
LENGTHS = (400, 80, 0)


class Problem(NamedTuple):
    """A code with a phrase, and the parameters that fill it."""

    code: str
    params: dict[str, Any]


def to_json(problem: WelcomeError) -> dict[str, Any]:
    """Give a problem as JSON holds it."""
    return {"code": problem.code, "params": problem.params}


def keep(problem: WelcomeError, most: int) -> str:
    """Write a problem down in at most so many characters."""
    for length in LENGTHS:
        kept = json.dumps(_cut(to_json(problem), length), ensure_ascii=False)
        if len(kept) <= most:
            return kept
    return json.dumps({"code": problem.code, "params": {}})


def find(kept: str) -> Problem | None:
    """Read what `keep` wrote; None where it is the plain text of something else."""
    try:
        given = json.loads(kept)
        return Problem(given["code"], given["params"])
    except (ValueError, TypeError, KeyError):
        return None


def parts(problem: Problem) -> dict[str, Problem]:
    """Give the problems that one is made of, by locale."""
    listed = problem.params.get("problems")
    if not isinstance(listed, dict):
        return {}
    return {tag: Problem(each["code"], each["params"]) for tag, each in listed.items()}


def _cut(value: object, length: int) -> object:
    if isinstance(value, dict):
        return {
            name: each if name == "code" else _cut(each, length)
            for name, each in value.items()
        }
    if isinstance(value, int | None):
        return value
    return str(value)[:length]
