"""Letters are written whole, in the reader's locale, and hold no headers of their own."""

from datetime import timedelta
from importlib import resources

import pytest
from jinja2 import meta

from welcome.errors import NotFound
from welcome.messages import delivery, outbox
from welcome.messages.errors import BadRecipient, BadSubject, MessageNotWaiting
from welcome.messages.models import MOVES, MessageState
from welcome.phrases import templates

LETTERS = {
    "invitation": {
        "name": "Sam",
        "place": "Town",
        "date": "4 May",
        "link": "https://x.example/i",
    },
    "password_reset": {
        "name": "Sam",
        "place": "Town",
        "date": "4 May",
        "link": "https://x.example/r",
    },
    "password_changed": {"name": "Sam", "place": "Town", "link": "https://x.example/f"},
    "account_locked": {
        "name": "Sam",
        "place": "Town",
        "minutes": 15,
        "link": "https://x.example/f",
    },
}


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_renders(session, now, letter, tag):
    params = LETTERS[letter]
    message = outbox.write(
        session, letter, to="sam@example.org", tag=tag, now=now, **params
    )
    assert message.state == MessageState.QUEUED
    assert message.tag == tag
    assert params["place"] in message.subject
    assert params["link"] in message.body.splitlines(), (
        "a link stands alone on its line"
    )
    assert params["name"] in message.body
    assert "{{" not in message.body
    assert "\n\n\n" not in message.body


# Those of the buddy scheme greet nobody by name: an address may be shared.
NAMELESS = {
    "proposal_to_volunteer": {"date": "4 May"},
    "proposal_to_newcomer": {"date": "4 May"},
    "proposal_reminder": {"date": "4 May"},
    "introduction": {
        "buddy": "Sam",
        "reached": "sam@example.org",
        "is_always": False,
        "safe_from": 9,
        "safe_until": 17,
        "where": "",
    },
    "no_longer": {},
    "did_you_meet": {},
    "check_in": {},
    "review": {},
    "ending_notice": {"date": "4 May"},
}


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("letter", NAMELESS)
def test_every_letter_of_the_scheme_renders(session, now, letter, tag):
    params = {
        "place": "Town", "link": "https://x.example/i", "worry": "https://x.example/w",
        **NAMELESS[letter],
    }  # fmt: skip
    message = outbox.write(
        session, letter, to="sam@example.org", tag=tag, now=now, **params
    )
    assert "Town" in message.subject
    assert {params["link"], params["worry"]} <= set(message.body.splitlines())
    assert params.get("date", "") in message.body
    assert "\n\n\n" not in message.body


FOLDERS = sorted(
    each.name
    for each in (resources.files("welcome") / "messages" / "letters").iterdir()
    if each.is_dir()
)


def test_there_are_letters_of_accounts_and_of_the_scheme():
    assert set(LETTERS) < set(FOLDERS)
    assert {"proposal_to_newcomer", "check_in", "reference_asked"} < set(FOLDERS)


def asked_for(letter: str) -> set[str]:
    """The words that the two parts of a letter are filled with, and what they include."""
    speaking = templates.environment("en")
    waiting, found = [f"{letter}/subject.txt", f"{letter}/body.txt"], set()
    for name in waiting:
        parsed = speaking.parse(speaking.loader.get_source(speaking, name)[0])
        waiting += meta.find_referenced_templates(parsed)
        found |= meta.find_undeclared_variables(parsed)
    return found - set(speaking.globals) - {"_", "gettext", "ngettext"}


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("letter", FOLDERS)
def test_every_letter_on_disk_is_whole(session, now, letter, tag):
    params = {name: f"<{name}>" for name in asked_for(letter)}
    params |= {"link": "https://x.example/l"} if "link" in params else {}
    message = outbox.write(
        session, letter, to="sam@example.org", tag=tag, now=now, **params
    )
    lines = message.body.splitlines()
    assert ("link" not in params) or params["link"] in lines
    assert "{{" not in message.body + message.subject
    assert "\n\n\n" not in message.body
    # Whoever looks at a locked phone learns nothing.
    for word in ("buddy", "refugee", "newcomer", "volunteer"):
        assert word not in message.subject.casefold()


def test_text_is_not_escaped_as_html(session, now):
    message = _write(session, now, name="Seán & Ağca <3")
    assert "Seán & Ağca <3" in message.body


def test_a_gap_in_a_letter_is_an_error(session, now):
    with pytest.raises(Exception, match="place"):
        outbox.write(session, "invitation", to="a@example.org", tag="en", now=now)


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "Sam <a@example.org>",
        "a@example.org b@example.org",
        "",
        "nobody",
    ],
)
def test_a_recipient_is_one_address(session, now, to):
    with pytest.raises(BadRecipient):
        outbox.write(
            session, "invitation", to=to, tag="en", now=now, **LETTERS["invitation"]
        )


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_a_subject_is_one_line(session, now, gap):
    with pytest.raises(BadSubject):
        _write(session, now, place=f"Town{gap}Bcc: b@example.org")


def test_every_message_has_an_id_of_its_own(session, now):
    assert _write(session, now).message_id != _write(session, now).message_id


def test_due_messages_come_oldest_first_and_only_when_due(session, now):
    second = _write(session, now)
    first = _write(session, now - timedelta(hours=1))
    _write(session, now + timedelta(seconds=1))
    assert delivery.due(session, now) == [first.id, second.id]


def test_a_message_is_claimed_once_until_the_lease_ends(session, now):
    message = _write(session, now)
    session.commit()
    assert delivery.claim(session, message.id, now=now) is message
    session.commit()
    assert message.attempts == 1
    assert delivery.claim(session, message.id, now=now) is None
    assert delivery.due(session, now) == []
    later = now + delivery.LEASE
    assert delivery.due(session, later) == [message.id]
    assert delivery.claim(session, message.id, now=later).attempts == 2


@pytest.mark.parametrize(("days", "is_due"), [(1.9, False), (30, True)])
def test_a_clock_that_was_far_ahead_holds_no_letter_up(session, now, days, is_due):
    then = now + timedelta(days=days)
    written, leased = _write(session, then), _write(session, then)
    delivery.claim(session, leased.id, now=then)
    session.commit()
    assert delivery.due(session, now) == ([written.id, leased.id] if is_due else [])
    for each in (written, leased):
        claimed = delivery.claim(session, each.id, now=now)
        assert (claimed is not None) is is_due
    assert delivery.due(session, now) == []


def test_a_failed_message_can_be_queued_again_and_others_cannot(session, now):
    message = _write(session, now)
    with pytest.raises(MessageNotWaiting):
        outbox.queue_again(session, message, actor=None, now=now)
    message.state, message.attempts, message.problem = MessageState.FAILED, 7, "no"
    outbox.queue_again(session, message, actor=None, now=now)
    assert (message.state, message.attempts, message.problem) == (
        MessageState.QUEUED,
        0,
        "",
    )


@pytest.mark.parametrize("state", MessageState)
def test_discarding_follows_the_moves_and_forgets_the_text(session, now, state):
    message = _write(session, now)
    message.state = state
    if MessageState.DISCARDED in MOVES[state]:
        outbox.discard(session, message, actor=None, now=now)
        assert (message.state, message.body) == (MessageState.DISCARDED, "")
    else:
        with pytest.raises(MessageNotWaiting):
            outbox.discard(session, message, actor=None, now=now)


def test_messages_are_listed_newest_first_and_counted(session, now):
    written = [_write(session, now) for _ in range(3)]
    written[0].state = MessageState.FAILED
    session.flush()
    listed = outbox.list_messages(session, limit=2)
    assert [each.id for each in listed] == [written[2].id, written[1].id]
    rest = outbox.list_messages(session, before=listed[-1].id)
    assert [each.id for each in rest] == [written[0].id]
    assert outbox.list_messages(session, state=MessageState.FAILED) == [written[0]]
    counts = outbox.count_by_state(session)
    assert (counts[MessageState.QUEUED], counts[MessageState.FAILED]) == (2, 1)
    assert counts[MessageState.SENT] == 0


def test_a_missing_message_is_not_found(session):
    with pytest.raises(NotFound):
        outbox.get_message(session, 1)


def _write(session, now, **params):
    whole = {**LETTERS["invitation"], **params}
    return outbox.write(
        session, "invitation", to="sam@example.org", tag="en", now=now, **whole
    )


@pytest.mark.parametrize(
    ("read", "written"),
    [("ar-SY", "ar"), ("arz", "ar"), ("pa-PK", "ur"), ("fa", "en"), ("xx", "en")],
)
def test_a_letter_is_in_the_nearest_locale_that_has_letters(
    session, now, read, written
):
    letter = outbox.write(
        session, "invitation", to="sam@example.org", tag=read, now=now,
        **LETTERS["invitation"],
    )  # fmt: skip
    assert letter.tag == written
