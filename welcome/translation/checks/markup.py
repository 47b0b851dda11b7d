"""Facts, placeholders, links and marks that a target must keep whole."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from welcome.segmentation.inline import (
    ANY_FACT,
    CodeKind,
    facts_in,
    links_in,
    placeholders,
    visible_text,
    without_code,
)

from .findings import Finding, Pair, block, remark, warn

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\d)%[sd]\b|(?<![{\w])\{\w*\}(?!\})")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\])»”，。]+")
# What is left of a mark once everything that could be read as markup is gone.
_STRAY = re.compile(
    r"\*\*|(?<!\w)\*(?=\w)|__(?=\w)|\]\(|\]\s*\((?=https?:|mailto:|tel:|/)|(?<!`)`(?!`)"
    r"|</?[A-Za-z][^<>]*>"
)
_DIALLED = ("tel", "sms", "mailto")
_LANGUAGE = re.compile(r"^(?:www\.)?(?:[a-z]{2}(?:-[a-z]{2,4})?\.(?=[\w-]+\.\w))?")


def facts(pair: Pair) -> Iterator[Finding]:
    """Find facts that the target lacks, adds, or calls by another name."""
    wanted, given = set(facts_in(pair.source)), set(facts_in(pair.target))
    odd = {name.strip() for name in ANY_FACT.findall(without_code(pair.target))} - given
    odd -= set(ANY_FACT.findall(without_code(pair.source)))
    if missing := wanted - given:
        yield block("fact-missing", missing=_braced(missing))
    if extra := (given | odd) - wanted:
        yield block("fact-extra", found=_braced(extra))


def marks_of_programs(pair: Pair) -> Iterator[Finding]:
    """Find placeholders such as %s or {name} lost or added."""
    wanted = Counter(_PLACEHOLDER.findall(without_code(pair.source)))
    given = Counter(_PLACEHOLDER.findall(without_code(pair.target)))
    if missing := wanted - given:
        yield block("placeholder", missing=", ".join(sorted(missing)))
    elif extra := given - wanted:
        yield block("placeholder-extra", found=", ".join(sorted(extra)))


def links(pair: Pair) -> Iterator[Finding]:
    """Find links and images lost, added or led elsewhere."""
    wanted = Counter(link.target for link in links_in(pair.source))
    given = Counter(link.target for link in links_in(pair.target))
    if wanted.total() != given.total():
        counts = {"wanted": str(wanted.total()), "found": str(given.total())}
        yield block("link-count", **counts)
        return
    missing, extra = wanted - given, given - wanted
    if not missing:
        return
    params = {"missing": ", ".join(sorted(missing)), "found": ", ".join(sorted(extra))}
    if any(
        target.partition(":")[0].lower() in _DIALLED for target in [*missing, *extra]
    ):
        yield block("link-contact", **params)
    elif sorted(map(_host, missing.elements())) == sorted(map(_host, extra.elements())):
        yield remark("link-localised", **params)
    else:
        yield warn("link-changed", **params)


def addresses(pair: Pair) -> Iterator[Finding]:
    """Find web addresses in the text that got lost."""
    wanted, given = _addresses(pair.source), _addresses(pair.target)
    if missing := wanted - given:
        yield warn("address", missing=", ".join(sorted(missing)))


def broken(pair: Pair) -> Iterator[Finding]:
    """Find marks of Markdown left over as text."""
    stray = _stray(pair.target) - _stray(pair.source)
    if stray:
        yield block("broken-markup", found=" ".join(sorted(stray)))


def emphasis(pair: Pair) -> Iterator[Finding]:
    """Find more or less emphasis than in the source."""
    kinds = (CodeKind.STRONG, CodeKind.EMPHASIS)
    wanted, given = _count(pair.source, *kinds), _count(pair.target, *kinds)
    if wanted != given:
        yield remark("emphasis", wanted=str(wanted), found=str(given))


def code(pair: Pair) -> Iterator[Finding]:
    """Find words in back-ticks that were changed."""
    wanted, given = _code(pair.source), _code(pair.target)
    if wanted != given:
        missing = ", ".join(sorted(wanted - given)) or "–"
        yield warn(
            "code", missing=missing, found=", ".join(sorted(given - wanted)) or "–"
        )


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in sorted(names))


def _host(target: str) -> str:
    """Name the site of a link without its language: uk.example.org is example.org."""
    try:
        host = urlsplit(target).hostname or ""
    except ValueError:
        return target
    return _LANGUAGE.sub("", host)


def _addresses(text: str) -> set[str]:
    found = _ADDRESS.findall(visible_text(without_code(text)))
    return {address.rstrip(".,;:!?)۔،。") for address in found}


def _stray(text: str) -> set[str]:
    return {mark.strip() for mark in _STRAY.findall(visible_text(without_code(text)))}


def _count(text: str, *kinds: CodeKind) -> int:
    return sum(code.kind in kinds for code in placeholders(text))


def _code(text: str) -> Counter[str]:
    return Counter(
        code.opening.strip("` ")
        for code in placeholders(text)
        if code.kind is CodeKind.CODE
    )
