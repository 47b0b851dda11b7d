"""A moment is said in the place's zone and the reader's words, to the minute."""

from datetime import UTC, datetime

import pytest

from welcome.web import words
from welcome.web.keeping.desk import moment

SUMMER = datetime(2026, 7, 3, 14, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "3 Jul 2026, 15:05"), ("ar", "03‏/07‏/2026، 3:05 م")],
)
def test_a_moment_is_said_to_the_minute(app, tag, said):
    with app.test_request_context():
        words.speak(tag)
        assert moment(SUMMER) == said


def test_no_moment_is_a_dash(app):
    with app.test_request_context():
        assert moment(None) == "–"
