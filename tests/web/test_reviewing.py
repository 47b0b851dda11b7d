"""Reviewers' stories: a second person, a wrong number, a reason in writing."""

import pytest
from lxml import html

from welcome.accounts import journal, membership
from welcome.accounts.permissions import list_grants
from welcome.packs import access, versions
from welcome.packs.models import Unit
from welcome.translation import review, targets
from welcome.translation.models import TargetState
from welcome.translation.targets import Draft

REVIEW = "/-/translating/town/ur/review/doctor/"
GOOD = "ڈاکٹر سے ملیں"


@pytest.fixture
def units(session, pack):
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    session.commit()
    return [each.unit for each in placed]


@pytest.fixture
def hand_in(session, now):
    """Have somebody save a text and hand it in."""

    def act(unit, text, author):
        target = targets.save(session, unit, "ur", Draft(text), actor=author, now=now)
        targets.submit(session, target, actor=author, now=now)
        session.commit()
        return target

    return act


@pytest.fixture
def reviewer(signed_in_as, cast):
    return signed_in_as(cast.reviewer_ur)


def address(target, act):
    return f"/-/translating/town/ur/targets/{target.id}/{act}/"


def state(session, target):
    session.refresh(target)
    found = target.state
    session.commit()
    return found


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


@pytest.fixture
def wrong(units, hand_in, cast):
    """An emergency number that says 911 where the source says 112."""
    (unit,) = [each for each in units if "112" in each.text]
    text = "ہنگامی صورت میں {{emergency}} یا 911 پر کال کریں۔ پیر 08:30 سے 18:00۔"
    return hand_in(unit, text, cast.translator_ur)


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


@pytest.fixture
def change(session, cast, now):
    """Have the translator write the text anew and hand it in."""

    def act(target, text, author=None):
        unit = session.get(Unit, target.unit_id)
        author = author or cast.translator_ur
        draft = Draft(text, revision=target.revision)
        targets.save(session, unit, "ur", draft, actor=author, now=now)
        targets.submit(session, target, actor=author, now=now)
        session.commit()

    return act


def form_of(answer, act):
    """Read the fields of the form that does an act."""
    page = html.document_fromstring(answer.get_data(as_text=True))
    [form] = page.xpath(f"//form[contains(@action, '/{act}/')]")
    return dict(form.form_values()), form.getparent(), page


def errors_in(page):
    return page.xpath("//*[contains(@class, 'govuk-error-summary')]//li")


def test_a_comment_on_a_text_that_changed_stays_in_its_box(
    reviewer, session, cast, units, hand_in, change
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    change(target, GOOD + "۔")
    answer = reviewer.post(
        address(target, "return"), data={"revision": "1", "comment": MARK}
    )
    assert answer.status_code == 409
    fields, box, page = form_of(answer, "return")
    assert (fields["comment"], fields["revision"]) == (MARK, "2")
    assert box.get("open") is not None
    assert "changed after you opened" in errors_in(page)[0].text_content()
    [link] = page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert page.xpath(f"//textarea[@id='{link[1:]}']")
    assert reviewer.post(address(target, "return"), data=fields).status_code == 302
    assert state(session, target) is TargetState.RETURNED


def test_a_comment_that_says_nothing_is_asked_for_again(
    reviewer, session, cast, units, hand_in
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    answer = reviewer.post(
        address(target, "return"), data={"revision": "1", "comment": " "}
    )
    assert answer.status_code == 422
    _fields, box, page = form_of(answer, "return")
    assert box.get("open") is not None
    assert "Say in a comment" in errors_in(page)[0].text_content()


def test_a_reason_that_is_too_short_stays_in_its_box(reviewer, session, wrong):
    code = form_of(reviewer.get(REVIEW), "override")[0]["code"]
    form = {"revision": "1", "code": code, "reason": "It is."}
    answer = reviewer.post(address(wrong, "override"), data=form)
    assert answer.status_code == 422
    fields, box, page = form_of(answer, "override")
    assert fields["reason"] == "It is."
    assert box.get("open") is not None
    assert "at least 10 characters" in errors_in(page)[0].text_content()


def test_a_reason_for_a_text_that_changed_stays_in_its_box(reviewer, wrong, change):
    code = form_of(reviewer.get(REVIEW), "override")[0]["code"]
    change(wrong, wrong.text + " اور 911")
    form = {"revision": "1", "code": code, "reason": MARK}
    answer = reviewer.post(address(wrong, "override"), data=form)
    assert answer.status_code == 409
    fields, _box, _page = form_of(answer, "override")
    assert (fields["reason"], fields["revision"]) == (MARK, "2")


@pytest.mark.parametrize("act", ["return", "override"])
def test_what_has_no_box_any_more_is_shown_to_be_copied(
    reviewer, signed_in_as, session, cast, units, hand_in, act, now
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    review.accept(session, target, actor=cast.reviewer_ur, now=now)
    session.commit()
    form = {"revision": "1", "comment": MARK, "reason": MARK, "code": "number"}
    answer = reviewer.post(address(target, act), data=form)
    assert answer.status_code == 409
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert errors_in(page)
    assert MARK in page.xpath("string(//main)")
    assert not page.xpath("//textarea")


def test_a_comment_on_ones_own_work_is_shown_to_be_copied(
    reviewer, session, cast, units, hand_in, change
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    change(target, GOOD + "۔", cast.reviewer_ur)
    answer = reviewer.post(
        address(target, "return"), data={"revision": "2", "comment": MARK}
    )
    assert answer.status_code == 409
    assert MARK in answer.get_data(as_text=True)
    assert state(session, target) is TargetState.SUBMITTED


def test_a_comment_of_somebody_whose_right_was_taken_is_shown_to_be_copied(
    reviewer, session, cast, units, hand_in, now
):
    target = hand_in(units[0], GOOD, cast.translator_ur)
    for grant in list_grants(session, cast.reviewer_ur):
        membership.revoke(session, grant, actor=None, now=now)
    session.commit()
    answer = reviewer.post(
        address(target, "return"), data={"revision": "1", "comment": MARK}
    )
    assert answer.status_code == 403
    assert MARK in answer.get_data(as_text=True)
