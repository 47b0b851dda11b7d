"""Whether a volunteer may be one of those whom a newcomer named."""

import pytest

from welcome.buddies.rules.naming import is_perhaps_named


@pytest.mark.parametrize(
    ("name", "text", "part", "whole"),
    [
        ("Karim Saleh", "my cousin KARIM and his wife", True, False),
        ("Karim Saleh", "Saleh, Karim", True, True),
        ("José Núñez", "jose nunez", True, True),
        ("كريم صالح", "ابن عمي كريم", True, False),
        ("Ann Lee", "Annabel Leeds", False, False),
        ("Bo Li", "Bo from the shop", False, False),
        ("Bo Li", "Bo Li from the shop", True, True),
        ("Vera Fiction", "", False, False),
        ("", "Karim", False, False),
    ],
)
def test_a_name_is_found_in_a_text(name, text, part, whole):
    assert is_perhaps_named(name, text, by_whole_name=False) is part
    assert is_perhaps_named(name, text, by_whole_name=True) is whole
