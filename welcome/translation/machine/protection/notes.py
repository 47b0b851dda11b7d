"""What a reviewer should know of a draft, found by comparing it with its source."""

import re
from collections import Counter
from collections.abc import Iterator

from welcome.segmentation.inline import CodeKind, links_in, placeholders, visible_text
from welcome.translation import checks
from welcome.translation.checks import Finding, Severity
from welcome.translation.checks.plain import fold, words_of
from welcome.translation.machine.noted import DraftNote, Note

from . import words
from .pieces import ADDRESSES

# The mean log-probability of a token: what models know lies above, where they talk
# nonsense mostly below (measured on models of known sentences: -0.02 against -0.68).
SURE = -0.5
_DIGITS = re.compile(r"\d+")
# Which of the checks' findings say what of a draft.
_SAID = {
    "same-as-source": DraftNote.UNTRANSLATED,
    "script": DraftNote.WRONG_SCRIPT,
    "too-short": DraftNote.LENGTH,
    "too-long": DraftNote.LENGTH,
}
_OF_FACTS = frozenset(
    {
        "address",
        "code",
        "link-changed",
        "number-digit",
        "number-extra",
        "money-currency",
    }
)


def find(
    source: str,
    draft: str,
    confidence: float | None,
    tags: tuple[str, str],
    region: str,
) -> Iterator[Note]:
    """Find what is odd; `tags` are the locales of source and draft."""
    found = checks.run(source, draft, tag=tags[1], source_tag=tags[0], region=region)
    yield from _facts(source, draft, found)
    for finding in found:
        if code := _SAID.get(finding.code):
            yield Note(code, finding.params)
    said, own = words_of(draft), words_of(source)
    repeated = words.find_repeated(said)
    if repeated and not words.find_repeated(own):
        yield Note(DraftNote.REPETITION, {"found": repeated})
    if confidence is not None and confidence < SURE:
        yield Note(DraftNote.UNSURE)


def _facts(source: str, draft: str, found: list[Finding]) -> Iterator[Note]:
    """Say which facts are lost or added: by the checks, and figure by figure."""
    missing, added = _kept(source) - _kept(draft), _kept(draft) - _kept(source)
    lost = dict.fromkeys(missing)
    new = dict.fromkeys(added)
    for finding in found:
        if finding.code in _SAID or not _is_of_facts(finding):
            continue
        wanted, given = finding.params.get("missing"), finding.params.get("found")
        if wanted and wanted != "–":
            lost.setdefault(wanted)
        elif given and given != "–":
            new.setdefault(given)
    if lost:
        yield Note(DraftNote.FACT_LOST, {"missing": ", ".join(lost)})
    if new:
        yield Note(DraftNote.FACT_ADDED, {"found": ", ".join(new)})


def _is_of_facts(finding: Finding) -> bool:
    is_blocking = finding.severity is Severity.BLOCKING
    return finding.code in _OF_FACTS or (is_blocking and finding.code != "empty")


def _kept(text: str) -> Counter[str]:
    """Count the codes, addresses and figures of a text, in any script's digits."""
    codes = Counter(
        f"{code.opening}…{code.closing}" if code.closing else code.opening
        for code in placeholders(text)
        if code.kind is not CodeKind.BREAK
    )
    pictures = (link.text for link in links_in(text) if link.is_image)
    seen = fold(" ".join([visible_text(text), *pictures]))
    found = [each[0] for each in ADDRESSES.finditer(seen)]
    return codes + Counter([*found, *_DIGITS.findall(seen)])
