"""Whether a target is written in its own language at all."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from welcome.locales import registry
from welcome.segmentation.inline import inline_tree, without_code

from .findings import Finding, Pair, block, remark, warn
from .plain import CUT, words_of

_LETTERS = regex.compile(r"\p{L}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS = {
    "Hans": ("Han",),
    "Hant": ("Han",),
    "Jpan": ("Han", "Hiragana", "Katakana"),
    "Kore": ("Hangul", "Han"),
}
# Scripts in which a foreign name or address is not a large part of a text.
_LEAST_SHARE, _LEAST_LATIN = 0.2, 0.6
_LEAST_LETTERS = 20
_RUN = 6
_LONGEST_TERM = 6
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
# Letters of a target for one letter of English, where it is far from one.
_LENGTHS = {"Hans": 0.35, "Hant": 0.35, "Jpan": 0.5, "Kore": 0.55, "Ethi": 0.7}
_LENGTHS |= {"Arab": 0.85, "Hebr": 0.8}
_SHORTEST, _LONGEST, _LONG_ENOUGH = 0.4, 2.2, 40

_ENDS = {
    ".": ".。।۔։．።",
    "?": "?؟？՞",
    "!": "!！՜",
    ":": ":：፡",
    "…": "…",
}
_CLOSING = " *_`\"'])}»”“’‘」』）】›[("
_NO_ENDS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Armn", "Jpan"})


def empty(pair: Pair) -> Iterator[Finding]:
    """Find that there is no text."""
    if pair.source.strip() and not pair.target.strip():
        yield block("empty")


def same_as_source(pair: Pair) -> Iterator[Finding]:
    """Find that the text is the source once more."""
    count = len(_words(pair.source))
    if pair.source.split() != pair.target.split() or count < 3:
        return
    is_term = _bare(words_of(pair.source)) in _terms(pair.source)
    yield (warn if is_term and count <= _LONGEST_TERM else block)("same-as-source")


def script(pair: Pair) -> Iterator[Finding]:
    """Find text in another script than that of its language."""
    text = _without_terms(pair, words_of(pair.target))
    name = script_of(pair.tag)
    letters = _LETTERS.findall(text)
    if len(letters) < _LEAST_LETTERS or pair.source.split() == pair.target.split():
        return
    share = sum(bool(_in_script(name).match(letter)) for letter in letters) / len(
        letters
    )
    if share < (_LEAST_LATIN if name == "Latn" else _LEAST_SHARE):
        yield block("script", share=f"{share:.0%}")


def source_left(pair: Pair) -> Iterator[Finding]:
    """Find a sentence of the source left inside."""
    wanted = _words(pair.source)
    given = _WORD.findall(_without_terms(pair, words_of(pair.target)))
    if pair.source.split() == pair.target.split():
        return
    runs = {tuple(wanted[at : at + _RUN]) for at in range(len(wanted) - _RUN + 1)}
    for at in range(len(given) - _RUN + 1):
        run = given[at : at + _RUN]
        # A name is kept on purpose.
        if tuple(run) in runs and sum(word.islower() for word in run) >= _RUN / 2:
            yield warn("source-left", found=" ".join(run))
            return


def length(pair: Pair) -> Iterator[Finding]:
    """Find text far shorter or longer than its language needs."""
    source, target = words_of(pair.source).strip(), words_of(pair.target).strip()
    if len(source) < _LONG_ENOUGH or not target:
        return
    expected = _LENGTHS.get(script_of(pair.tag), 1.0) / _LENGTHS.get(
        script_of(pair.source_tag), 1.0
    )
    ratio = (len(target) + 10) / ((len(source) + 10) * expected)
    if ratio < _SHORTEST:
        yield warn("too-short", share=f"{ratio:.0%}")
    elif ratio > _LONGEST:
        yield warn("too-long", share=f"{ratio:.0%}")


def repeated_word(pair: Pair) -> Iterator[Finding]:
    """Find a word that stands twice in a row."""
    found = _repeated(pair.target)
    if found and not _repeated(pair.source):
        yield remark("repeated-word", found=", ".join(sorted(found)))


def final_mark(pair: Pair) -> Iterator[Finding]:
    """Find another closing mark; above all a question that is none any more."""
    if script_of(pair.tag) in _NO_ENDS:
        return
    wanted, given = _end(pair.source), _end(pair.target, pair.tag)
    if wanted != given and "?" in (wanted, given):
        yield warn("question", wanted=wanted or "–", found=given or "–")
    elif wanted != given:
        yield remark("punctuation", wanted=wanted or "–", found=given or "–")


@cache
def script_of(tag: str) -> str:
    """Give the ISO 15924 script of a locale; Latin where the registry has none."""
    locale = registry.find(tag)
    return locale.script if locale else "Latn"


@cache
def _in_script(name: str) -> regex.Pattern[str]:
    names = _SCRIPTS.get(name, (name,))
    return regex.compile("[" + "".join(rf"\p{{Script={each}}}" for each in names) + "]")


def _words(text: str) -> list[str]:
    return _WORD.findall(words_of(text))


def _terms(text: str) -> set[str]:
    """List what stands out in a text: emphasised, linked or quoted.

    Official terms and names are kept in English beside their translation, because
    that is what letters and signs say.
    """
    tree = inline_tree(without_code(text))
    parts = (part for part in tree.iter() if part.tag in ("strong", "em", "a"))
    marked = ["".join(part.itertext()) for part in parts]
    return {_bare(part) for part in [*marked, *_QUOTED.findall(words_of(text))]} - {""}


def _without_terms(pair: Pair, text: str) -> str:
    for term in sorted(_terms(pair.source), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(term)}(?!\w)", CUT, text)
    return text


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .,:;!?،؛۔。：，")


def _repeated(text: str) -> set[str]:
    pieces = re.findall(r"[^\W\d_]+|[^\w\s]", words_of(text).lower())
    following = pairwise(pieces)
    return {one for one, two in following if one == two and len(one) > 2}


def _end(text: str, tag: str = "en") -> str:
    """Name the kind of mark a text ends with, whatever its script."""
    bare = words_of(text).strip().rstrip(_CLOSING + CUT)
    if bare.endswith("..."):
        return "…"
    if tag == "el" and bare.endswith((";", "\u037e")):
        return "?"
    ends = (kind for kind, signs in _ENDS.items() if bare and bare[-1] in signs)
    return next(ends, "")
