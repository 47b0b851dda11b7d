"""A key gives one live job, however long it is and whoever is in the way."""

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from welcome import clock
from welcome.jobs import queue
from welcome.jobs.models import LONGEST_KEY, Job, JobState


@pytest.fixture
def enqueue(maker):
    def written(key):
        with maker.begin() as session:
            return queue.enqueue(session, "note", unique_key=key, now=clock.now()).id

    return written


def test_a_job_that_ends_while_it_is_in_the_way_makes_room(engine, enqueue):
    first = enqueue("print:1")
    ended = []

    def end_it(connection, _cursor, statement, *_more):
        if statement.startswith("INSERT INTO job") and not ended:
            ended.append(first)
            connection.execute(sa.update(Job).values(state=JobState.DONE))

    event.listen(engine, "after_cursor_execute", end_it)
    assert enqueue("print:1") != first


def test_a_long_key_is_shortened_and_still_one_of_a_kind(enqueue):
    tags = ",".join(f"x{number:03d}" for number in range(80))
    key = f"publish:town:{tags}"
    first = enqueue(key)
    assert enqueue(key) == first
    assert enqueue(f"{key},ur") != first


def test_a_key_is_shortened_only_where_it_must(enqueue):
    longest = "k" * LONGEST_KEY
    assert queue.short_key(longest) == longest
    assert len(queue.short_key(longest + "k")) == LONGEST_KEY
