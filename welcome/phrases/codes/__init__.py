"""Phrases for enum members, findings, problems and broken rules, by their code."""

from enum import StrEnum

from welcome.phrases import catalogues
from welcome.phrases.codes import (
    acts,
    arranging,
    buddies,
    clearing,
    courses,
    drafts,
    findings,
    keeping,
    needs,
    overseeing,
    problems,
    rules,
    scheme,
    states,
    taking_part,
)

PARTS = (
    *(states, needs, findings, problems, rules, acts, drafts),
    *(scheme, buddies, taking_part, clearing, courses, keeping, overseeing, arranging),
)
PHRASES: dict[str, str] = {
    code: phrase for part in PARTS for code, phrase in part.PHRASES.items()
}

# Stands for what a check looked for and did not find.
NOTHING = "–"


def key(code: StrEnum | str) -> str:
    """Name the phrase of a code: an enum's member by class and value."""
    if isinstance(code, StrEnum):
        return f"{type(code).__name__}.{code.value}"
    return code


def word(tag: str, code: StrEnum | str, /, **params: object) -> str:
    """Say a code in a locale, in other words where nothing was found."""
    phrase = PHRASES[key(code)]
    if params.get("found") == NOTHING:
        phrase = findings.NOTHING_FOUND.get(key(code), phrase)
    return catalogues.phrase(tag, phrase, **params)
