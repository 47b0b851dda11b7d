"""Handing in: what is saved and was seen, and no machine draft that nobody read."""

from tests.web.units import PAGE, TITLE, address, found, hand_in, seen_on
from welcome.translation.models import TargetState


def test_one_stays_with_a_unit_that_must_be_mended(translator, call):
    form = {"text": "ابھی کال کریں۔", "revision": "0", "act": "next"}
    answer = translator.post(address(call), data=form)
    assert answer.location.endswith(f"#unit-{call.id}")
    safety = PAGE.replace("doctor", "safety")
    seen = seen_on(translator.get(safety))
    told = translator.post(f"{safety}submit/", data=seen, follow_redirects=True)
    assert "1 of them must be mended" in told.get_data(as_text=True)


def test_only_what_is_saved_is_handed_in(translator, session, title):
    translator.post(address(title), data={"text": TITLE, "revision": "0"})
    answer = hand_in(translator)
    text = answer.get_data(as_text=True)
    assert "1 unit is handed in" in text
    assert "1 waiting for review" in text
    assert found(session, title).state is TargetState.SUBMITTED


def test_what_a_colleague_saved_since_is_not_handed_in_unseen(
    translator, signed_in_as, cast, session, title
):
    translator.post(address(title), data={"text": TITLE, "revision": "0"})
    seen = seen_on(translator.get(PAGE))
    other = {"text": "ایک اور متن", "revision": "1"}
    signed_in_as(cast.reviewer_ur).post(address(title), data=other)
    text = hand_in(translator, seen).get_data(as_text=True)
    assert "1 unit stays: somebody saved another text" in text
    assert "handed in for review" not in text
    assert "ایک اور متن" in text
    assert found(session, title).state is TargetState.TRANSLATED
    hand_in(translator)
    assert found(session, title).state is TargetState.SUBMITTED


def test_a_unit_saved_without_leaving_the_page_goes_with_it(translator, session, title):
    seen = seen_on(translator.get(PAGE))
    assert seen == {"seen": []}
    form = {"text": TITLE, "revision": "0"}
    live = translator.post(address(title), data=form, headers={"HX-Request": "true"})
    hand_in(translator, seen_on(live))
    assert found(session, title).state is TargetState.SUBMITTED


def test_an_empty_box_saves_nothing(translator, session, title):
    translator.post(address(title), data={"text": " ", "revision": "0"})
    assert found(session, title) is None
    translator.post(address(title), data={"text": TITLE, "revision": "0"})
    translator.post(address(title), data={"text": "", "revision": "1"})
    page = translator.get(PAGE).get_data(as_text=True)
    assert "finding-blocking" not in page
    assert found(session, title).state is TargetState.INITIAL


def test_unread_machine_drafts_are_work(translator, drafted):
    page = translator.get(PAGE).get_data(as_text=True)
    assert f"{len(drafted)} machine drafts to read" in page
    assert "nothing left" not in page
    queue = translator.get("/-/translating/town/ur/").get_data(as_text=True)
    assert f"{len(drafted)} machine drafts to read" in queue
    assert "saved, not submitted" not in queue
    home = translator.get("/-/translating/").get_data(as_text=True)
    assert f">{len(drafted)}</a>" in home


def test_only_what_somebody_read_is_handed_in(translator, session, drafted):
    first, *others = drafted
    form = {"text": TITLE, "revision": "1"}
    live = translator.post(address(first), data=form, headers={"HX-Request": "true"})
    assert f"{len(others)} machine drafts to read" in live.get_data(as_text=True)
    answer = hand_in(translator)
    text = answer.get_data(as_text=True)
    assert "1 unit is handed in" in text
    assert f"{len(others)} machine drafts stay" in text
    assert found(session, first).state is TargetState.SUBMITTED
    assert found(session, others[0]).state is TargetState.TRANSLATED
    again = hand_in(translator)
    assert "handed in" not in again.get_data(as_text=True)
