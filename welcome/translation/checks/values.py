"""Values that must be equal in every language, the most particular kind first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from . import dates, money, numbers, phones, times
from .findings import Finding, Pair, block
from .plain import EMAIL, Span, fold, values_of, without


def check(pair: Pair) -> list[Finding]:
    """Compare e-mails, phones, money, dates, times and numbers.

    Each kind takes what it has read out of both texts, so that an hour is not
    counted once more as a number; in the target only what answers to the source.
    """
    findings = list(emails(pair))
    texts = _Texts(pair)
    if not re.search(r"\d", texts.source + texts.target):
        return findings
    for kind in (_phones, _money, _dates, _times):
        findings += kind(texts)
    strict = texts.is_english
    return findings + list(numbers.compare(texts.source, texts.target, strict=strict))


def emails(pair: Pair) -> Iterator[Finding]:
    """Find e-mail addresses that got lost."""
    wanted, given = _emails(pair.source), _emails(pair.target)
    if missing := wanted - given:
        found = ", ".join(sorted(given - wanted)) or "–"
        yield block("email", missing=", ".join(sorted(missing)), found=found)


class _Texts:
    """Both texts while values are taken out of them."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.source, self.target = values_of(pair.source), values_of(pair.target)
        self.is_english = pair.source_tag.split("-")[0] == "en"

    def settle(
        self,
        read: Iterable[Span],
        compared: Iterable[tuple[Finding | None, Span]],
    ) -> list[Finding]:
        """Cut out what was compared; give one finding for each code."""
        results = list(compared)
        self.source = without(self.source, read)
        self.target = without(self.target, [span for _finding, span in results])
        return _merged(finding for finding, _span in results if finding)


def _phones(texts: _Texts) -> list[Finding]:
    wanted = phones.read(texts.source, texts.pair.region)
    given = phones.read(texts.target, texts.pair.region)
    missing = set(wanted.values()) - set(given.values())
    given |= phones.find_written_together(texts.target, missing)
    written = texts.source, texts.target
    texts.source = without(texts.source, wanted)
    texts.target = without(texts.target, given)
    return list(phones.compare(wanted, given, written))


def _money(texts: _Texts) -> list[Finding]:
    wanted = money.read(texts.source, strict=texts.is_english)
    given = money.read(texts.target, strict=False)
    compared = money.compare(wanted, given, texts.target)
    return texts.settle([amount.span for amount in wanted], compared)


def _dates(texts: _Texts) -> list[Finding]:
    wanted = dates.read(texts.source, english=texts.is_english)
    given = dates.read(texts.target, english=False)
    compared = dates.compare(wanted, given, texts.target, texts.pair.tag)
    return texts.settle([date.span for date in wanted], compared)


def _times(texts: _Texts) -> list[Finding]:
    wanted = times.read_source(texts.source)
    given = times.read_target(texts.target)
    compared = times.compare(wanted, given, texts.pair.tag)
    return texts.settle([time.span for time in wanted], compared)


def _emails(text: str) -> set[str]:
    counted = Counter(found.lower() for found in EMAIL.findall(fold(text)))
    return set(counted)


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings of one code: one override answers for all of them."""
    joined: dict[str, Finding] = {}
    for finding in findings:
        before = joined.get(finding.code)
        params = dict(finding.params)
        if before:
            for name, value in before.params.items():
                pieces = dict.fromkeys([*value.split(", "), *params[name].split(", ")])
                some = [each for each in pieces if each != "–"]
                params[name] = ", ".join(some or pieces)
        joined[finding.code] = Finding(finding.code, finding.severity, params)
    return list(joined.values())
