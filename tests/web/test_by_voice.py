"""Somebody without e-mail, reading or a phone of their own, from asking to the ending.

All is said through an interpreter, or pressed with the code of a slip; what would be
written to others is handed to a coordinator. Nothing is ever sent to that phone.
"""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from lxml import html
from sqlmodel import col

from tests.buddies import scenes
from tests.web.taking_part.filling import FROM_HERE, NEWCOMER
from welcome import clock
from welcome.accounts.models import JournalEntry
from welcome.buddies import scheme as schemes
from welcome.buddies.due import tending
from welcome.buddies.models.desk import Link, Task, TaskKind
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInState,
    Outcome,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    Prefers,
    SpokenThrough,
    Volunteer,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.models.told import ToldStep
from welcome.messages.models import Message
from welcome.partners import access as partners

DESK = "/-/coordinating/"
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")
NEIGHBOURS_PHONE = "020 7946 0321"
AS_KEPT = "442079460321"
VERA = "vera@example.org"
MONDAY_MORNING = 1
TOLD = {name: said for step in NEWCOMER for name, said in step.items()} | {
    "name": "Nour", "channel": "call", "email": "", "phone": NEIGHBOURS_PHONE,
    "shares_phone": "y", "tag": "ar", "prefers": "called", "household": "alone",
    "buddies": "1", "wish": "", "safe_note": "The phone is the neighbour's.",
    "interpreter": "Ines Fiction", "agreed_by": "Nour", "agreed_on": "2026-01-05",
    "through": "interpreter", "interpreted_by": "Ines Fiction", "agreed_in": "ar",
    "agreed": "y",
}  # fmt: skip
THROUGH_INES = {"through": "interpreter", "interpreted_by": "Ines Fiction"}


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def later(monkeypatch, maker, settings):
    """Let days pass, and do what each of them brings."""
    real, passed = clock.now, []
    monkeypatch.setattr(clock, "now", lambda: real() + sum(passed, timedelta()))

    def act(days):
        for _day in range(days):
            passed.append(timedelta(days=1))
            with maker.begin() as session:
                for each in tending.list_due(session, clock.now()):
                    scheme = schemes.of(settings)
                    tending.tend(session, each, scheme, now=clock.now())

    return act


@pytest.fixture
def story(app, maker, session, cast, signed_in_as, read, later):
    """A coordinator at the desk; a volunteer of Town Friends who has e-mail."""
    by_name = {each.name: each for each in partners.list_organisations(session)}
    home = by_name["Town Friends"]
    volunteer = scenes.volunteer(
        session, clock.now(), name="Vera Fiction", organisation_id=home.id,
        times=MONDAY_MORNING,
    )  # fmt: skip
    scenes.contacts.set_email(session, volunteer, VERA)
    session.commit()
    return Story(app, signed_in_as(cast.coordinator), read, later, maker)


class Story:
    """What the coordinator does for Nour, and what nobody may ever find sent."""

    def __init__(self, app, desk, read, later, maker):
        self.app, self.desk, self.read, self.later = app, desk, read, later
        self.maker = maker

    def nothing_is_sent(self):
        """Hold everything that was ever written against who has no box of their own."""
        sent = self.read(Message)
        assert {each.recipient for each in sent} <= {VERA}
        for each in sent:
            digits = re.sub(r"\D", "", f"{each.subject} {each.body}")
            assert AS_KEPT[2:] not in digits
        (nour,) = self.read(Newcomer)
        assert (nour.channel, nour.email) == (Channel.CALL, None)

    def posts(self, path, **data):
        answer = self.desk.post(DESK + path, data=data)
        assert answer.status_code in {200, 302}, answer.get_data(as_text=True)
        self.nothing_is_sent()
        return answer

    def told(self):
        """List what was told through Ines, and see that all of it was."""
        kept = self.read(ToldStep, ToldStep.side == Side.NEWCOMER)
        assert {(each.through, each.interpreter) for each in kept} == {
            (SpokenThrough.INTERPRETER, "Ines Fiction")
        }
        # Who interprets is named in no letter and in no entry of the journal.
        assert not any("Ines" in each.body for each in self.read(Message))
        assert not any("Ines" in str(each.details) for each in self.read(JournalEntry))
        return [each.act for each in kept]

    def waits_by_hand(self):
        """Tell whether the board asks to reach Nour by hand."""
        (nour,) = self.read(Newcomer)
        return [
            task
            for task in self.read(Task, col(Task.done_at).is_(None))
            if task.kind is TaskKind.REACH_BY_HAND
            and (task.subject, task.subject_id) == ("newcomer", nour.id)
        ] != []

    def pairing(self):
        (found,) = self.read(Pairing)
        return found

    def pairing_page(self):
        return f"pairings/{self.pairing().public_id}/"

    def slip(self, path):
        """Print a slip, and read its code."""
        answer = self.posts(path)
        assert answer.mimetype == "application/pdf"
        with pypdfium2.PdfDocument(io.BytesIO(answer.data)) as opened:
            text = "".join(page.get_textpage().get_text_bounded() for page in opened)
        assert "Nour" not in text
        (code,) = CODE.findall(text)
        return code

    def presses(self, code, *buttons):
        """Type a code at the library's computer, and press buttons one after the other."""
        client, path = self.app.test_client(), "/-/take-part/code"
        page = client.get(path)
        for answers in ({"code": code}, *buttons):
            document = html.document_fromstring(page.get_data(as_text=True))
            (token, *_) = document.xpath("//input[@name='form_token']/@value")
            data = {"form_token": token, **answers}
            page = client.post(path, data=data, headers=FROM_HERE)
            assert page.status_code == 200
        self.nothing_is_sent()
        return page


def write_down(story):
    page = html.document_fromstring(
        story.desk.get(f"{DESK}new/newcomer/").get_data(as_text=True)
    )
    (form,) = page.xpath("//form[.//input[@name='form_token']]")
    (home,) = page.xpath("//select[@id='home']/option[.='Town Friends']/@value")
    data = {**dict(form.form_values()), **TOLD, "home": home}
    shown = story.desk.post(f"{DESK}new/newcomer/", data=data, follow_redirects=True)
    # In what is read: a token behind a form may look like a code.
    read = html.document_fromstring(shown.get_data(as_text=True)).text_content()
    (code,) = CODE.findall(read)
    (nour,) = story.read(Newcomer)
    assert (nour.prefers, nour.interpreter) == (Prefers.CALLED, "Ines Fiction")
    assert nour.shares_phone
    (asking,) = story.read(BuddyRequest)
    page = story.desk.get(f"{DESK}requests/{asking.public_id}/")
    reach = html.document_fromstring(page.get_data(as_text=True))
    (told,) = reach.xpath("//section[@aria-labelledby='reach']")
    for said in ("The phone is the neighbour's.", "Ines Fiction", NEIGHBOURS_PHONE,
                 "Other people see what arrives", "Please call me"):  # fmt: skip
        assert said in told.text_content(), said
    story.nothing_is_sent()
    # The slip in the pocket tells where it stands, to whoever has it read aloud.
    story.presses(code, {"go": "show"})


def ask_both(story):
    """The volunteer is asked by letter; Nour through a task, and days bring no letter."""
    story.posts("proposals/run")
    story.posts(f"{story.pairing_page()}send")
    assert [each.recipient for each in story.read(Message)] == [VERA]
    story.posts(f"{story.pairing_page()}record-answer", agrees="yes", through="phone",
                reason="unsaid")  # fmt: skip
    assert story.pairing().state is PairingState.NEWCOMER_ASKED
    assert story.waits_by_hand()
    assert "0321" not in story.desk.get(DESK).get_data(as_text=True)
    story.later(days=5)
    story.nothing_is_sent()
    assert [each.recipient for each in story.read(Message)] == [VERA]


def due_of(story):
    """Find what Nour is to be asked by hand."""
    (found,) = [
        each
        for each in story.read(CheckIn, CheckIn.state == CheckInState.DUE)
        if each.side is Side.NEWCOMER
    ]
    assert story.waits_by_hand()
    return found


def test_nour_finds_a_buddy_by_slip_and_voice(story):
    write_down(story)
    ask_both(story)
    code = story.slip(f"{story.pairing_page()}slip")
    story.presses(code, {"go": "show"}, {"go": "yes"})
    assert story.pairing().state is PairingState.AGREED

    story.posts(f"{story.pairing_page()}introduce")
    introduction = story.read(Message)[-1]
    assert (introduction.letter, introduction.recipient) == ("introduction", VERA)
    assert story.waits_by_hand()

    story.later(days=15)
    code = story.slip(f"check-ins/{due_of(story).public_id}/slip")
    story.presses(code, {"go": "well"})
    story.later(days=17)
    story.posts(f"check-ins/{due_of(story).public_id}", has_met="yes", face="well",
                note="She says so herself.", **THROUGH_INES)  # fmt: skip
    mine = [each for each in story.read(CheckIn) if each.side is Side.NEWCOMER]
    assert [each.state for each in mine] == [CheckInState.ANSWERED] * 2
    assert story.pairing().state is PairingState.MEETING

    story.later(days=200)
    story.nothing_is_sent()
    ends_on = (clock.now() + timedelta(days=14)).date()
    story.posts(f"{story.pairing_page()}give-notice", ends_on=ends_on.isoformat(),
                told_by="newcomer", **THROUGH_INES)  # fmt: skip
    story.posts(f"{story.pairing_page()}end", outcome=Outcome.FRIENDS.value)
    assert story.told() == ["check_in.answered", "pairing.ending"]
    assert story.pairing().outcome is Outcome.FRIENDS
    assert story.read(Volunteer)[0].held == 0
    (request,) = story.read(BuddyRequest)
    assert request.state is RequestState.CLOSED


def test_nour_says_no_through_the_interpreter_and_waits_on(story):
    write_down(story)
    ask_both(story)
    page = story.desk.get(DESK + story.pairing_page()).get_data(as_text=True)
    assert '<option value="Ines Fiction">' in page
    story.posts(f"{story.pairing_page()}record-answer", agrees="no", reason="unsaid",
                **THROUGH_INES)  # fmt: skip
    assert story.pairing().state is PairingState.DECLINED
    (request,) = story.read(BuddyRequest)
    assert request.state is RequestState.OPEN
    told = story.read(JournalEntry, JournalEntry.act == "pairing.answer_told")
    assert told[-1].details["through"] == "interpreter"
    letters = [each.letter for each in story.read(Message)]
    assert letters == ["proposal_to_volunteer", "no_longer"]
    assert story.told() == ["pairing.answer_told"]


def test_nour_asks_no_longer_as_the_interpreter_says(story):
    write_down(story)
    (request,) = story.read(BuddyRequest)
    story.posts(f"requests/{request.public_id}/withdraw/", **THROUGH_INES,
                outcome=Outcome.NEWCOMER_TIME.value)  # fmt: skip
    (request,) = story.read(BuddyRequest)
    assert request.state is RequestState.WITHDRAWN
    assert story.told() == ["request.withdrawn"]
    page = story.desk.get(f"{DESK}requests/{request.public_id}/")
    shown = html.document_fromstring(page.get_data(as_text=True))
    (row,) = shown.xpath("//section[h2[.='Told to a coordinator']]//tbody/tr")
    for said in ("Request withdrawn", "Through an interpreter", "Ines Fiction", "Cora"):
        assert said in row.text_content()


def test_who_does_not_come_back_in_time_is_let_be_without_a_word(story):
    write_down(story)
    ask_both(story)
    story.later(days=3)
    assert story.pairing().state is PairingState.EXPIRED
    story.nothing_is_sent()
    assert [link for link in story.read(Link) if link.side == "newcomer"] == []
