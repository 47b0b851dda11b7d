"""Dates and languages in every locale's words, dates in Latin digits."""

import datetime as dt
import unicodedata

import pytest

from welcome.locales import every, get
from welcome.locales.formats import display_name, format_date

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
def test_dates_have_latin_digits_only(locale):
    written = format_date(locale, DAY)
    digits = [char for char in written if unicodedata.category(char) == "Nd"]
    assert digits
    assert all(char.isascii() for char in digits)
    assert "2026" in written


@pytest.mark.parametrize(
    ("reader", "tag", "written"),
    [
        ("ur", "en", "انگریزی"),
        ("ar", "en", "الإنجليزية"),
        ("pl", "en", "angielski"),
        ("ti", "en", "እንግሊዝኛ"),
        ("en", "pt-BR", "Portuguese"),
    ],
)
def test_languages_in_a_readers_words(reader, tag, written):
    assert display_name(get(reader), get(tag)) == written


def test_short_dates():
    assert format_date(get("en"), DAY, "short") == "05/03/2026"
