"""Slips and sheets: they name nobody, open the right door, and fit their paper."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.accounts.models import JournalEntry
from welcome.buddies import links
from welcome.buddies.errors import LinkOver, MoveRefused
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    CheckInState,
    PairingState,
    Side,
)
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.people import finding
from welcome.buddies.people.finding import Wanted
from welcome.buddies.printed import sheets, slips
from welcome.editions.print import pdf
from welcome.phrases import catalogues

PHONE = "020 7946 0123"
PLENTY = pdf.Limits(seconds=120, megabytes=1024)


@pytest.fixture
def actor(cast):
    return cast.coordinator


def met(session, now, state=PairingState.MEETING, **values):
    """A pair that is asked how it goes, whose organisation can be called."""
    scene = scenes.scene(session, now, state)
    for name, value in values.items():
        setattr(scene.pairing, name, value)
    scenes.organisation(session, now).safeguarding_phone = PHONE
    session.flush()
    return scene


def check_in(session, scene, now, state=CheckInState.DUE):
    made = CheckIn(
        pairing_id=scene.pairing.id, side=Side.VOLUNTEER, kind=CheckInKind.WEEK_2,
        due_on=now.date(), moved_at=now, state=state,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def request_slip(session, scene, actor, now, *, is_lost=False):
    return slips.for_request(
        session, scene.request, scene.newcomer, is_lost=is_lost, actor=actor, now=now
    )


def volunteer_slip(session, volunteer, actor, now, *, is_lost=False):
    return slips.for_volunteer(
        session, volunteer, is_lost=is_lost, actor=actor, now=now
    )


def pages(page):
    with pypdfium2.PdfDocument(
        io.BytesIO(pdf.press(page, SCHEME.site_url, PLENTY))
    ) as opened:
        return [each.get_textpage().get_text_bounded() for each in opened]


def as_seen(page):
    """The characters of each page by where they stand, from left to right."""
    with pypdfium2.PdfDocument(
        io.BytesIO(pdf.press(page, SCHEME.site_url, PLENTY))
    ) as opened:
        read = [each.get_textpage() for each in opened]
        placed = [
            [
                (each.get_charbox(index, loose=True), each.get_text_range(index, 1))
                for index in range(each.count_chars())
            ]
            for each in read
        ]
    return [
        "".join(
            said
            for _top, _left, said in sorted(
                (-round(box[3]), box[0], said) for box, said in each if said.strip()
            )
        )
        for each in placed
    ]


def test_a_slip_of_a_request_opens_it_for_as_long_as_others_do(session, actor, now):
    scene = met(session, now)
    slip = request_slip(session, scene, actor, now)
    link = links.get_by_code(session, slip.made.code, now=now)
    about = (link.purpose, link.subject, link.subject_id)
    assert about == (LinkPurpose.MY_REQUEST, "buddy_request", scene.request.id)
    assert link.expires_at == now + timedelta(days=90)


def test_a_second_slip_leaves_the_first_unless_that_was_lost(session, actor, now):
    scene = met(session, now)
    first, second = (request_slip(session, scene, actor, now) for _each in range(2))
    links.get_by_code(session, first.made.code, now=now)
    third = request_slip(session, scene, actor, now, is_lost=True)
    session.expire_all()
    for old in (first, second):
        with pytest.raises(LinkOver):
            links.get_by_code(session, old.made.code, now=now)
    links.get_by_code(session, third.made.code, now=now)


def test_a_volunteer_signs_in_by_slip_for_as_long_as_others_use_theirs(
    session, actor, now
):
    volunteer = scenes.volunteer(session, now)
    first = volunteer_slip(session, volunteer, actor, now)
    link = links.get_by_code(session, first.made.code, now=now)
    about = (link.purpose, link.subject, link.subject_id)
    assert about == (LinkPurpose.SIGN_IN, "volunteer", volunteer.id)
    assert link.expires_at == now + timedelta(days=90)
    page = slips.render(first, SCHEME)
    assert "sign in once at Town" in page
    assert "31 May 2026" in page
    volunteer_slip(session, volunteer, actor, now, is_lost=True)
    session.expire_all()
    with pytest.raises(LinkOver):
        links.get_by_code(session, first.made.code, now=now)


@pytest.mark.parametrize("state", [VolunteerState.LEFT, VolunteerState.DECLINED])
def test_who_is_here_no_more_gets_no_slip(session, actor, now, state):
    volunteer = scenes.volunteer(session, now, state=state)
    with pytest.raises(MoveRefused):
        volunteer_slip(session, volunteer, actor, now)


@pytest.mark.parametrize(
    ("state", "side"),
    [
        (PairingState.VOLUNTEER_ASKED, "volunteer"),
        (PairingState.NEWCOMER_ASKED, "newcomer"),
    ],
)
def test_who_is_asked_answers_by_slip_until_the_proposal_lapses(
    session, actor, now, state, side
):
    scene = met(session, now, state)
    slip = slips.for_answer(session, scene.pairing, actor=actor, now=now)
    link = links.get_by_code(session, slip.made.code, now=now)
    assert (link.purpose, link.side) == (LinkPurpose.ANSWER, side)
    assert link.expires_at == scene.pairing.expires_at


def test_without_a_question_there_is_no_slip_to_answer_it(session, actor, now):
    scene = met(session, now, PairingState.DRAFT)
    with pytest.raises(MoveRefused):
        slips.for_answer(session, scene.pairing, actor=actor, now=now)
    lapsed = met(session, now, PairingState.VOLUNTEER_ASKED)
    late = lapsed.pairing.expires_at
    with pytest.raises(MoveRefused):
        slips.for_answer(session, lapsed.pairing, actor=actor, now=late)


def test_a_check_in_is_answered_by_slip_once(session, actor, now):
    scene = met(session, now)
    asked = check_in(session, scene, now)
    slip = slips.for_check_in(session, asked, actor=actor, now=now)
    link = links.get_by_code(session, slip.made.code, now=now)
    assert (link.subject, link.subject_id, link.side) == (
        "check_in", asked.id, "volunteer",
    )  # fmt: skip
    asked.state = CheckInState.ANSWERED
    with pytest.raises(MoveRefused):
        slips.for_check_in(session, asked, actor=actor, now=now)


def test_the_journal_knows_who_printed_and_never_the_code(session, actor, now):
    slip = request_slip(session, met(session, now), actor, now)
    entry = session.exec(
        select(JournalEntry).where(JournalEntry.act == "slip.printed")
    ).one()
    assert entry.details == {"purpose": "my-request"}
    assert slip.made.code not in str(entry.model_dump())


def test_paper_names_nobody(session, actor, now):
    scene = met(session, now)
    slip = slips.render(request_slip(session, scene, actor, now), SCHEME)
    _tag, sheet = sheets.render(session, scene.pairing, Side.NEWCOMER, SCHEME, now=now)
    for person in (scene.newcomer, scene.volunteer):
        for told in (person.name, person.email, person.phone):
            assert told not in slip
            assert told not in sheet
    for page in (slip, sheet):
        assert "buddy" not in page.lower()
        assert "refugee" not in page.lower()
        assert PHONE in page


@pytest.mark.parametrize("tag", catalogues.WHOLE)
def test_a_slip_is_one_half_page_and_a_sheet_two_pages(session, actor, now, tag):
    scene = met(session, now)
    scene.newcomer.tag = tag
    slip = request_slip(session, scene, actor, now)
    [text] = pages(slips.render(slip, SCHEME))
    assert slip.made.code in text
    assert PHONE in text
    # Digits alone take the direction of what stands around them.
    scene.pairing.public_id = f"12345678{scene.pairing.public_id[8:]}"
    spoken, sheet = sheets.render(
        session, scene.pairing, Side.NEWCOMER, SCHEME, now=now
    )
    assert spoken == tag
    reference = sheets.reference_of(scene.pairing, Side.NEWCOMER)
    # What stands beside it runs the other way in some: read by its place.
    assert [each.count(reference) for each in as_seen(sheet)] == [3, 3]


def test_who_reads_no_language_of_ours_gets_the_nearest(session, actor, now):
    scene = met(session, now)
    scene.newcomer.tag = "arz"
    page = slips.render(request_slip(session, scene, actor, now), SCHEME)
    assert '<html lang="ar" dir="rtl">' in page


def test_strips_end_with_the_pairing(session, now):
    scene = met(session, now)
    dates = sheets.list_dates(scene.pairing, SCHEME, now=now)
    assert len(dates) == sheets.STRIPS
    assert dates == sorted(dates)
    assert dates[0] == now.date() + timedelta(days=14)
    scene.pairing.ends_on = dates[1]
    assert sheets.list_dates(scene.pairing, SCHEME, now=now) == dates[:2]


@pytest.mark.parametrize("state", [PairingState.DRAFT, PairingState.ENDED])
def test_who_is_not_asked_gets_no_sheet(session, now, state):
    scene = scenes.scene(session, now, state)
    with pytest.raises(MoveRefused):
        sheets.render(session, scene.pairing, Side.NEWCOMER, SCHEME, now=now)


def test_the_reference_of_a_strip_finds_its_pairing(session, now):
    scene, _other = met(session, now), met(session, now)
    own = {scene.newcomer.organisation_id}
    for side in Side:
        reference = sheets.reference_of(scene.pairing, side)
        found = finding.find_pairings(session, own, Wanted(reference))
        assert found.rows == [scene.pairing]
    assert finding.find_pairings(session, {0}, Wanted(reference)).rows == []
    assert finding.find_pairings(session, own, Wanted("3f")).rows == []
