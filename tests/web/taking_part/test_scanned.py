"""Programs open every link of every letter first: nothing changes, nothing is used up."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from tests.web.taking_part.test_links import press
from welcome import clock
from welcome.buddies import contacts
from welcome.buddies.clearances import referees, references
from welcome.buddies.clearances.referees import Named
from welcome.buddies.due import deadlines
from welcome.buddies.lifecycle import checkins, exits, pairings, proposals
from welcome.buddies.models.clearing import Relation
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer
from welcome.buddies.people import door, still_free
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.database import Base
from welcome.messages.models import Message
from welcome.web.taking_part.links import PATHS, REGISTRY

SITE = rows.SCHEME.site_url
LINK = re.compile(rf"^{re.escape(SITE)}(/-/take-part/([a-z-]+)/\S+)$", re.MULTILINE)
AGENTS = (
    "Mozilla/5.0 (compatible; MailScanner/1.0)",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (Windows NT 10.0) SafeLinks",
)
# What somebody presses behind their link, and what is answered.
PRESSED = {
    "sign-in": ("sign-in", {}, 302),
    "answer": ("yes", {}, 200),
    # Of the question that is asked, the last button.
    "check-in": ("", {}, 200),
    "mine": ("show", {}, 200),
    "still-free": ("yes", {}, 200),
    "reference": (
        "answer",
        {"known_for": "over-three-years", "comment": "Work", "would_trust": "yes"},
        200,
    ),
}


@pytest.fixture
def people(session):
    """A newcomer, a volunteer with a referee, and a draft between the two."""
    now = clock.now()
    town = rows.Town(session, now)
    town.organise(1)
    volunteer, asking = town.add_volunteer(VOLUNTEER), town.add_request(NEWCOMER)
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    for person, email in ((volunteer, "vera"), (newcomer, "nour")):
        contacts.set_email(session, person, f"{email}@example.org")
        person.safe_from, person.safe_until = 0, 24
    named = Named("Ruth", Relation.COLLEAGUE, "ruth@example.org")
    referee = referees.name_referee(session, volunteer, named, actor=None, now=now)
    scope = Scope(town.everywhere, town.everywhere)
    runs.run(session, scope, rows.SCHEME, actor=None, now=now)
    pairing = session.exec(select(Pairing)).one()
    session.commit()
    return SimpleNamespace(
        volunteer=volunteer, newcomer=newcomer, referee=referee, pairing=pairing
    )


@dataclass
class Post:
    """Letters as they come: a program opens each link before whoever it is for."""

    app: object
    maker: object
    letters: set = field(default_factory=set)
    read: set = field(default_factory=set)

    def everything(self):
        """Every row of every table."""
        with self.maker() as session:
            return {
                name: sorted(map(repr, session.connection().execute(sa.select(table))))
                for name, table in Base.metadata.tables.items()
            }

    def comes(self):
        """List the links of the letters that came since."""
        with self.maker() as session:
            found = list(session.exec(select(Message).order_by(Message.id)))
        new = [each for each in found if each.id not in self.read]
        self.read |= {each.id for each in new}
        self.letters |= {each.letter for each in new if LINK.search(each.body)}
        return [link for each in new for link in LINK.findall(each.body)]

    def scans(self, address):
        """Open a link as programs do, and all that the page leads to."""
        for agent in AGENTS:
            program = self.app.test_client()
            for method in ("HEAD", "GET"):
                answer = program.open(
                    address, method=method, headers={"User-Agent": agent},
                    follow_redirects=True,
                )  # fmt: skip
                assert answer.status_code == 200
            for other in re.findall(r'href="(/[^"#]*)"', answer.text):
                program.get(other, headers={"User-Agent": agent}, buffered=True)

    def works(self, address, path):
        """Open it as a person, and press the button."""
        go, said, code = PRESSED[path]
        person = self.app.test_client()
        page = person.get(address)
        assert page.status_code == 200
        go = go or re.findall(r'name="go" value="([^"]+)"', page.text)[-1]
        assert press(person, address, go, **said).status_code == code

    def delivers(self):
        """Have all new links opened by programs first, then used by those they are for."""
        links = self.comes()
        before = self.everything()
        for address, _path in links:
            self.scans(address)
        assert self.everything() == before
        for address, path in links:
            self.works(address, path)
        return [path for _address, path in links]


@pytest.fixture
def later(monkeypatch):
    """Let days pass."""
    real = clock.now

    def act(days):
        shift = clock.now() - real() + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: real() + shift)

    return act


@pytest.fixture
def post(app, maker):
    return Post(app, maker)


def test_there_is_a_button_to_press_behind_every_kind_of_link(app):
    assert {PATHS[path] for path in PRESSED} == set(REGISTRY)


def act(session, do, thing, *more):
    """Do something to a row, as it stands now, and commit."""
    session.refresh(thing)
    do(session, thing, *more, actor=None, now=clock.now())
    session.commit()


def remind(session, pairing, scheme, *, actor, now):
    deadlines.remind(session, pairing, scheme, now=now)


def ask_both(session, pairing, scheme, *, actor, now):
    checkins.ask_both(session, pairing, scheme, now=now)


def begin_ending(session, pairing, scheme, *, actor, now):
    day = scheme.today(now + timedelta(days=14))
    pairings.begin_ending(session, pairing, day, scheme, actor=actor, now=now)


def ask_again(session, referee, scheme, *, actor, now):
    references.remind(session, referee, scheme, now=now)


def test_a_volunteer_signs_in_and_a_referee_answers_after_the_program(
    session, people, post, later
):
    door.send_link(session, "vera@example.org", rows.SCHEME, now=clock.now())
    session.commit()
    assert post.delivers() == ["sign-in"]
    act(session, references.ask, people.referee, rows.SCHEME)
    later(days=8)
    act(session, ask_again, people.referee, rows.SCHEME)
    first, again = post.comes()
    before = post.everything()
    post.scans(first[0])
    post.scans(again[0])
    assert post.everything() == before
    post.works(*again)
    assert post.letters == {
        "volunteer_sign_in", "reference_asked", "reference_reminder",
    }  # fmt: skip


def test_a_pair_goes_its_whole_way_though_a_program_opens_everything_first(
    session, people, post, later
):
    pairing, scheme = people.pairing, rows.SCHEME
    act(session, proposals.ask_volunteer, pairing, scheme)
    asked = post.comes()
    later(days=2)
    act(session, remind, pairing, scheme)
    before = post.everything()
    post.scans(asked[0][0])
    assert post.everything() == before
    assert post.delivers() == ["answer"]
    assert post.delivers() == ["answer"]
    act(session, pairings.introduce, pairing, scheme)
    assert sorted(post.delivers()) == ["mine", "sign-in"]
    for days in (15, 7, 165):
        later(days=days)
        act(session, ask_both, pairing, scheme)
        assert post.delivers() == ["check-in"] * 2
    act(session, begin_ending, pairing, scheme)
    assert sorted(post.delivers()) == ["mine", "sign-in"]
    assert post.letters == {
        "proposal_to_volunteer", "proposal_reminder", "proposal_to_newcomer",
        "introduction", "check_in", "did_you_meet", "review", "ending_notice",
    }  # fmt: skip


def test_a_volunteer_is_still_free_after_the_program(session, people, post, later):
    later(days=200)
    session.refresh(people.volunteer)
    still_free.ask(session, people.volunteer, rows.SCHEME, now=clock.now())
    session.commit()
    assert post.delivers() == ["still-free"]


def test_who_hears_that_it_goes_no_further_finds_the_way_after_the_program(
    session, people, post
):
    act(session, proposals.ask_volunteer, people.pairing, rows.SCHEME)
    act(session, proposals.volunteer_agrees, people.pairing, rows.SCHEME)
    act(session, proposals.newcomer_agrees, people.pairing, rows.SCHEME)
    proposed = post.comes()
    act(session, exits.withdraw, people.pairing, rows.SCHEME)
    assert sorted(post.delivers()) == ["mine", "sign-in"]
    assert "no_longer" in post.letters
    gone = [answer_of(post, address) for address, _path in proposed]
    assert gone == [410, 410]


def answer_of(post, address):
    return post.app.test_client().get(address).status_code
