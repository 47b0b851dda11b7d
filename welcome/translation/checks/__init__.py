"""Automatic quality control: what is certainly wrong blocks, the rest is said."""

from collections.abc import Iterable
from functools import lru_cache

from welcome.segmentation.caps import find_excess_in_text

from . import language, markup, values
from .findings import Finding, Pair, Severity, block

__all__ = ["Finding", "Pair", "Severity", "blocking", "run"]

_CHECKS = (
    language.same_as_source,
    language.script,
    values.check,
    markup.facts,
    markup.marks_of_programs,
    markup.links,
    markup.addresses,
    markup.broken,
    markup.code,
    language.source_left,
    language.length,
    language.final_mark,
    language.repeated_word,
    markup.emphasis,
)
_ORDER = (Severity.BLOCKING, Severity.WARNING, Severity.NOTE)


def run(
    source: str, target: str, *, tag: str, source_tag: str = "en", region: str = "GB"
) -> list[Finding]:
    """Compare a target with its source; what blocks comes first.

    `tag` is the target's locale, `region` (ISO 3166) where phone numbers without a
    country code are dialled. Gives at most one finding for each code.
    """
    return list(_run(Pair(source, target, tag, source_tag, region)))


def blocking(findings: Iterable[Finding]) -> list[str]:
    """List the codes of the findings that stop acceptance."""
    return [each.code for each in findings if each.severity is Severity.BLOCKING]


# Three kilobytes each: a dozen megabytes in each process, however long it lives.
@lru_cache(maxsize=4_000)
def _run(pair: Pair) -> tuple[Finding, ...]:
    """Run the checks once for each pair: a desk shows the same texts again and again."""
    nothing = tuple(language.empty(pair))
    if nothing or not pair.source.strip():
        return nothing
    # Reading links takes time that grows with the square of the brackets.
    if find_excess_in_text(pair.target) or find_excess_in_text(pair.source):
        return (block("too-heavy"),)
    found = [finding for check in _CHECKS for finding in check(pair)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))
