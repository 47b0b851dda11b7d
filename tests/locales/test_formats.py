"""Dates and numbers in every locale's words, in Latin digits."""

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest

from welcome.locales import every, get
from welcome.locales.formats import format_date, format_number

DAY = dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "5 March 2026"),
        ("cy", "5 Mawrth 2026"),
        ("ar", "5 مارس 2026"),
        ("fa", "5 مارس 2026"),
        ("prs", "5 مارچ 2026"),
        ("pl", "5 marca 2026"),
        ("zh-Hant", "2026年3月5日"),
        ("ti", "መጋቢት 5, 2026"),
    ],
)
def test_dates_in_words(tag, written):
    assert format_date(get(tag), DAY) == written


@pytest.mark.parametrize("locale", every(), ids=lambda one: one.tag)
def test_dates_and_numbers_have_latin_digits_only(locale):
    written = format_date(locale, DAY) + format_number(locale, 1234567.5)
    digits = [char for char in written if unicodedata.category(char) == "Nd"]
    assert digits
    assert all(char.isascii() for char in digits)
    assert "2026" in written


@pytest.mark.parametrize(
    ("tag", "number", "written"),
    [
        ("en", 1234.5, "1,234.5"),
        ("de", 1234, "1.234"),
        ("hi", 1234567, "12,34,567"),
        ("bn", 12, "12"),
        ("fa", Decimal("1234.5"), "1,234.5"),
    ],
)
def test_numbers(tag, number, written):
    assert format_number(get(tag), number) == written


def test_short_dates():
    assert format_date(get("en"), DAY, "short") == "05/03/2026"
