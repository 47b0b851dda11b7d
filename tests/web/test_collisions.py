"""What the database alone noticed is told in words, and nothing typed is lost."""

import pytest
import sqlalchemy as sa

from welcome.accounts.models import Account
from welcome.web.database import db


@pytest.fixture
def colliding(app, cast):
    """A page on which two accounts get one address, as only a race would."""

    def collide():
        twin = sa.update(Account).values(email="one@example.org")
        db().connection().execute(twin)

    app.add_url_rule("/-/collide", "collide", collide, methods=["POST"])


@pytest.mark.usefixtures("colliding")
def test_a_collision_is_told_in_words_and_keeps_what_was_typed(signed_in_as, cast):
    writer = signed_in_as(cast.writer)
    answer = writer.post("/-/collide", data={"text": "What I typed"})
    assert answer.status_code == 409
    assert "in the same moment, so nothing was saved" in answer.text
    assert "What I typed" in answer.text
