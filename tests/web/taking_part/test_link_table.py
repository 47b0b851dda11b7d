"""Every kind of link in every case: who may still use it, and what anybody else learns."""

from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies import records, rows
from tests.buddies.records import SECRETS
from tests.web.taking_part.filling import FROM_HERE
from welcome import clock
from welcome.buddies import links
from welcome.buddies.lifecycle import exits
from welcome.buddies.links import About
from welcome.buddies.models.clearing import RefereeState
from welcome.buddies.models.desk import Link
from welcome.buddies.models.pairings import CheckInState, Outcome, PairingState
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.people import own_steps, volunteers
from welcome.buddies.privacy import erasing
from welcome.web.taking_part.links import PATHS, REGISTRY
from welcome.web.taking_part.sign_in import COOKIE

REPLY = {
    "known_for": "over-three-years", "comment": "Work", "would_trust": "yes",
}  # fmt: skip
CODE = "/-/take-part/code"
# What a link is about, the side it speaks for, and the button that uses it up.
KINDS = {
    "sign-in": ("volunteer", "", "sign-in", {}),
    "reference": ("referee", "", "answer", REPLY),
    "answer": ("pairing", "volunteer", "yes", {}),
    "check-in": ("check_in", "volunteer", "well", {}),
    "mine": ("buddy_request", "newcomer", "withdraw", {}),
    "still-free": ("volunteer", "", "yes", {}),
}
# What opening it is answered, and pressing the button on a page that was shown before.
OVER = (410, 410)
OPENS = dict.fromkeys(KINDS, (200, 200)) | {"sign-in": (200, 302)}
NOTHING = dict.fromkeys(KINDS, OVER)
CASES = {
    "right": OPENS,
    "expired": NOTHING,
    "used": NOTHING,
    "tampered": NOTHING,
    "another kind's": NOTHING,
    # How it went may be said when it is over: somebody may still want to talk.
    "withdrawn": NOTHING | {"check-in": (200, 200)},
    "erased": NOTHING,
    "signed in as a coordinator": OPENS,
    "signed in as another organisation's": OPENS,
    "signed in as another volunteer": OPENS,
}
CLOSED = [case for case, row in CASES.items() if OVER in row.values()]
NAMES = ("Nadia", "Rahmani", "Vera", "Woodcock", "Rufus", "Quill", "nadia@", "vera@")
# Whoever is asked about somebody is told whom, as in the letter.
MAY_NAME = {"reference": ("Vera", "Woodcock", "Rufus", "Quill")}


@pytest.fixture
def people(session, cast):
    """Somebody behind each kind of link, each asked and free to answer."""
    made = records.write(session, clock.now(), PairingState.VOLUNTEER_ASKED)
    made.referee.state = RefereeState.ASKED
    made.check_in.state = CheckInState.ASKED
    made.newcomer.tag = made.volunteer.tag = "en"
    session.commit()
    return made


@pytest.fixture
def make(session, people):
    """Make a link of a kind."""
    subjects = {
        "volunteer": people.volunteer, "referee": people.referee,
        "pairing": people.pairing, "check_in": people.check_in,
        "buddy_request": people.request,
    }  # fmt: skip

    def act(kind):
        subject, side, _go, _said = KINDS[kind]
        now = clock.now()
        if kind == "mine":
            # Nobody is asked meanwhile, so that it may be withdrawn at once.
            exits.withdraw(session, people.pairing, rows.SCHEME, actor=None, now=now)
        about = About(subject, subjects[subject].id, side)
        made = links.make(session, PATHS[kind], about, now=now)
        session.commit()
        return made

    return act


@pytest.fixture
def befalls(session, people):
    """Have something happen to a link, or to whoever it is for."""

    def act(case, made, kind):
        now, scheme = clock.now(), rows.SCHEME
        is_newcomer = kind == "mine"
        person = people.newcomer if is_newcomer else people.volunteer
        if case == "expired":
            session.get_one(Link, made.link.id).expires_at = now - timedelta(seconds=1)
        elif case == "withdrawn" and is_newcomer:
            own_steps.withdraw(
                session, people.request, people.newcomer, scheme, now=now
            )
        elif case == "withdrawn":
            why = exits.Ending(Outcome.VOLUNTEER_MOVED)
            volunteers.leave(session, person, why, scheme, actor=None, now=now)
        elif case == "erased":
            why = ErasedFor.ASKED
            erasing.erase(session, person, why, scheme, actor=None, now=now)
        session.commit()

    return act


@pytest.fixture
def sit_down(app, cast, people, session, signed_in_as):
    """Give a browser for a case."""

    def act(case, kind):
        if case == "signed in as a coordinator":
            return signed_in_as(cast.coordinator)
        if case == "signed in as another organisation's":
            return signed_in_as(cast.neighbour)
        client = stranger(app, kind)
        if case == "signed in as another volunteer":
            zoe = [
                each for each in session.exec(select(Volunteer)) if each.name == "Zoe"
            ]
            with client.session_transaction() as cookie:
                cookie[COOKIE] = [zoe[0].public_id, int(clock.now().timestamp())]
            session.commit()
        return client

    return act


@pytest.fixture
def each_kind(in_town, session, people):
    """Go through the kinds of links, each in a town where nothing has happened yet."""

    def act():
        town = in_town()
        for kind in KINDS:
            yield kind
            session.rollback()
            town.put_back()
            session.expire_all()

    return act


def stranger(app, kind):
    """Give a browser that nobody is signed in with, from an address for each kind."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"203.0.113.{[*KINDS].index(kind)}"
    return client


def send(client, address, page, kind):
    """Press the button of a page that was shown before."""
    _subject, _side, go, said = KINDS[kind]
    document = html.document_fromstring(page.get_data(as_text=True))
    (token, *_) = document.xpath("//input[@name='form_token']/@value")
    data = {"form_token": token, "go": go, **said}
    return client.post(address, data=data, headers=FROM_HERE)


def told_of(answer, kind):
    """Find what of anybody stands on a page."""
    text = answer.get_data(as_text=True)
    is_open = answer.status_code == 200
    may = MAY_NAME.get(kind, ()) if is_open else ()
    personal = {*NAMES, *SECRETS.values()} - set(may)
    return sorted(each for each in personal if each in text)


def test_the_table_has_every_kind_that_is_answered(app):
    assert {PATHS[kind] for kind in KINDS} == set(REGISTRY)


@pytest.mark.parametrize("case", CASES)
def test_who_may_still_use_a_link(app, make, befalls, sit_down, each_kind, case):
    for kind in each_kind():
        made = make(kind)
        address = f"/-/take-part/{kind}/{made.token}"
        page = stranger(app, kind).get(address)
        assert page.status_code == 200, kind
        befalls(case, made, kind)
        client = sit_down(case, kind)
        if case == "used":
            assert send(client, address, page, kind).status_code == OPENS[kind][1], kind
        opens_as_said(client, elsewhere(case, address, kind), page, (case, kind))


def elsewhere(case, address, kind):
    """Give the address that is opened, which is another where somebody tampers."""
    if case == "tampered":
        return address[:-1] + ("A" if address[-1] != "A" else "B")
    if case == "another kind's":
        other = next(each for each in KINDS if each != kind)
        return address.replace(f"/{kind}/", f"/{other}/")
    return address


def opens_as_said(client, address, page, cell):
    case, kind = cell
    opened = client.get(address)
    sent = send(client, address, page, kind)
    assert (opened.status_code, sent.status_code) == CASES[case][kind], kind
    assert told_of(opened, kind) == told_of(sent, kind) == [], kind
    if CASES[case][kind] == OVER:
        unknown = client.application.test_client().get(f"/-/take-part/{kind}/made-up")
        assert unknown.status_code == 410, kind
        assert opened.get_data() == sent.get_data() == unknown.get_data(), kind
        assert opened.headers["Referrer-Policy"] == "no-referrer", kind


@pytest.mark.parametrize("case", CLOSED)
def test_a_code_tells_no_more_than_its_link(app, make, befalls, each_kind, case):
    for kind in each_kind():
        if CASES[case][kind] != OVER:
            continue
        made, client = make(kind), stranger(app, kind)
        code = made.code
        page = type_in(client, code)
        assert page.status_code == 200, kind
        befalls(case, made, kind)
        if case == "used":
            assert send(client, CODE, page, kind).status_code == OPENS[kind][1], kind
        elif case in {"tampered", "another kind's"}:
            code = code[:-1] + ("A" if code[-1] != "A" else "C")
        answer = type_in(client, code)
        unknown = type_in(stranger(app, kind), "AAAA-AAAA")
        assert (answer.status_code, unknown.status_code) == (422, 422), kind
        assert told_of(answer, kind) == [], kind
        assert without_what_is_typed(answer) == without_what_is_typed(unknown), kind


def type_in(client, code):
    document = html.document_fromstring(client.get(CODE).get_data(as_text=True))
    (token,) = document.xpath("//input[@name='form_token']/@value")
    return client.post(
        CODE, data={"form_token": token, "code": code}, headers=FROM_HERE
    )


def without_what_is_typed(answer):
    document = html.document_fromstring(answer.get_data(as_text=True))
    for box in document.xpath("//input[@name='form_token' or @name='code']"):
        box.set("value", "")
    return html.tostring(document)
