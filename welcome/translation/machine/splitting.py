"""Sentences: engines were trained on one at a time. Needs no model and no network."""

import re

# A mark that ends a sentence, what closes behind it, and a blank; or, in scripts that
# put no blanks, the mark alone.
_END = re.compile(
    r"(?P<mark>[.!?…؟۔।॥።፧]+)(?P<close>[\"'”’»)\]*_⟧]*)(?=\s+(?P<next>\S))"
    r"|[。！？｡]+[」』”’）】》]*"
)
# What a full stop belongs to, in the languages packs are written in.
_SHORTENED = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "no", "nos", "vs",
    "approx", "tel", "ext", "inc", "ltd", "co", "e.g", "i.e", "cf", "p", "pp",
    "a.m", "p.m", "m", "mme", "mlle", "mm", "av", "bd", "env", "hab", "ul", "al",
    "os", "pl", "r", "rok", "godz", "str", "tj", "np", "m.in", "tzn", "nr", "dot",
    "im", "itp", "itd", "ok", "tys", "mln", "św", "ks", "śp", "gł", "woj", "pow",
    "gm", "kod", "pon", "wt", "śr", "czw", "pt", "sob", "nd", "pkt", "poz",
    "ust", "ww", "wlkp", "bl", "ei", "er", "un", "z.b", "bzw", "ca", "usw", "u.a",
    "d.h", "abs", "str.", "ул", "д", "кв", "обл", "р", "г", "руб", "коп", "тыс",
    "млн", "стор", "див", "тел", "вул", "буд",
})  # fmt: skip
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«]*$")
# What counts the sentence that follows: "1. Go".
_NUMBER = re.compile(r"\d{1,3}")
_INITIAL = re.compile(r"[^\W\d_]")
_BLANKS = re.compile(r"\s+")


def split(text: str) -> list[str]:
    """Split a text into sentences; joined by blanks they say the same.

    Line breaks are blanks. A text without letters is one sentence; an empty one none.
    """
    text = _BLANKS.sub(" ", text).strip()
    sentences, start = [], 0
    for end in _END.finditer(text):
        if end["mark"] and not _ends(text[start : end.start()], end):
            continue
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    sentences.append(text[start:].strip())
    return [each for each in sentences if each]


def _ends(before: str, end: re.Match[str]) -> bool:
    """Tell whether a mark ends the sentence before it."""
    following = end["next"]
    if following.islower():
        return False
    if end["mark"] != "." or end["close"]:
        return True
    found = _WORD_BEFORE.search(before)
    word = found[0] if found else ""
    if _INITIAL.fullmatch(word) and word.isupper():
        return False
    if word.lower() in _SHORTENED:
        # An hour may end a sentence, a title never does.
        return word.lower() in {"a.m", "p.m"} and following.isupper()
    # A number at the very beginning counts what follows.
    return not (_NUMBER.fullmatch(word) and not before[: -len(word)].strip())
