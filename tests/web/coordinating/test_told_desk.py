"""What somebody told is written down with how it was told, and who interpreted."""

import pytest
from lxml import html

from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    Outcome,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import SpokenThrough, Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.models.told import ToldStep

S = PairingState
NAMED = "Write the name of whoever interpreted."
LAST = "2100-01-01"
WEEK = {"times": "mon-morning"}
REACHED = {"channel": "paper", "safe_from": "0", "safe_until": "24"}
# The act: where the pairing stands, the address, and what else is filled in.
FORMS = {
    "pairing.answer_told": (S.NEWCOMER_ASKED, "pairing", "record-answer",
                            {"agrees": "yes", "reason": "unsaid"}),
    "check_in.answered": (S.MEETING, "check-in", "", {"has_met": "yes"}),
    "pairing.met": (S.INTRODUCED, "pairing", "note-meeting", {"told_by": "newcomer"}),
    "pairing.ending": (S.MEETING, "pairing", "give-notice",
                       {"ends_on": LAST, "told_by": "volunteer"}),
    "pairing.carried_on": (S.ENDING, "pairing", "carry-on", {"told_by": "newcomer"}),
    "pairing.ended": (S.MEETING, "pairing", "end",
                      {"outcome": Outcome.FRIENDS, "told_by": "volunteer"}),
    "request.withdrawn": (S.DRAFT, "request", "withdraw/", {"outcome": Outcome.FRIENDS}),
    "request.week_changed": (S.MEETING, "request", "change/", WEEK),
    "person.contact_changed": (S.MEETING, "request", "reach/", REACHED),
    "volunteer.paused": (S.MEETING, "volunteer", "pause/", {"by": "themselves"}),
    "volunteer.left": (S.MEETING, "volunteer", "leave/",
                       {"outcome": Outcome.VOLUNTEER_TIME}),
    "volunteer.offer_changed": (S.MEETING, "volunteer", "change/", WEEK | {"capacity": "2"}),
}  # fmt: skip
INES = {"through": "interpreter", "interpreted_by": "  Ines   Fiction "}


@pytest.fixture
def places(session, pair, town, now):
    """The addresses of what a pairing is about, by what stands there."""

    def act(state=S.MEETING):
        made = pair(state)
        asked = CheckIn(
            pairing_id=made.id, side=Side.NEWCOMER, kind=CheckInKind.WEEK_2,
            due_on=now.date(), moved_at=now,
        )  # fmt: skip
        session.add(asked)
        session.commit()
        return {
            "pairing": f"{DESK}pairings/{made.public_id}/",
            "request": f"{DESK}requests/{town.asking.public_id}/",
            "volunteer": f"{DESK}volunteers/{town.volunteer.public_id}/",
            "check-in": f"{DESK}check-ins/{asked.public_id}",
        }

    return act


def listed(page):
    """The steps that a page tells of, in the words of its cells."""
    main = html.document_fromstring(text_of(page)).xpath("//main")[0]
    rows = main.xpath(".//section[h2[.='Told to a coordinator']]//tbody/tr")
    return [[" ".join(c.text_content().split()) for c in row[1:]] for row in rows]


@pytest.mark.parametrize("act", FORMS)
def test_it_asks_who_interpreted_and_keeps_the_name(desk, places, read, act):
    state, place, path, said = FORMS[act]
    there = places(state)
    before = read(Pairing)[0].state, read(BuddyRequest)[0].state
    refused = desk.post(
        there[place] + path,
        data=said | {"through": "interpreter", "interpreted_by": " "},
    )
    assert refused.status_code == 422
    assert NAMED in text_of(refused)
    assert read(ToldStep) == []
    assert (read(Pairing)[0].state, read(BuddyRequest)[0].state) == before
    assert desk.post(there[place] + path, data=said | INES).status_code == 302
    (kept,) = read(ToldStep)
    assert (kept.act, kept.through) == (act, SpokenThrough.INTERPRETER)
    assert kept.interpreter == "Ines Fiction"
    pages = ["request" if kept.side is Side.NEWCOMER else "volunteer"]
    pages += ["pairing"] * (kept.subject in {"pairing", "check_in"})
    shown = {listed(desk.get(there[each]))[0][2] for each in pages}
    assert shown == {"Ines Fiction"}


def test_what_is_filled_in_stays_where_a_name_is_missing(desk, places):
    there = places()
    said = {"has_met": "no", "note": "He rang me.", "through": "interpreter"}
    refused = desk.post(there["check-in"], data=said)
    page = html.document_fromstring(text_of(refused))
    (form,) = page.xpath("//details[@open]//form[contains(@action, 'check-ins')]")
    filled = dict(form.form_values())
    assert filled["note"].strip() == "He rang me."
    assert (filled["has_met"], filled["through"]) == ("no", "interpreter")
    (link,) = page.xpath("//a[.=$said]/@href", said=NAMED)
    assert form.xpath(".//*[@id=$id]", id=link[1:])


def test_by_phone_nobody_has_to_be_named(desk, places, read):
    there = places(S.NEWCOMER_ASKED)
    answer = {"agrees": "yes", "reason": "unsaid", "through": "phone"}
    desk.post(f"{there['pairing']}record-answer", data=answer)
    (kept,) = read(ToldStep)
    assert (kept.through, kept.interpreter) == (SpokenThrough.PHONE, None)
    (shown,) = listed(desk.get(there["pairing"]))
    assert shown == [
        "Newcomer · How an answer was told", "By phone", "–", "Cora Sample",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "place", "path", "said"),
    [
        (S.MEETING, "pairing", "end", {"outcome": Outcome.BY_SCHEME}),
        (S.INTRODUCED, "pairing", "note-meeting", {}),
        (S.MEETING, "volunteer", "pause/", {"by": "coordinator"}),
        (S.MEETING, "volunteer", "leave/", {"outcome": Outcome.NOT_A_FIT}),
        (S.MEETING, "request", "change/", WEEK),
    ],
)
def test_what_nobody_told_is_kept_as_nobodys_step(
    desk, places, read, state, place, path, said
):
    there = places(state)
    assert desk.post(there[place] + path, data=said).status_code == 302
    assert read(ToldStep) == []
    assert listed(desk.get(there[place])) == []


@pytest.mark.parametrize(
    ("place", "path", "said"),
    [
        ("pairing", "end", {"outcome": Outcome.FRIENDS} | INES),
        ("pairing", "end", {"outcome": Outcome.FRIENDS, "interpreted_by": "Ines"}),
        ("volunteer", "leave/", {"outcome": Outcome.NOT_A_FIT, "interpreted_by": "I"}),
    ],
)
def test_nobody_interprets_for_nobody(desk, places, read, place, path, said):
    refused = desk.post(places()[place] + path, data=said)
    assert refused.status_code == 422
    assert "Choose one of the answers in the list." in text_of(refused)
    assert read(ToldStep) == []


def test_a_volunteer_comes_back_who_said_so(desk, town, session, read):
    town.volunteer.state = VolunteerState.PAUSED
    session.commit()
    there = f"{DESK}volunteers/{town.volunteer.public_id}/"
    assert "Nobody told us" in text_of(desk.get(f"{there}resume/"))
    said = {"through": "in-person", "interpreted_by": ""}
    assert desk.post(f"{there}resume/", data=said).location == there
    assert read(Volunteer)[0].state is VolunteerState.CLEARED
    (kept,) = read(ToldStep)
    assert (kept.act, kept.side) == ("volunteer.came_back", Side.VOLUNTEER)


@pytest.mark.parametrize(
    ("state", "act"),
    [(RequestState.ON_HOLD, "resume"), (RequestState.CLOSED, "reopen")],
)
def test_a_newcomer_looks_for_somebody_again(desk, town, session, read, state, act):
    town.asking.state = state
    session.commit()
    there = f"{DESK}requests/{town.asking.public_id}/"
    desk.post(f"{there}{act}/", data={"through": "phone"})
    assert read(BuddyRequest)[0].state is RequestState.OPEN
    assert [each.side for each in read(ToldStep)] == [Side.NEWCOMER]


def test_who_interpreted_before_is_offered(desk, town, session, places):
    town.newcomer.interpreter, town.newcomer.agreed_interpreter = "Ines", "Ida"
    session.commit()
    there = places(S.NEWCOMER_ASKED)
    for address in (there["pairing"], f"{there['request']}withdraw/"):
        page = html.document_fromstring(text_of(desk.get(address)))
        for field in page.xpath("//input[@name='interpreted_by' and @list]"):
            offered = page.xpath(
                "//datalist[@id=$id]/option/@value", id=field.get("list")
            )
            assert offered == ["Ines", "Ida"]
            assert not field.get("value")
        assert page.xpath("//input[@name='interpreted_by' and @list]")


@pytest.fixture
def apart(session, town, organisations, places, desk):
    """A pair of two organisations; each side told something through somebody."""
    town.volunteer.organisation_id = organisations["Harbour Charity"].id
    town.newcomer.interpreter = "Ida Fiction"
    there = places(S.INTRODUCED)
    for side, name in (("newcomer", "Ines Fiction"), ("volunteer", "Vito Fiction")):
        said = {"told_by": side, "through": "interpreter", "interpreted_by": name}
        path = "note-meeting" if side == "newcomer" else "give-notice"
        told = desk.post(there["pairing"] + path, data=said | {"ends_on": LAST})
        assert told.status_code == 302
    return there


def test_who_interpreted_is_told_to_their_own_organisation_alone(desk, one_home, apart):
    ours, theirs = (listed(each.get(apart["pairing"])) for each in (desk, one_home))
    assert [row[0].partition(" · ")[0] for row in theirs] == ["Volunteer"]
    assert theirs[0][2] == "Vito Fiction"
    page = text_of(one_home.get(apart["pairing"]))
    assert "Ines Fiction" not in page
    assert "Ida Fiction" not in page
    assert [row[0].partition(" · ")[0] for row in ours] == ["Volunteer", "Newcomer"]
    assert one_home.get(apart["request"]).status_code == 404
    (step,) = listed(one_home.get(apart["volunteer"]))
    assert step[2] == "Vito Fiction"


def test_who_works_for_the_leading_organisation_alone_reads_no_name_of_the_other(
    one_home, apart, session, read, organisations
):
    (made,) = read(Pairing)
    session.get_one(Pairing, made.id).lead_id = organisations["Harbour Charity"].id
    session.commit()
    rows = listed(one_home.get(apart["pairing"]))
    assert [(row[0].partition(" · ")[0], row[2]) for row in rows] == [
        ("Volunteer", "Vito Fiction"), ("Newcomer", "–"),
    ]  # fmt: skip
    page = text_of(one_home.get(apart["pairing"]))
    assert "Ines Fiction" not in page
    assert "Ida Fiction" not in page
