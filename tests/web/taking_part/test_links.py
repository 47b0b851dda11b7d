"""Links and slips: opening one changes nothing, pressing acts once, old ones say one thing."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from lxml import html
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.people.test_intake import APPLICATION, ASKING
from tests.web.taking_part.filling import FROM_HERE
from welcome import clock
from welcome.buddies import links
from welcome.buddies.lifecycle import letters
from welcome.buddies.links import About
from welcome.buddies.models.desk import Link, LinkPurpose, Task, TaskKind
from welcome.buddies.models.pairings import HOLDS_PLACE, Pairing, PairingState, Side
from welcome.buddies.models.people import Channel, Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people import intake
from welcome.buddies.people.entering import REQUEST, VOLUNTEER
from welcome.database import Base
from welcome.messages.models import Message
from welcome.phrases import codes
from welcome.web.taking_part.links import PATHS, QUOTED, REGISTRY

HIDDEN = {"Origin": "null"}


@pytest.fixture
def people(session, council, now):
    intake.ask(session, ASKING, now=now)
    intake.apply(session, APPLICATION, now=now)
    session.commit()


@pytest.fixture
def make(session, people):
    """Make a link for a purpose, and give its address and code."""

    def act(path, subject=REQUEST, lives=links.LIVES):
        table = BuddyRequest if subject == REQUEST else Volunteer
        row = session.exec(select(table)).one()
        made = links.make(
            session, PATHS[path], About(subject, row.id), now=clock.now(), lives=lives
        )
        session.commit()
        return f"/-/take-part/{path}/{made.token}", made.code

    return act


@pytest.fixture
def everything(maker):
    """Every row of every table."""

    def read():
        with maker() as session:
            return {
                name: sorted(map(repr, session.connection().execute(sa.select(table))))
                for name, table in Base.metadata.tables.items()
            }

    return read


def press(client, address, go, headers=FROM_HERE, page=None, **answers):
    """Press a button on a page."""
    page = page or client.get(address)
    document = html.document_fromstring(page.get_data(as_text=True))
    (token, *_) = document.xpath("//input[@name='form_token']/@value")
    data = {"form_token": token, "go": go, **answers}
    return client.post(address, data=data, headers=headers)


def heading(answer):
    return html.document_fromstring(answer.get_data(as_text=True)).findtext(".//h1")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_opening_a_link_changes_nothing_and_tells_nothing(
    client, make, everything, path, method
):
    subject = VOLUNTEER if path in {"sign-in", "still-free", "reference"} else REQUEST
    address, _code = make(path, subject)
    before = everything()
    for _ in range(3):
        answer = client.open(address, method=method)
    assert everything() == before
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    for personal in ("Nadia", "Vera", "example.org", "Waiting"):
        assert personal not in text
    if method == "GET":
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_newcomers_page_speaks_their_language(client, make):
    page = client.get(make("mine")[0], headers={"Accept-Language": "pl"})
    document = html.document_fromstring(page.get_data(as_text=True))
    assert (document.get("lang"), document.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(
    "how", ["used", "old", "unknown", "another purpose", "no row", "nobody answers it"]
)
def test_what_cannot_be_used_is_answered_in_one_way(client, make, session, how):
    address, _code = make("mine")
    link = session.exec(select(Link).order_by(Link.id.desc())).first()
    if how == "used":
        links.use_up(session, link, now=clock.now())
    elif how == "old":
        link.expires_at = clock.now() - timedelta(seconds=1)
    elif how == "no row":
        link.subject_id = 999
    session.commit()
    address = {
        "unknown": "/-/take-part/mine/made-up",
        "another purpose": address.replace("/mine/", "/sign-in/"),
        "nobody answers it": make("still-free")[0],
    }.get(how, address)
    wanted = client.get("/-/take-part/mine/x").get_data()
    for answer in (
        client.get(address),
        client.post(address, data={"go": "withdraw"}, headers=FROM_HERE),
    ):
        assert (answer.status_code, answer.get_data()) == (410, wanted)


def test_a_request_is_seen_and_withdrawn_once(client, make, read):
    address, _code = make("mine")
    shown = press(client, address, "show", headers=HIDDEN)
    assert codes.word("ar", RequestState.OPEN) in shown.get_data(as_text=True)
    assert press(client, address, "leave").status_code == 200
    assert read(BuddyRequest)[0].state is RequestState.OPEN
    page = client.get(address)
    assert press(client, address, "withdraw", page=page).status_code == 200
    assert read(BuddyRequest)[0].state is RequestState.WITHDRAWN
    assert press(client, address, "withdraw", page=page).status_code == 410


@pytest.mark.parametrize(
    ("data", "headers", "code"),
    [
        ({"go": "withdraw"}, FROM_HERE, 200),
        ({"go": "withdraw", "form_token": "made up"}, FROM_HERE, 200),
        ({"go": "withdraw"}, {"Origin": "https://evil.example"}, 403),
        ({"go": "withdraw"}, {"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
        ({"go": "withdraw"}, {}, 403),
    ],
)
def test_nothing_happens_without_our_page_before(
    client, make, read, data, headers, code
):
    address, _code = make("mine")
    answer = client.post(address, data=data, headers=headers)
    assert answer.status_code == code
    assert read(BuddyRequest)[0].state is RequestState.OPEN


def test_a_page_shown_for_one_link_does_not_act_behind_another(client, make, read):
    one, _ = make("mine")
    other, _ = make("sign-in", VOLUNTEER)
    press(client, one, "withdraw", page=client.get(other))
    assert read(BuddyRequest)[0].state is RequestState.OPEN


def test_a_new_way_of_being_reached_ends_the_old_slips(client, make, read):
    address, _code = make("mine")
    form = press(client, address, "change")
    assert "nadia@example.org" not in form.get_data(as_text=True)
    wrong = press(client, address, "contact", page=form, channel="call", phone="1")
    assert wrong.status_code == 422
    saved = press(
        client, address, "contact", page=form, channel="call", phone="٠٧٩١١ ١٢٣٤٥٦"
    )
    assert saved.status_code == 200
    (newcomer,) = read(Newcomer)
    assert (newcomer.channel, newcomer.phone, newcomer.email) == (
        Channel.CALL, "+447911123456", None,
    )  # fmt: skip
    assert client.get(address).status_code == 410
    code = html.document_fromstring(saved.get_data(as_text=True)).find_class("code")
    assert (
        heading(enter(client, code[0].text_content())) != "Type the code of your slip"
    )


@pytest.fixture
def pair(session, people, now, council):
    """A pairing that stands somewhere, of the only two there are."""

    def act(state):
        request = session.exec(select(BuddyRequest)).one()
        volunteer = session.exec(select(Volunteer)).one()
        volunteer.held = int(state in HOLDS_PLACE)
        values = {
            "newcomer_id": request.newcomer_id, "volunteer_id": volunteer.id,
            "moved_at": now, "lead_id": council.id,
        }  # fmt: skip
        if state is PairingState.HELD:
            values["held_from"] = PairingState.VOLUNTEER_ASKED
        session.add(Pairing(request_id=request.id, state=state, **values))
        session.commit()

    return act


@pytest.mark.parametrize(
    "state", [PairingState.DRAFT, PairingState.VOLUNTEER_ASKED, PairingState.AGREED]
)
def test_withdrawing_ends_what_is_under_way(client, make, pair, read, state):
    address, _code = make("mine")
    pair(state)
    press(client, address, "withdraw")
    assert read(BuddyRequest)[0].state is RequestState.WITHDRAWN
    assert read(Pairing)[0].state is PairingState.WITHDRAWN
    assert read(Volunteer)[0].held == 0
    assert client.get(address).status_code == 410


def test_where_a_pairing_is_held_a_coordinator_looks(client, make, pair, read):
    address, _code = make("mine")
    pair(PairingState.HELD)
    press(client, address, "withdraw")
    assert read(BuddyRequest)[0].state is RequestState.OPEN
    assert read(Pairing)[0].state is PairingState.HELD
    assert TaskKind.WANTS_TO_TALK in {task.kind for task in read(Task)}


def enter(client, code):
    page = "/-/take-part/code"
    document = html.document_fromstring(client.get(page).get_data(as_text=True))
    (token,) = document.xpath("//input[@name='form_token']/@value")
    data = {"form_token": token, "code": code}
    return client.post(page, data=data, headers=FROM_HERE)


@pytest.mark.parametrize("spell", [str, str.lower, lambda code: code.replace("-", " ")])
def test_a_code_leads_where_its_link_does(client, make, read, everything, spell):
    _address, code = make("mine")
    before = everything()
    asked = enter(client, spell(code))
    assert everything() == before
    page = "/-/take-part/code"
    shown = press(client, page, "show", page=asked)
    assert codes.word("ar", RequestState.OPEN) in shown.get_data(as_text=True)
    assert press(client, page, "withdraw", page=asked).status_code == 200
    assert read(BuddyRequest)[0].state is RequestState.WITHDRAWN
    assert press(client, page, "show", page=asked).status_code == 410


def test_wrong_codes_are_answered_alike_and_only_so_often(app, make):
    _address, code = make("mine")
    app.extensions["welcome.limiter"].enabled = True
    client = app.test_client()
    answers = [enter(client, f"AAAA-AA{letter}A") for letter in "ACDEFHJKMNPQ"]
    codes = [each.status_code for each in answers]
    assert codes[:10] == [422] * 10
    assert codes[10:] == [429, 429]
    # The right one is held back as well now, so that nobody learns which it is.
    assert enter(client, code).status_code == 429


def test_every_purpose_has_one_address():
    assert set(PATHS.values()) == set(LinkPurpose)
    assert len(PATHS) == len(set(PATHS.values())) == QUOTED.count('"') // 2
    assert {LinkPurpose.MY_REQUEST, LinkPurpose.SIGN_IN} <= set(REGISTRY)


@pytest.mark.parametrize("side", sorted(Side))
def test_the_link_of_every_letter_leads_somewhere(
    session, maker, council, client, side
):
    scene = scenes.scene(session, clock.now(), PairingState.INTRODUCED)
    letters.say_no_longer(
        session, scene.pairing, [side], scenes.SCHEME, now=clock.now()
    )
    session.commit()
    with maker() as looked:
        body = looked.exec(select(Message)).one().body
    [path] = re.findall(r"(/-/take-part/\S+)", body)
    assert client.get(path).status_code == 200
    assert press(client, path, "show").status_code in {200, 302}
