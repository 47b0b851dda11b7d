"""Phrases for enum members, findings, problems and broken rules, by their code."""

from enum import StrEnum

from welcome.phrases import catalogues
from welcome.phrases.codes import (
    acts,
    buddies,
    clearing,
    drafts,
    findings,
    needs,
    problems,
    rules,
    scheme,
    states,
    taking_part,
)

PHRASES: dict[str, str] = {
    **states.PHRASES,
    **needs.PHRASES,
    **findings.PHRASES,
    **problems.PHRASES,
    **rules.PHRASES,
    **acts.PHRASES,
    **drafts.PHRASES,
    **scheme.PHRASES,
    **buddies.PHRASES,
    **taking_part.PHRASES,
    **clearing.PHRASES,
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
