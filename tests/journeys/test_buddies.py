"""Two people find each other, and part: once in English, once in Arabic, on a phone."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.journeys.taking_part import AtTheDesk, OnThePhone
from tests.journeys.town import opened
from tests.web.taking_part.filling import NEWCOMER, VOLUNTEER
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import Outcome, Pairing, PairingState
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.phrases import codes

pytestmark = pytest.mark.browser

WIDTH = 360
ON_THEIR_OWN = {"household": "alone"}
NAMES = {"en": ("Nadia", "Vera"), "ar": ("نادية", "فيرا")}
SPEAKS = {"language_1": "ar", "level_1": "first", "language_2": "en", "level_2": "well"}
REPLY = {
    "known_for": "over-three-years", "comment": "We worked together.",
    "would_trust": "yes",
}  # fmt: skip
QUESTIONS = {
    "present": "adults", "looks_after": "no", "care_of": "nobody",
    "transport": "no", "often": "no",
}  # fmt: skip
SEEN = ("identity", "interview", "training", "agreement")


class Story:
    """Who takes part in the story, each with a browser of their own."""

    def __init__(self, town, browser, pictures, tag):
        self.town, self.browser, self.pictures, self.tag = town, browser, pictures, tag
        self.newcomers_name, self.volunteers_name = NAMES[tag]
        self.nadia = self.somebody("newcomer")
        self.vera = self.somebody("volunteer")
        self.cora = self.somebody("coordinator", AtTheDesk)

    def somebody(self, name, kind=OnThePhone, tag=None):
        tag = tag or self.tag
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": 740},
            locale=tag,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.on("request", lambda asked: self._refuse_foreign(asked.url))
        return kind(page, self.town.url, tag, name, self.pictures)

    def _refuse_foreign(self, asked):
        ours = (self.town.url, "data:", "blob:", "about:")
        assert asked.startswith(ours), f"foreign: {asked}"

    def read(self, model):
        with self.town.sessions() as session:
            return session.exec(select(model)).one()

    def lists_tasks(self):
        with self.town.sessions() as session:
            open_ones = select(Task.kind).where(col(Task.done_at).is_(None))
            return list(session.exec(open_ones.order_by(col(Task.id))))

    def letter(self, email):
        found = self.town.letter_to(email)
        assert found["Content-Language"] == self.tag
        return found.get_content()

    def says(self, code):
        return codes.word(self.tag, code)


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture(params=["en", "ar"])
def story(request, settings, maker, browser, pictures, monkeypatch):
    tag = request.param
    with opened(settings, maker, monkeypatch, interface_tag=tag) as town:
        yield Story(town, browser, pictures / "buddies", tag)


def ask(story):
    first = {**NEWCOMER[0], "name": story.newcomers_name}
    speaks = {**NEWCOMER[1], "tag": story.tag, "prefers": "read"}
    wishes = {"gender": "woman", "interests": ["walking", "cooking"]}
    story.nadia.open(f"/-/take-part/{story.tag}/")
    form = f"/-/take-part/{story.tag}/newcomer/"
    story.nadia.press(f"main a[href='{form}']")
    steps = (first, speaks, NEWCOMER[2], wishes, ON_THEIR_OWN, NEWCOMER[5])
    story.nadia.walks(form, steps)
    assert story.read(BuddyRequest).state is RequestState.OPEN


def apply(story):
    first = {**VOLUNTEER[0], "name": story.volunteers_name}
    story.vera.walks(
        f"/-/take-part/{story.tag}/volunteer/", (first, SPEAKS, *VOLUNTEER[2:])
    )
    assert story.read(Volunteer).state is VolunteerState.APPLIED


def clear(story):
    cora = story.cora
    cora.sign_in("coordinator")
    cora.open("/-/coordinating/")
    cora.open("/-/coordinating/volunteers/")
    cora.open("/-/clearing/")
    volunteer = story.read(Volunteer)
    page = f"/-/clearing/{volunteer.public_id}/"
    cora.press(f"main a[href='{page}']")
    cora.acts("/accept")
    for kind in SEEN:
        day = story.town.now().date().isoformat()
        cora.acts("/record", {"kind": kind, "seen_on": day, "is_met": "yes"})
    ask_first_referee(story, page)
    ask_second_referee(story, page)
    decide_about_dbs(story, page)
    cora.sees(story.says(VolunteerState.CLEARED))
    assert story.read(Volunteer).state is VolunteerState.CLEARED


def ask_first_referee(story, page):
    """The letter is English where nobody knows what a referee reads."""
    story.cora.press("main a[href*='/referees/'] >> nth=0")
    story.cora.acts("/ask")
    story.town.works()
    ruth = story.somebody("referee", tag="en")
    ruth.open(story.town.link_for("ruth@example.org"))
    ruth.fills(REPLY)
    ruth.goes("answer")
    story.cora.page.reload()
    story.cora.look()
    story.cora.acts("/accept")


def ask_second_referee(story, page):
    story.cora.press("main a[href*='/referees/'] >> nth=1")
    story.cora.acts("/write-down", REPLY)
    story.cora.acts("/accept")


def decide_about_dbs(story, page):
    story.cora.press("main a[href$='/dbs']")
    story.cora.fills(QUESTIONS)
    story.cora.press("form[method=get] button[type=submit]")
    story.cora.acts("/dbs", {"reason": "To talk and to walk."})


def propose(story):
    cora = story.cora
    cora.open("/-/coordinating/requests/")
    request = story.read(BuddyRequest)
    cora.press(f"main a[href$='/requests/{request.public_id}/']")
    cora.open("/-/coordinating/proposals/")
    cora.acts("/proposals/run")
    cora.press("main a[href*='/runs/']")
    cora.open("/-/coordinating/proposals/")
    pairing = story.read(Pairing)
    cora.press(f"main a[href$='/pairings/{pairing.public_id}/']")
    cora.acts("/send")
    assert story.read(Pairing).state is PairingState.VOLUNTEER_ASKED
    story.town.works()


def agree(story):
    for person, email, stands in (
        (story.vera, "vera@example.org", PairingState.NEWCOMER_ASKED),
        (story.nadia, "nadia@example.org", PairingState.AGREED),
    ):
        assert story.newcomers_name not in story.letter(email)
        person.open(story.town.link_for(email))
        person.goes("show")
        names = {story.newcomers_name, story.volunteers_name}
        assert not [name for name in names if name in person.page.content()]
        person.goes("yes")
        assert story.read(Pairing).state is stands
        story.town.works()


def introduce(story):
    pairing = story.read(Pairing)
    story.cora.open(f"/-/coordinating/pairings/{pairing.public_id}/")
    story.cora.acts("/introduce")
    story.town.works()
    assert story.volunteers_name in story.letter("nadia@example.org")
    assert story.newcomers_name in story.letter("vera@example.org")
    story.nadia.open(story.town.link_for("nadia@example.org"))
    story.nadia.goes("show")
    story.nadia.sees(story.says(RequestState.PAIRED))
    story.vera.open(story.town.link_for("vera@example.org"))
    story.vera.goes("sign-in")
    story.vera.sees(story.says(VolunteerState.CLEARED))
    story.vera.press("main form[action^='/-/concern/'] button")


def disagree(story):
    story.town.lets_pass(days=21, hours=1)
    for person, email, button in (
        (story.vera, "vera@example.org", "met"),
        (story.nadia, "nadia@example.org", "not-yet"),
    ):
        person.open(story.town.link_for(email))
        person.goes(button)
    story.cora.open("/-/coordinating/")
    story.cora.sees(story.says(TaskKind.DISAGREEMENT))
    assert story.lists_tasks() == [TaskKind.DISAGREEMENT]


def end(story):
    cora, pairing = story.cora, story.read(Pairing)
    cora.press(f"main a[href$='/pairings/{pairing.public_id}/']")
    last = (story.town.now() + timedelta(days=14)).date()
    cora.acts("/give-notice", {"ends_on": last.isoformat()})
    cora.page.locator("details:has(form[action$='/end']) summary").click()
    cora.acts("/end", {"outcome": Outcome.COMPLETED.value})
    cora.sees(story.says(Outcome.COMPLETED))
    cora.open("/-/coordinating/pairings/")
    story.town.works()
    ended = story.read(Pairing)
    assert (ended.state, ended.outcome) == (
        PairingState.ENDED, Outcome.COMPLETED,
    )  # fmt: skip
    assert story.read(Volunteer).held == 0


def test_two_people_find_each_other_and_part(story):
    ask(story)
    apply(story)
    clear(story)
    propose(story)
    agree(story)
    introduce(story)
    disagree(story)
    end(story)
