"""Dates and numbers as a locale writes them, always in Latin digits."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal

from welcome.locales.models import Locale


def format_date(
    locale: Locale,
    date: dt.date,
    style: Literal["full", "long", "medium", "short"] = "long",
) -> str:
    """Write a date in words, such as `5 March 2026`."""
    return babel_date(date, style, locale=locale.babel())


def format_number(locale: Locale, n: int | float | Decimal) -> str:
    """Write a number with the locale's separators, such as `1,234.5`."""
    return format_decimal(n, locale=locale.babel(), numbering_system="latn")
