"""Words of a reviewer that could not be taken: still there, with why."""

import pytest
from lxml import html

from tests.web.waiting import address, state
from welcome.accounts import membership
from welcome.accounts.permissions import list_grants
from welcome.translation import review
from welcome.translation.models import TargetState

REVIEW = "/-/translating/town/ur/review/doctor/"
GOOD = "ڈاکٹر سے ملیں"
MARK = "Say family doctor, please, and not only doctor."


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
