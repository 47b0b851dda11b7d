"""Whatever the forms ask is to be found on the desk, by those who coordinate there alone."""

from types import SimpleNamespace

import pytest
from lxml import html

from tests.buddies import scenes
from tests.partners.shared import share
from tests.web.coordinating.conftest import DESK, text_of
from tests.web.coordinating.test_recording import NEW, PLAIN
from tests.web.taking_part.filling import Filler
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Area, AreaKind, Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest

REFER = "/-/partnering/refer"
# What a page carries besides answers.
MACHINERY = {"form_token", "csrf_token", "step", "go"}
# By field: what is answered, under which words the desk shows it, and what it says.
PERSON = {
    "name": ("Nadia Fiction", "h1", "Nadia Fiction"),
    "channel": ("call", "Reached by", "Phone call"),
    "email": ("nadia@example.org", "E-mail", "nadia@example.org"),
    "phone": ("020 7946 0123", "Phone", "020 7946 0123"),
    "is_adult": ("y", "18 or older", "Yes"),
    "language_1": ("ti", "Speaks", "Tigrinya"),
    "level_1": ("first", "Speaks", "(First language)"),
    "language_2": ("ar", "Speaks", "Arabic"),
    "level_2": ("well", "Speaks", "(Well)"),
    "language_3": ("en", "Speaks", "English"),
    "level_3": ("a-few-words", "Speaks", "(A few words)"),
    "language_other": ("Bilin", "Speaks", "bilin"),
    "level_other": ("everyday", "Speaks", "(Everyday talk)"),
    "times": (["sun-evening"], "Free", "Sunday (Evening)"),
    "area": ("WS1 4AB", "Area", "WS1 4"),
    "neighbourhood": ("", "Area", "WS1 4"),
    "gender": ("another", "Gender", "Another gender"),
    "wish": ("woman", "Would like to meet", "Only women"),
    "interests": (["cricket"], "Likes", "Cricket"),
    "about": (
        "I bake every Friday.",
        "What their buddy should know",
        "I bake every Friday.",
    ),
}
AGREED = {
    "agreed_by": ("Nuria Sister", "Who agreed", "Nuria Sister"),
    "agreed_on": ("2020-02-29", "Who agreed", "29 February 2020"),
    "through": ("interpreter", "How they were told", "Through an interpreter"),
    "interpreted_by": ("Ines Fiction", "How they were told", "Ines Fiction"),
    "agreed_in": ("ckb", "How they were told", "Kurdish (Sorani)"),
    "home": ("", "Seen to by", "Town Friends"),
    "agreed": ("y", "Who agreed", "Nuria Sister"),
    "has_read": ("y", "Told what we keep", "20"),
    "tag": ("ar", "Written to in", "العربية"),
    "prefers": ("listen", "Reads, listens or is called", "I listen to messages"),
}
NEWCOMER = PERSON | AGREED | {
    "shares_phone": ("y", "Phone", "Other people see what arrives"),
    "safe_from": ("9", "At what hours", "from 9"),
    "safe_until": ("17", "At what hours", "to 17"),
    "safe_note": ("Ask for the baker.", "What they said about it", "Ask for the baker."),
    "avoids_own_community": ("y", "Would like to meet", "outside their own community"),
    "never_told": (
        "Cousin Karim", "Who must never know that they take part", "Cousin Karim",
    ),
    "household": ("family", "Who meets a buddy", "A family with children"),
    "buddies": ("2", "How many buddies", "Two buddies"),
    "interpreter": ("Ivo 020 7946 0999", "Who speaks for them", "Ivo 020 7946 0999"),
}  # fmt: skip
VOLUNTEER = PERSON | AGREED | {
    "offers": (["family"], "Offers to meet", "Friend to a family with children"),
    "capacity": ("3", "Places taken", "0 / 3"),
    "reach": ("8", "Goes as far as", "8 km"),
}  # fmt: skip
SAID = {"newcomer": NEWCOMER, "volunteer": VOLUNTEER}
# Whom a volunteer names stands with their clearances.
REFEREES = {
    f"{field}_{number}"
    for field in ("name", "relation", "email", "phone")
    for number in (1, 2)
}
REST = {"newcomer": set[str](), "volunteer": REFEREES}


def shown(answer):
    """What a page says, by the words that it stands under."""
    page = html.document_fromstring(text_of(answer))
    found = {"h1": page.findtext(".//h1") or page.find(".//h1").text_content()}
    for head in page.xpath("//dt | //div[contains(@class, 'note')]//h3"):
        told = head.getnext().text_content()
        found[" ".join(head.text_content().split())] = " ".join(told.split())
    return found


def fields_of(answer):
    page = html.document_fromstring(text_of(answer))
    return set(page.xpath("//form//*[@name]/@name")) - MACHINERY


@pytest.fixture
def places(session):
    """A part of a postcode, and a neighbourhood to pick."""
    scenes.area(session)
    kind = AreaKind.NEIGHBOURHOOD
    session.add(
        Area(code="caldmore", name="Caldmore", kind=kind, easting=1, northing=1)
    )
    session.commit()


@pytest.fixture
def told(desk, places, read):
    """Have somebody written down with an answer to everything; give their page."""

    def act(kind):
        page = html.document_fromstring(text_of(desk.get(NEW[kind])))
        (form,) = page.xpath("//form[.//input[@name='form_token']]")
        (home,) = page.xpath("//select[@id='home']/option[.='Town Friends']/@value")
        said = {field: answer for field, (answer, _head, _said) in SAID[kind].items()}
        data = {**dict(form.form_values()), **PLAIN[kind], **said, "home": home}
        answer = desk.post(NEW[kind], data=data)
        assert answer.status_code == 302, text_of(answer)
        if kind == "volunteer":
            return f"{DESK}volunteers/{read(Volunteer)[0].public_id}/"
        return f"{DESK}requests/{read(BuddyRequest)[0].public_id}/"

    return act


@pytest.mark.parametrize("kind", SAID)
def test_every_answer_is_to_be_found(desk, told, kind):
    page = shown(desk.get(told(kind)))
    missing = {
        field: page.get(head)
        for field, (_answer, head, said) in SAID[kind].items()
        if said not in page.get(head, "")
    }
    assert missing == {}


@pytest.mark.parametrize("kind", SAID)
def test_the_tables_hold_every_field_of_every_form(
    app, desk, signed_in_as, cast, places, kind
):
    asked = fields_of(desk.get(NEW[kind]))
    if kind == "newcomer":
        asked |= fields_of(signed_in_as(cast.referrer).get(REFER))
    filler = Filler(app.test_client(), f"/-/take-part/en/{kind}/")
    steps = set()
    while filler.step not in {*steps, None}:
        steps.add(filler.step)
        asked |= fields_of(filler.answer)
        known = fields_of(filler.answer) & set(PLAIN[kind])
        answers = {field: PLAIN[kind][field] for field in known}
        filler.send(answers | {"channel": "email", "email": "nadia@example.org"})
    assert len(steps) == 6
    assert asked == SAID[kind].keys() | REST[kind]


@pytest.mark.parametrize("kind", SAID)
def test_whom_they_named_stands_behind_the_clearances(desk, told, read, kind):
    page = text_of(desk.get(told(kind)))
    for each in read(Referee):
        assert f"/-/clearing/{read(Volunteer)[0].public_id}/" in page
        clearing = text_of(desk.get(f"/-/clearing/{read(Volunteer)[0].public_id}/"))
        assert each.name in clearing
    assert len(read(Referee)) == len(REST[kind]) // 4


def test_who_referred_them_stands_where_they_are_reached(
    desk, signed_in_as, cast, places, read
):
    partner = signed_in_as(cast.referrer)
    page = html.document_fromstring(text_of(partner.get(REFER)))
    (form,) = page.xpath("//form[.//input[@name='form_token']]")
    said = {**dict(form.form_values()), **PLAIN["newcomer"], "channel": "referrer"}
    said |= {"agreed": "y", "area": "", "neighbourhood": "caldmore"}
    assert partner.post(REFER, data=said).status_code == 302
    told = shown(desk.get(f"{DESK}requests/{read(BuddyRequest)[0].public_id}/"))
    assert told["Reached by"] == "Only through who referred me"
    assert told["Area"] == "Caldmore"
    for known in ("Surgery in the Square", cast.referrer.name, cast.referrer.email):
        assert known in told["Referred by"]


@pytest.fixture
def shared(session, organisations, now):
    """Town Friends and Harbour Charity share; who coordinates there."""
    one, other = organisations["Town Friends"], organisations["Harbour Charity"]
    share(session, one, other, now=now)
    session.commit()
    return SimpleNamespace(one=one.id, other=other.id)


@pytest.mark.parametrize("kind", SAID)
def test_who_shares_sees_none_of_it(one_home, told, shared, session, read, now, kind):
    there = told(kind)
    assert one_home.get(there).status_code == 404
    assert desk_of(one_home, session, read, shared, now, kind) & told_of(kind) == set()


def desk_of(one_home, session, read, shared, now, kind):
    """Pair them with somebody of the sharing organisation; read its whole desk."""
    if kind == "newcomer":
        (asking,), (newcomer,) = read(BuddyRequest), read(Newcomer)
        volunteer = scenes.volunteer(session, now, organisation_id=shared.other)
    else:
        newcomer = scenes.newcomer(session, now, organisation_id=shared.other)
        asking, (volunteer,) = scenes.request(session, newcomer, now), read(Volunteer)
    made = Pairing(
        request_id=asking.id, newcomer_id=newcomer.id, volunteer_id=volunteer.id,
        moved_at=now, lead_id=shared.other,
    )  # fmt: skip
    session.add(made)
    session.commit()
    paths = ["", "requests/", "volunteers/", "pairings/", f"pairings/{made.public_id}/"]
    own = f"volunteers/{volunteer.public_id}/"
    own = own if kind == "newcomer" else f"requests/{asking.public_id}/"
    pages = [one_home.get(f"{DESK}{path}") for path in (*paths, own)]
    assert {page.status_code for page in pages} == {200}
    whole = "".join(map(text_of, pages))
    return {said for said in told_of(kind) if said in whole}


def told_of(kind):
    """What of their answers nobody but they could have said."""
    return {
        said
        for field, (_answer, _head, said) in SAID[kind].items()
        if field in {"name", "email", "phone", "safe_note", "never_told", "interpreter"}
        or field in {"agreed_by", "interpreted_by"}
    }
