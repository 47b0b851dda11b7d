"""What a check says about a target, and the pair of texts it looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """What a finding stops."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing a person should look at; `params` fill its sentence."""

    code: str
    severity: Severity
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Pair:
    """A source text, the target made from it, and what is needed to compare them."""

    source: str
    target: str
    tag: str
    source_tag: str = "en"
    region: str = "GB"


def block(code: str, **params: str) -> Finding:
    """Make a finding that stops acceptance."""
    return Finding(code, Severity.BLOCKING, params)


def warn(code: str, **params: str) -> Finding:
    """Make a finding that asks for a second look."""
    return Finding(code, Severity.WARNING, params)


def remark(code: str, **params: str) -> Finding:
    """Make a finding that is often nothing."""
    return Finding(code, Severity.NOTE, params)
