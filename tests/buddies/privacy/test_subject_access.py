"""What somebody gets of their record: theirs, whole, and nobody else's name in it."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from lxml import html
from sqlmodel import select

import welcome.messages
from tests.buddies import records
from tests.buddies.people.test_intake import APPLICATION, ASKING
from tests.buddies.privacy.test_erasing import erase
from tests.buddies.scenes import SCHEME
from tests.page_laws import numbers_stay_whole
from welcome.accounts import journal
from welcome.buddies.concerns import stopping
from welcome.buddies.concerns.stopping import Concerned
from welcome.buddies.errors import MoveRefused, PersonErased
from welcome.buddies.models.concerns import Concern, ConcernState, RaisedBy
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import Outcome, PairingState, Side
from welcome.buddies.models.people import PausedBy
from welcome.buddies.models.rights import ExportState, SubjectExport
from welcome.buddies.people import volunteers, wrote_again
from welcome.buddies.people.volunteers import Pause
from welcome.buddies.privacy import gathered, retention, subject_access, subject_page
from welcome.buddies.privacy.errors import SecondLookNeeded
from welcome.buddies.rules.clocks import Clock
from welcome.buddies.rules.times import ANY_TIME
from welcome.buddies.rules.vocabulary import Interest
from welcome.phrases import codes

SECRETS = records.SECRETS
FOLDER = Path(welcome.messages.__file__).parent / "letters"


def strings(value) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for each in value.values() for text in strings(each))]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [str(value)]


@pytest.fixture
def made(session, now, cast):
    found = records.write(session, now)
    home = found.newcomer.organisation_id
    session.add(
        Concern(
            organisation_id=home, raised_with_id=home, raised_by=RaisedBy.STAFF,
            raised_at=now, moved_at=now, what="a bruise",
            newcomer_id=found.newcomer.id, volunteer_id=found.volunteer.id,
        )
    )  # fmt: skip
    # What people write of each other themselves.
    found.newcomer.about = (
        f"I met VERA at Irina's. {cast.administrator.name} helped; ask Cousin Bertold."
        " Lucia Ferrante spoke for me."
    )
    found.volunteer.about = f"Nadia rings me; Rufus Quill knows. {records.NEWCOMERS[1]}"
    for person in (found.newcomer, found.volunteer):
        person.agreed_interpreter = "Agata Lind"
        person.about += " Agata told me what you keep."
    found.volunteer.about += " Otto Brandl spoke for me, Lucia for them."
    session.commit()
    return found


@pytest.mark.parametrize("side", list(Side))
def test_no_string_names_anybody_else(session, now, made, side, cast):
    other = records.VOLUNTEERS if side is Side.NEWCOMER else records.NEWCOMERS
    hidden = {*other, *other[0].split(), *records.REFEREES, "Rufus", "Quill"}
    hidden |= {SECRETS["interpreter"], SECRETS["never_told"], "Irina", "Bertold"}
    hidden |= {SECRETS["answer"], SECRETS["block_note"], "a bruise", "Zoe"}
    # Those who interpreted, for either side.
    hidden |= {SECRETS["newcomer_told"], "Ferrante", SECRETS["volunteer_told"], "Otto"}
    hidden |= {"Agata", "Lind"}
    hidden |= {cast.administrator.name}
    told = gathered.gather(session, made.person(side), now=now)
    page = subject_page.render(told, "en", place="Town")
    found = [
        (word, text)
        for text in [*strings(told), page]
        for word in hidden
        if word.casefold() in text.casefold()
    ]
    own = made.person(side).name
    assert [each for each in found if each[0] not in own] == []
    assert own in strings(told)


def test_what_is_theirs_is_there(session, now, made):
    told = json.loads(json.dumps(gathered.gather(session, made.newcomer, now=now)))
    assert told["format"] == 1
    assert told["person"]["name"] == records.NEWCOMERS[0]
    assert told["person"]["email"] == records.NEWCOMERS[1]
    assert gathered.GONE in told["person"]["about"]
    assert {each["language"] for each in told["languages"]} == {"ar", "en", "ti"}
    [request] = told["requests"]
    assert request["urgency_reason"] == SECRETS["urgency_reason"]
    [pairing] = told["pairings"]
    assert (pairing["with"], pairing["state"]) == ("volunteer", "meeting")
    assert told["check_ins"] == []
    [step] = told["told"]
    assert step == {
        "act": "pairing.met", "through": "interpreter", "told_at": now.isoformat(),
    }  # fmt: skip
    assert len(told["letters"]) == 3
    assert told["links"]
    [task] = told["tasks"]
    assert (task["kind"], task["note"]) == (
        "wants-to-talk", f"{gathered.GONE} rang about the shed",
    )  # fmt: skip
    [again] = told["sent_again"]
    assert (again["about"], again["role"]) == (SECRETS["sent_again"], "alone")
    volunteer = gathered.gather(session, made.volunteer, now=now)
    assert volunteer["sent_again"][0]["offers"]
    assert [each["note"] for each in volunteer["check_ins"]]
    assert volunteer["tasks"] == []
    assert [each["through"] for each in volunteer["told"]] == ["interpreter"]
    assert SECRETS["task_note"] not in {*strings(told), *strings(volunteer)}
    assert volunteer["referees"][0]["state"] == "accepted"
    assert volunteer["clearances"][0]["reason"] == SECRETS["clearance_reason"]


def test_nobody_learns_that_the_other_said_no(session, now, made):
    made.pairing.state, made.pairing.said_no = PairingState.DECLINED, Side.VOLUNTEER
    made.pairing.said_why = "too-far"
    session.commit()
    [theirs] = gathered.gather(session, made.newcomer, now=now)["pairings"]
    assert (theirs["said_no"], theirs["said_why"]) == (None, None)
    [own] = gathered.gather(session, made.volunteer, now=now)["pairings"]
    assert (own["said_no"], own["said_why"]) == (True, "too-far")


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("act", ["nothing", "hold", "end"])
def test_whether_there_is_a_concern_is_told_to_nobody(
    session, now, made, cast, act, side
):
    person, by = made.person(side), {"actor": cast.administrator, "now": now}
    before = gathered.gather(session, person, now=now)
    concern = session.exec(select(Concern)).one()
    concern.state, concern.pairing_id = ConcernState.BEING_HANDLED, made.pairing.id
    pair = Concerned(concern, made.pairing)
    if act == "hold":
        stopping.hold_pair(session, pair, **by)
    elif act == "end":
        stopping.end_pair(session, pair, SCHEME, wants_another=False, **by)
    with_one = gathered.gather(session, person, now=now)
    session.delete(concern)
    if act == "end":
        [told] = with_one["pairings"]
        assert (told["state"], told["outcome"]) == ("ended", "by-scheme")
        made.pairing.outcome = Outcome.BY_SCHEME
        session.commit()
        before = gathered.gather(session, person, now=now)
    assert with_one == before


@pytest.mark.parametrize("is_lifted", [False, True])
def test_who_is_suspended_looks_like_anybody_whom_a_coordinator_pauses(
    session, now, made, cast, is_lifted
):
    by = {"actor": cast.administrator, "now": now}
    pause = Pause(PausedBy.COORDINATOR)
    with session.begin_nested() as tried:
        volunteers.pause(session, made.volunteer, pause, SCHEME, actor=None, now=now)
        paused = gathered.gather(session, made.volunteer, now=now)
        tried.rollback()
    concern = session.exec(select(Concern)).one()
    concern.state = ConcernState.BEING_HANDLED
    stopping.suspend(session, concern, SCHEME, **by)
    if is_lifted:
        stopping.lift(session, concern, SCHEME, **by)
    told = gathered.gather(session, made.volunteer, now=now)
    assert told["person"] == paused["person"]
    assert (told["person"]["state"], told["person"]["paused_by"]) == (
        "paused", "coordinator",
    )  # fmt: skip
    acts = {each["act"] for each in told["journal"]}
    assert not {act for act in acts if "suspend" in act or "restore" in act}
    page = subject_page.render(told, "en", place="Town")
    assert "uspended" not in page


def test_it_is_given_out_after_a_second_look(session, now, made, cast):
    person, one, other = made.newcomer, cast.administrator, cast.writer
    export = subject_access.prepare(session, person, actor=one, now=now)
    assert subject_access.prepare(session, person, actor=other, now=now) is export
    asked = select(Task).where(Task.kind == TaskKind.REVIEW_EXPORT)
    assert session.exec(asked).one().done_at is None
    with pytest.raises(MoveRefused):
        subject_access.release(session, export, actor=one, now=now)
    with pytest.raises(SecondLookNeeded):
        subject_access.review(session, export, actor=one, now=now)
    subject_access.review(session, export, actor=other, now=now)
    assert session.exec(asked).one().done_at == now
    told = subject_access.release(session, export, actor=one, now=now)
    assert told["person"]["name"] == person.name
    assert subject_access.release(session, export, actor=one, now=now) == told
    session.commit()
    later = (now + timedelta(days=30)).date()
    assert [
        each.public_id
        for each in retention.plan(session, later)
        if each.clock is Clock.EXPORT
    ] == [export.public_id]
    retention.carry_out(session, later, actor=None, now=now)
    session.refresh(export)
    assert (export.state, export.content) == (ExportState.REMOVED, None)
    with pytest.raises(MoveRefused):
        subject_access.release(session, export, actor=one, now=now)
    assert subject_access.prepare(session, person, actor=one, now=now) is not export


def test_it_goes_with_whom_it_is_about(session, now, made, cast):
    export = subject_access.prepare(session, made.newcomer, actor=None, now=now)
    erase(session, made.newcomer, now)
    session.refresh(export)
    assert export.content is None
    with pytest.raises(PersonErased):
        subject_access.prepare(session, made.newcomer, actor=None, now=now)
    assert session.exec(select(SubjectExport.state)).all() == [ExportState.REMOVED]


LETTERS = [each.name for each in FOLDER.iterdir() if (each / "body.txt").is_file()]


@pytest.mark.parametrize("letter", sorted(LETTERS))
def test_every_letter_has_words(letter):
    assert f"letter.{letter}" in codes.PHRASES


# What people wrote themselves, or was written of them, and numbers.
SAID = {"name", "email", "phone", "area", "area_shown", *gathered.FREE}


@pytest.mark.parametrize("side", list(Side))
def test_no_code_stands_on_the_page(session, now, made, side, cast):
    person = made.person(side)
    person.times, person.interests = ANY_TIME, [each.value for each in Interest]
    again = session.exec(select(Task).where(Task.kind == TaskKind.WROTE_AGAIN))
    kept = [each for each in again if each.subject == side.value]
    asked = ASKING if side is Side.NEWCOMER else APPLICATION
    told = replace(asked, times=1, interests=(Interest.ENGLISH_PRACTICE,))
    wrote_again.keep(kept[0], told, now=now)
    journal.write(
        session, "person.kept_for_law", side.value, person.id,
        actor=cast.administrator, now=now,
    )  # fmt: skip
    journal.write(
        session, "person.kept_no_longer", side.value, person.id, actor=None, now=now
    )
    session.commit()
    record = gathered.gather(session, person, now=now)
    shown = [
        (label, value)
        for _title, records in subject_page.list_sections(record, "en")
        for fields in records
        for label, value in fields
    ]
    hidden = {codes.word("en", f"field.{each}") for each in SAID}
    # A word in small letters, alone or with others of its kind, is a code.
    code = re.compile(r"[a-z_]+([-._, ]+[a-z_]+)*")
    found = [each for each in shown if each[0] not in hidden]
    assert len(found) > 40
    assert [each for each in found if code.fullmatch(each[1])] == []
    values = {value for _label, value in shown}
    assert values >= {"Monday (Morning)", "Practising English", "The website by itself"}
    page = subject_page.render(record, "en", place="Town")
    assert f"as it stood on {format_date(now.date(), 'long', locale='en_GB')}." in page


@pytest.mark.parametrize("tag", ["en", "ar", "ti"])
def test_every_key_has_words_and_the_page_is_whole(session, now, made, tag):
    for person in (made.newcomer, made.volunteer):
        person.safe_note = "اتصلوا بـ 020 7946 0123 مساءً"
        told = gathered.gather(session, person, now=now)
        page = subject_page.render(told, tag, place="<Town & Co>")
        numbers_stay_whole(html.document_fromstring(page))
        assert person.name in page
        assert "<Town" not in page
        names = {
            name
            for section in subject_page.SECTIONS
            for record in (
                told[section] if isinstance(told[section], list) else [told[section]]
            )
            for name in record
        }
        assert {f"field.{each}" for each in names} - set(codes.PHRASES) == set()
