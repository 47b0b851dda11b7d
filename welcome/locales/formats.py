"""Dates and languages in a locale's own words, dates in Latin digits."""

import datetime as dt
from typing import Literal

from babel.dates import format_date as babel_date

from welcome.locales.models import Locale


def format_date(
    locale: Locale,
    date: dt.date,
    style: Literal["full", "long", "medium", "short"] = "long",
) -> str:
    """Write a date in words, such as `5 March 2026`."""
    return babel_date(date, style, locale=locale.babel())


def display_name(reader: Locale, locale: Locale) -> str:
    """Name a locale's language in a reader's words; empty where CLDR has none."""
    name: str = reader.babel().languages.get(locale.tag.split("-")[0], "")
    return name
