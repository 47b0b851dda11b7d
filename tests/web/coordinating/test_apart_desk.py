"""Never this volunteer: found by name, kept apart, let meet after all."""

import pytest
from lxml import html

from tests.buddies import scenes
from tests.partners.shared import share
from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.links import About
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.models.requests import Block, BlockReason
from welcome.buddies.tasks import raise_task


@pytest.fixture
def there(session, town, now):
    town.newcomer.never_told = "Vera, my cousin"
    about = About("newcomer", town.newcomer.id)
    raise_task(session, TaskKind.NAME_TO_KEEP_AWAY, town.own, about, now=now)
    session.commit()
    return f"{DESK}requests/{town.asking.public_id}/"


@pytest.fixture
def share_now(session, organisations, now):
    """Have Harbour Charity share with Town Friends."""

    def act():
        one, other = organisations["Town Friends"], organisations["Harbour Charity"]
        share(session, one, other, now=now)
        session.commit()

    return act


@pytest.fixture
def vito(session, organisations, now):
    """A volunteer of Harbour Charity."""
    other = organisations["Harbour Charity"].id
    made = scenes.volunteer(session, now, name="Vito Fiction", organisation_id=other)
    session.commit()
    return made


def found(answer):
    page = html.document_fromstring(text_of(answer))
    return {
        each.get("value"): each.getnext().text_content()
        for each in page.xpath("//input[@name='volunteer']")
    }


def kept_apart(desk, there):
    page = html.document_fromstring(text_of(desk.get(there)))
    (section,) = page.xpath("//section[@aria-labelledby='apart']")
    return " ".join(section.text_content().split())


def said(volunteer, **changes):
    return {"words": "fiction", "volunteer": volunteer.public_id} | {
        "reason": "never-told", "note": "Her cousin."
    } | changes  # fmt: skip


def test_whoever_was_named_is_found_and_kept_apart(desk, there, town, pair, read, acts):
    pair(PairingState.VOLUNTEER_ASKED)
    assert "Vera, my cousin" in text_of(desk.get(f"{there}apart/"))
    assert found(desk.get(f"{there}apart/")) == {}
    looked = desk.get(f"{there}apart/?words=véra")
    assert found(looked) == {town.volunteer.public_id: "Vera Fiction · Town Friends"}
    sent = desk.post(f"{there}apart/", data=said(town.volunteer))
    assert sent.location == there
    (kept,) = read(Block)
    assert (kept.reason, kept.note) == (BlockReason.NEVER_TOLD, "Her cousin.")
    assert read(Pairing)[0].state is PairingState.WITHDRAWN
    assert read(Task)[0].done_at is not None
    told = kept_apart(desk, there)
    for each in ("Vera Fiction", "Must not be told", "Her cousin."):
        assert each in told
    assert "request.kept_apart" in acts()


def test_it_is_taken_back(desk, there, town, read, acts):
    desk.post(f"{there}apart/", data=said(town.volunteer))
    form = {"volunteer": town.volunteer.public_id}
    assert "Let them meet after all" in kept_apart(desk, there)
    assert desk.post(f"{there}let-meet", data=form).location == there
    assert read(Block) == []
    assert "Nobody." in kept_apart(desk, there)
    assert desk.post(f"{there}let-meet", data=form).status_code == 409
    assert "request.let_meet" in acts()


def test_whom_others_share_is_found_and_nobody_else(
    desk, there, vito, share_now, town, read
):
    hidden = desk.post(f"{there}apart/", data=said(vito))
    assert (hidden.status_code, read(Block)) == (422, [])
    for page in (hidden, desk.get(f"{there}apart/?words=vito")):
        assert vito.public_id not in found(page)
        assert "Harbour Charity" not in text_of(page)
        assert "Vito Fiction" not in text_of(page)
    share_now()
    assert found(desk.get(f"{there}apart/?words=vito")) == {}
    shown = found(desk.get(f"{there}apart/?words=fiction vito"))
    assert shown == {vito.public_id: "Vito Fiction · Harbour Charity"}
    chosen = said(vito, words="fiction vito")
    assert desk.post(f"{there}apart/", data=chosen).location == there
    assert "Vito Fiction" in kept_apart(desk, there)


def test_who_said_no_elsewhere_has_no_name_and_stays_apart(
    desk, there, vito, share_now, session, town, now
):
    share_now()
    said_no = BlockReason.SAID_NO
    session.add(
        Block(
            newcomer_id=town.newcomer.id,
            volunteer_id=vito.id,
            reason=said_no,
            set_at=now,
        )
    )
    session.commit()
    told = kept_apart(desk, there)
    assert "of another organisation" in told
    assert "Vito" not in told
    assert "Let them meet" not in told


def test_who_left_is_not_found(desk, there, session, town):
    town.volunteer.state = VolunteerState.LEFT
    session.commit()
    page = desk.get(f"{there}apart/?words=vera")
    assert found(page) == {}
    assert "No volunteer of that name" in text_of(page)


def test_many_are_not_all_shown(desk, there, session, town, now):
    for number in range(21):
        scenes.volunteer(
            session, now, name=f"Vera Fiction {number:02}", organisation_id=town.own
        )
    session.commit()
    page = desk.get(f"{there}apart/?words=vera")
    assert len(found(page)) == 20
    assert "Write more of the name" in text_of(page)


@pytest.mark.parametrize(
    "wrong", [{"volunteer": ""}, {"reason": "ended"}, {"note": "x" * 501}]
)
def test_what_is_not_right_keeps_what_was_typed(desk, there, town, read, wrong):
    refused = desk.post(f"{there}apart/", data=said(town.volunteer) | wrong)
    assert (refused.status_code, read(Block)) == (422, [])
    assert "There is a problem" in text_of(refused)
    assert wrong.get("note", "Her cousin.") in text_of(refused)


def test_who_agreed_to_meet_ends_first(desk, there, town, pair, read):
    pair(PairingState.MEETING)
    refused = desk.post(f"{there}apart/", data=said(town.volunteer))
    assert (refused.status_code, read(Block)) == (409, [])
    assert "End their pairing first" in text_of(refused)
