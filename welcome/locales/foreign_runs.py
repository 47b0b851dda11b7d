"""Find what must be read from left to right in a text: words, numbers, quotations."""

from collections.abc import Iterable, Iterator

import regex

Run = tuple[int, int]

# Stands for what is shown inside a text and is isolated already.
OBJECT = "\ufffc"
# A line that is broken on purpose: what stands on both sides belongs not together.
BREAK = "\u2028"

_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\"']*[\w/=&#+-]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
# Brackets inside a number, like +44 (0)300, are closed there; one around it is not its own.
_PHONE = (
    r"(?<![\w.])(?:\+\d|\([0٠۰]\d*\)|[0٠۰])"
    r"(?:[ \u00a0]?[./-]?(?:\d|\(\d+\))){5,}"
)
_CLOCK = (
    r"(?<![\d.:£€$])(?:\d{1,2}(?:[:.]\d\d)?[ \u00a0]?[ap]\.?m\b\.?"
    r"|\d{1,2}:\d\d(?![\d:]|\.\d))"
)
_TIME = rf"(?:{_CLOCK})(?:[ \u00a0]?[–-][ \u00a0]?(?:{_CLOCK}))*"
_SPACE = r"[ \u00a0\u202f\t\n]"
_RTL = r"\p{bc=R}\p{bc=AL}،"
_LETTER = r"[\p{bc=L}&&[\p{L}\p{M}]]"
_ATOM = (
    rf"(?:[+\-]?[0-9]|[£€$][0-9]|{_LETTER})"
    rf"(?:[0-9\p{{M}}£€$%@:/.,_?=&#+~'’–\-{_LETTER}]*[0-9\p{{M}}£€$%/{_LETTER}])?"
)
_WORDS = rf"{_ATOM}(?:{_SPACE}+{_ATOM})*"
_FACT = r"\{\{[^{}]*\}\}"


def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern, regex.VERSION1)


_IN_LTR = _compiled(rf"{_ADDRESS}|{_PHONE}|{_TIME}")
_IN_RTL = _compiled(rf"{_FACT}|{_ADDRESS}|{_PHONE}|{_WORDS}|{_TIME}")
_RIGHT_TO_LEFT = _compiled(rf"[{_RTL}]")
_WORD = _compiled(_LETTER)
_DIGIT = _compiled(r"\d")
# These commas and signs are not those of Arabic script, so they belong to the words.
_BETWEEN_WORDS = _compiled(rf"[,;]{_SPACE}+|{_SPACE}+[&+/]{_SPACE}+")
_BETWEEN_NUMBERS = _compiled(rf"{_SPACE}*[–\-]{_SPACE}*")
_OWN_MARK = _compiled(r"\?|(?<=[ap]\.m)\.")
_SENTENCE_END = _compiled(r"[.!?…][”’\"»)\]]*$")
_SMALL_WORD = _compiled(r"\s\p{Ll}")
_QUOTATION = _compiled(
    "|".join(
        (
            rf"“[^“”{_RTL}]*”",
            rf"„[^„“”{_RTL}]*[“”]",
            rf"«[^«»{_RTL}]*»",
            rf"(?<![^\s(\[])\"(?=\S)[^\"{_RTL}]*(?<=\S)\"",
            # A sign of omission, as in don’t, looks like the end of a quotation.
            rf"‘(?:[^‘’{_RTL}]|’(?=\p{{L}}))*’(?!\p{{L}})",
            # In brackets a stop is the words' own; the brackets are the text's.
            rf"(?<=\()[^(){_RTL}]*[.!?…](?=\))",
        )
    )
)


def find_runs(text: str, elements: Iterable[Run], *, is_rtl: bool) -> list[Run]:
    """List what is read from left to right in a paragraph, in order, as (start, end).

    `elements` says where bold words, links and the like stand in it. In right-to-left
    text a run is a foreign quotation or sentence with its own punctuation, or foreign
    words and numbers without the punctuation of the sentence around them. In
    left-to-right text only numbers and addresses need to be kept in one piece.
    """
    if not is_rtl:
        return [found.span() for found in _IN_LTR.finditer(text)]
    whole = _apart([*_quotations(text), *_sentences(text, elements)])
    runs, at = list[Run](), 0
    for start, end in whole:
        runs += _phrases(text, at, start)
        runs.append((start, end))
        at = end
    return runs + _phrases(text, at, len(text))


def _quotations(text: str) -> Iterator[Run]:
    for found in _QUOTATION.finditer(text):
        if _WORD.search(found[0]):
            yield found.span()


def _sentences(text: str, elements: Iterable[Run]) -> Iterator[Run]:
    """Give what is foreign from its first word to its own full stop."""
    start, end = _trimmed(text, 0, len(text))
    if _is_foreign(text, start, end) and _has_end(text[start:end]):
        yield start, end
    for element in elements:
        start, end = _trimmed(text, *element)
        if _is_foreign(text, start, end) and _is_sentence(text[start:end]):
            yield start, end


def _is_foreign(text: str, start: int, end: int) -> bool:
    has_own = _RIGHT_TO_LEFT.search(text, start, end)
    return not has_own and _WORD.search(text, start, end) is not None


def _has_end(words: str) -> bool:
    return len(words.split()) > 1 and _SENTENCE_END.search(words) is not None


def _is_sentence(words: str) -> bool:
    """Tell a sentence from a name: the stop after a name is that of the text around."""
    begins = words.lstrip('“‘"«„')[:1].isupper()
    return begins and _SMALL_WORD.search(words) is not None and _has_end(words)


def _trimmed(text: str, start: int, end: int) -> Run:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


def _apart(runs: Iterable[Run]) -> list[Run]:
    """Keep of runs that overlap the one that begins first, or is longest."""
    kept = list[Run]()
    for run in sorted(runs, key=lambda run: (run[0], -run[1])):
        if not kept or run[0] >= kept[-1][1]:
            kept.append(run)
    return kept


def _phrases(text: str, start: int, end: int) -> list[Run]:
    """List foreign words and numbers between two places, what belongs together joined."""
    runs = list[Run]()
    for found in _IN_RTL.finditer(text, start, end):
        run = found.start(), found.end()
        if mark := _OWN_MARK.match(text, run[1], end):
            run = run[0], mark.end()
        if runs and _belong_together(text, runs[-1], run):
            run = runs.pop()[0], run[1]
        runs.append(run)
    return runs


def _belong_together(text: str, one: Run, other: Run) -> bool:
    between = text[one[1] : other[0]]
    if _BETWEEN_WORDS.fullmatch(between):
        sign = _WORD
    elif _BETWEEN_NUMBERS.fullmatch(between):
        sign = _DIGIT
    else:
        return False
    return all(sign.search(text, *run) for run in (one, other))
