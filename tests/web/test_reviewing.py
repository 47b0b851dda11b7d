"""Reviewers' stories: a second person, a wrong number, a reason in writing."""

from lxml import html

from tests.web.waiting import address, state
from welcome.accounts import journal
from welcome.translation import review, targets
from welcome.translation.models import TargetState
from welcome.translation.targets import Draft

REVIEW = "/-/translating/town/ur/review/doctor/"
GOOD = "ڈاکٹر سے ملیں"


def test_a_second_person_accepts(reviewer, session, cast, units, hand_in):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    answer = reviewer.post(address(target, "accept"), data={"revision": "1"})
    assert answer.location == REVIEW
    assert state(session, target) is TargetState.ACCEPTED


def test_nobody_accepts_their_own(reviewer, session, cast, units, hand_in):
    target = hand_in(units[0], GOOD, cast.reviewer_ur)
    page = reviewer.get(REVIEW).get_data(as_text=True)
    assert "somebody else must accept it" in page
    assert address(target, "accept") not in page
    reviewer.post(address(target, "accept"), data={"revision": "1"})
    assert state(session, target) is TargetState.SUBMITTED


def test_numbers_stand_in_one_piece_where_they_are_read(reviewer, cast, units, hand_in):
    hand_in(units[0], "ڈاکٹر: 0300 123 1000 پر", cast.translator_ur)
    page = html.fromstring(reviewer.get(REVIEW).get_data(as_text=True))
    shown = page.xpath("//*[@class='unit-text'][@lang='ur']/bdi[@dir='ltr']")
    assert [each.text for each in shown] == ["0300 123 1000"]
    told = page.xpath("//article")[0].text_content()
    assert "It cannot be accepted until it is mended" in told
    assert "the phone number 0300 123 1000" in told


def test_what_changed_since_one_looked_is_not_accepted(
    reviewer, session, cast, units, hand_in
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    reviewer.post(address(target, "accept"), data={"revision": "0"})
    assert state(session, target) is TargetState.SUBMITTED


def test_it_goes_back_with_a_comment_the_translator_sees(
    reviewer, signed_in_as, session, cast, units, hand_in
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    form = {"revision": "1", "comment": "Say “family doctor”."}
    reviewer.post(address(target, "return"), data=form)
    assert state(session, target) is TargetState.RETURNED
    page = signed_in_as(cast.translator_ur).get("/-/translating/town/ur/pages/doctor/")
    assert "Say “family doctor”." in page.get_data(as_text=True)


def test_a_comment_is_needed(reviewer, session, cast, units, hand_in):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    reviewer.post(address(target, "return"), data={"revision": "1", "comment": " "})
    assert state(session, target) is TargetState.SUBMITTED


def test_a_wrong_number_blocks(reviewer, session, wrong):
    assert address(wrong, "accept") not in reviewer.get(REVIEW).get_data(as_text=True)
    reviewer.post(address(wrong, "accept"), data={"revision": "1"})
    assert state(session, wrong) is TargetState.SUBMITTED


def test_what_was_let_pass_is_told_to_the_second_reader(
    reviewer, session, cast, wrong, now
):
    review.override(
        session, wrong, "number", "It is said so here.", actor=cast.officer, now=now
    )
    session.commit()
    page = html.fromstring(reviewer.get(REVIEW).data)
    (told,) = page.xpath("//ul[@aria-label='Let pass']/li")
    for each in (cast.officer.name, "It is said so here.", "112"):
        assert each in told.text_content()
    assert page.xpath("//form[contains(@action, '/review/doctor/accept/')]") == []


def test_after_the_last_one_the_next_page_is_offered(reviewer, cast, units, hand_in):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    there = REVIEW.replace("doctor", "safety")
    page = html.fromstring(reviewer.get(there).data)
    assert page.xpath(f"//main//a[@class='govuk-button'][@href='{REVIEW}']")
    reviewer.post(address(target, "accept"), data={"revision": "1"})
    told = reviewer.get(REVIEW).get_data(as_text=True)
    assert "Nothing else waits for review in this language." in told


def test_a_reason_in_writing_lets_it_pass(reviewer, session, wrong):
    page = reviewer.get(REVIEW).get_data(as_text=True)
    codes = [part.split('"')[0] for part in page.split('name="code" value="')[1:]]
    assert codes
    for code in codes:
        form = {"revision": "1", "code": code, "reason": "The agency confirmed it."}
        reviewer.post(address(wrong, "override"), data=form)
    entries = journal.list_entries(session, subject=("target", wrong.id))
    session.commit()
    assert [each.details["reason"] for each in entries if "reason" in each.details]
    reviewer.post(address(wrong, "accept"), data={"revision": "1"})
    assert state(session, wrong) is TargetState.ACCEPTED


def test_all_without_findings_are_accepted_at_once(
    reviewer, session, cast, units, hand_in, wrong
):
    clean = hand_in(units[0], GOOD, cast.translator_ur)
    own = hand_in(units[1], "یہ مفت ہے۔", cast.reviewer_ur)
    page = reviewer.get(REVIEW).get_data(as_text=True)
    assert "Accept 1 without findings" in page
    assert "2 are not among them" in page
    assert "your own work" in page
    reviewer.post(REVIEW + "accept/", data={"targets": [f"{clean.id}:1"]})
    assert state(session, clean) is TargetState.ACCEPTED
    assert state(session, own) is TargetState.SUBMITTED
    assert state(session, wrong) is TargetState.SUBMITTED


def test_a_translator_may_not_accept(signed_in_as, session, cast, units, hand_in):
    target = hand_in(units[0], GOOD, cast.reviewer_ur)
    translator = signed_in_as(cast.translator_ur)
    answer = translator.post(address(target, "accept"), data={"revision": "1"})
    assert answer.status_code == 403
    answer = translator.post(address(target, "override"), data={"revision": "1"})
    assert answer.status_code == 403
    assert state(session, target) is TargetState.SUBMITTED


def test_a_target_of_another_locale_is_not_found_here(
    reviewer, session, cast, units, now
):
    target = targets.save(
        session, units[0], "pl", Draft("Lekarz"), actor=cast.officer, now=now
    )
    session.commit()
    answer = reviewer.post(address(target, "accept"), data={"revision": "1"})
    assert answer.status_code == 404


MARK = "Say family doctor, please, and not only doctor."
