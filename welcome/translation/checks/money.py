"""Amounts of money: the currency and the value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .findings import Finding, block, warn
from .numbers import NUMBER, SCALE, STRICT, read_open, readings
from .plain import Span

# Signs stand on either side, words after the amount; stems, because words are inflected.
_SIGNS = {"GBP": "£|GBP", "EUR": "€|EUR", "USD": r"US\$|\$|USD"}
_WORDS = {
    "GBP": (
        "pounds?|پاؤنڈ|پونڈ|جنيه|پوند|ليرة إسترلينية|باوند|funt|фунт|ਪੌਂਡ|ਪਾਊਂਡ|पाउंड|पाउण्ड|পাউন্ড|"
        "英镑|英鎊|镑|鎊|ポンド|파운드|livres? sterling|libra|lire sterlin|sterlin|Pfund|"
        "ginni|ፓውንድ|paund"
    ),
    "EUR": "euro|يورو|یورو|євро|евро|ਯੂਰੋ|यूरो|ইউরো|欧元|歐元|ユーロ|유로",
    "USD": "dollar|دولار|ڈالر|دلار|dolar|долар|доллар|ਡਾਲਰ|डॉलर|ডলার|美元|ドル|달러|dólar",
}
_PENCE = "p|pence|penny|pens|пенс|пені|ਪੈਂਸ|ਪੈਨੀ|پینس|بنس|پنس|पेंस|পেন্স|便士|ペンス"
_SCALED = rf"(?:\s?(?:{SCALE.pattern}|m|k|bn)(?![A-Za-z]))?"
_SOURCE_SCALES = {"k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}


@dataclass(frozen=True)
class Amount:
    """An amount as written, its currency, and the values it may have."""

    span: Span
    text: str
    currency: str
    values: frozenset[Decimal]


def _forms(number: str) -> list[tuple[str, re.Pattern[str]]]:
    """Compile the ways to write an amount, one for each currency."""
    scaled = re.sub(r"\(\?P<\w+>", "(?:", _SCALED)
    forms = []
    for currency, signs in _SIGNS.items():
        after = rf"(?:{signs}|(?:{_WORDS[currency]})\w*)"
        pattern = (
            rf"(?:{signs})\s?({number}){scaled}|(?<![\d.,])({number}){scaled}\s?{after}"
        )
        forms.append((currency, re.compile(pattern, re.I)))
    return forms


_STRICT_FORMS = _forms(STRICT)
_OPEN_FORMS = _forms(NUMBER)
_SMALL = re.compile(rf"(?<![\d.,])(\d{{1,2}})\s?(?:{_PENCE})(?![A-Za-z])", re.I)


def read(text: str, *, strict: bool) -> list[Amount]:
    """Find amounts in folded text; `strict` reads digits the English way."""
    amounts = []
    for currency, form in _STRICT_FORMS if strict else _OPEN_FORMS:
        for found in form.finditer(text):
            written = found[1] or found[2]
            values = _values(written, found[0], strict=strict)
            amounts.append(Amount(found.span(), found[0].strip(), currency, values))
    for found in _SMALL.finditer(text):
        values = frozenset({Decimal(found[1]) / 100})
        amounts.append(Amount(found.span(), found[0], "GBP", values))
    return amounts


def compare(
    source: list[Amount], target: list[Amount], text: str
) -> Iterator[tuple[Finding | None, Span]]:
    """Find amounts that differ; give the finding and where the target has the amount."""
    rest = list(target)
    for wanted in source:
        same = _find(wanted, rest)
        if same and same.currency == wanted.currency:
            rest.remove(same)
            yield None, same.span
        elif same:
            yield block("money", missing=wanted.text, found=same.text), same.span
        elif bare := _bare(wanted, text, rest):
            yield warn("money-currency", missing=wanted.text), bare
        else:
            given = ", ".join(amount.text for amount in rest) or "–"
            yield block("money", missing=wanted.text, found=given), (0, 0)


def _find(wanted: Amount, rest: list[Amount]) -> Amount | None:
    """Find the amount of that value, the right currency before another."""
    equal = [amount for amount in rest if amount.values & wanted.values]
    equal.sort(key=lambda amount: amount.currency != wanted.currency)
    return equal[0] if equal else None


def _bare(wanted: Amount, text: str, amounts: list[Amount]) -> Span | None:
    """Find the value without any currency; pence may stand as written."""
    values = wanted.values | {value * 100 for value in wanted.values if value < 1}
    taken = [amount.span for amount in amounts]
    for number in read_open(text):
        is_taken = any(start <= number.span[0] < end for start, end in taken)
        if number.values & values and not is_taken:
            return number.span
    return None


def _values(written: str, whole: str, *, strict: bool) -> frozenset[Decimal]:
    if not strict:
        for number in read_open(whole):
            if number.text == written:
                return number.values
        return readings(written)
    value = Decimal(written.replace(",", ""))
    tail = re.search(r"\d\s?(k|m|bn|million)(?![A-Za-z])", whole, re.I)
    return frozenset({value * _SOURCE_SCALES[tail[1].lower()] if tail else value})
