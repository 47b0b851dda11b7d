"""Translators' stories: the queue, saving without loss, handing in."""

import re
from dataclasses import replace

import pytest
from lxml import html
from sqlmodel import select

from welcome.packs import access, versions
from welcome.translation import targets
from welcome.translation.models import Origin, Target, TargetState
from welcome.translation.targets import Draft

QUEUE = "/-/translating/town/ur/"
PAGE = "/-/translating/town/ur/pages/doctor/"
TITLE = "ڈاکٹر سے ملیں"


@pytest.fixture
def translator(signed_in_as, cast, pack):
    return signed_in_as(cast.translator_ur)


@pytest.fixture
def title(session, pack):
    """The unit of the doctor page's title."""
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    session.commit()
    return placed[0].unit


def address(unit):
    return f"/-/translating/town/ur/units/{unit.id}/"


def found(session, unit, tag="ur"):
    session.expire_all()
    target = targets.find_target(session, unit, tag)
    session.commit()
    return target


def change_title(session, pack, cast, now, title="See a family doctor"):
    page = access.get_page(session, pack, "doctor")
    old = versions.head(session, page)
    draft = replace(versions.draft_of(old), title=title)
    versions.save(session, page, draft, based_on=old.number, actor=cast.writer, now=now)
    session.commit()


def seen_on(page):
    """Read what goes with the page when it is handed in."""
    pattern = r'form="hand-in" name="seen" value="([0-9:]+)"'
    return {"seen": re.findall(pattern, page.get_data(as_text=True))}


def hand_in(client, seen=None):
    """Hand the page in as it is shown, or as it was."""
    seen = seen or seen_on(client.get(PAGE))
    return client.post(PAGE + "submit/", data=seen, follow_redirects=True)


def test_a_saved_unit_is_theirs(translator, session, cast, title):
    answer = translator.post(address(title), data={"text": TITLE, "revision": "0"})
    assert answer.location == f"{PAGE}#unit-{title.id}"
    target = found(session, title)
    assert (target.text, target.state) == (TITLE, TargetState.TRANSLATED)
    assert target.author_id == cast.translator_ur.id


def test_save_and_next_leads_to_the_next_open_unit(translator, title):
    form = {"text": TITLE, "revision": "0", "act": "next"}
    answer = translator.post(address(title), data=form)
    assert answer.location != f"{PAGE}#unit-{title.id}"
    assert "#unit-" in answer.location


def test_without_leaving_the_page_only_the_unit_comes_back(translator, title):
    form = {"text": TITLE, "revision": "0"}
    answer = translator.post(address(title), data=form, headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True)
    assert "<html" not in text
    assert text.count('class="pair') == 1
    assert f'id="unit-{title.id}"' in text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_late_save_loses_neither_text(
    signed_in_as, cast, pack, session, title, headers
):
    early, late = signed_in_as(cast.reviewer_ur), signed_in_as(cast.translator_ur)
    early.post(address(title), data={"text": "پہلا متن", "revision": "0"})
    form = {"text": "دوسرا متن", "revision": "0"}
    answer = late.post(address(title), data=form, headers=headers)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert ">دوسرا متن</textarea>" in text
    assert "پہلا متن" in text
    assert found(session, title).text == "پہلا متن"
    late.post(address(title), data=form | {"revision": "1"})
    assert found(session, title).text == "دوسرا متن"


def test_a_changed_source_shows_its_words_and_offers_the_old_text(
    translator, session, pack, cast, now, title
):
    translator.post(address(title), data={"text": TITLE, "revision": "0"})
    change_title(session, pack, cast, now)
    page = translator.get(PAGE).get_data(as_text=True)
    assert '<ins dir="auto">family ' in page
    assert f'name="text" value="{TITLE}"' in page


def test_a_save_under_an_overtaken_source_is_kept_and_said(
    translator, session, pack, cast, now, title
):
    change_title(session, pack, cast, now)
    form = {"text": TITLE, "revision": "0"}
    answer = translator.post(address(title), data=form, follow_redirects=True)
    text = answer.get_data(as_text=True)
    assert "is kept, and is offered below" in text
    assert f'name="text" value="{TITLE}"' in text
    live = translator.post(address(title), data=form, headers={"HX-Request": "true"})
    assert live.headers["HX-Redirect"] == PAGE


def test_findings_say_what_is_wrong(translator, call):
    form = {"text": "اگر آپ خطرے میں ہیں تو ابھی کال کریں۔", "revision": "0"}
    answer = translator.post(address(call), data=form, headers={"HX-Request": "true"})
    assert "finding-blocking" in answer.get_data(as_text=True)


@pytest.fixture
def call(session, pack):
    """The unit that says which number to call."""
    page = access.get_page(session, pack, "safety")
    placed = versions.list_units(session, versions.head(session, page))
    session.commit()
    (found,) = [each.unit for each in placed if "{{emergency}}" in each.unit.text]
    return found


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


@pytest.fixture
def drafted(session, pack, now):
    """A machine drafted the whole doctor page; nobody has read a word."""
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    draft = Draft(TITLE, 0, Origin.MACHINE)
    for each in placed:
        targets.save(session, each.unit, "ur", draft, actor=None, now=now)
    session.commit()
    return [each.unit for each in placed]


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


def test_numbers_lead_to_what_they_count(
    translator, session, pack, cast, now, title, drafted
):
    home = html.fromstring(translator.get("/-/translating/").data)
    links = home.xpath("//td[@class='number']/a/@href")
    assert f"{QUEUE}?kind=unread" in links
    assert "0" in home.xpath("//td[@class='number']/text()")
    change_title(session, pack, cast, now)
    changed = translator.get(f"{QUEUE}?kind=stale").get_data(as_text=True)
    assert "pages/doctor/?first=stale" in changed
    assert "pages/safety/" not in changed
    there = translator.get(f"{PAGE}?first=stale").location
    page = html.fromstring(translator.get(PAGE).data)
    first = page.get_element_by_id(there.partition("#")[2])
    assert "See a family doctor" in first.text_content()
    assert translator.get(f"{PAGE}?first=returned").location == PAGE


def test_who_only_looks_on_finds_the_desk_and_is_asked_nothing(
    signed_in_as, cast, drafted
):
    writer = signed_in_as(cast.writer)
    home = html.fromstring(writer.get("/-/translating/").data)
    assert home.xpath("//nav//a[@href='/-/translating/'][@aria-current='page']")
    assert home.xpath(f"//main//a[@href='{QUEUE}']")
    page = writer.get(PAGE).get_data(as_text=True)
    assert "then save it" not in page
    assert "Machine draft that nobody has read" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_text_that_is_too_long_stays_in_the_box(translator, session, title, headers):
    typed = "لمبا " * 500
    form = {"text": typed, "revision": "0"}
    answer = translator.post(address(title), data=form, headers=headers)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f">{typed}</textarea>" in text
    assert "2000 letters at most" in text
    assert found(session, title) is None


def test_languages_are_named_as_the_reader_knows_them(
    translator, session, cast, drafted
):
    assert "<span>Urdu" in translator.get(PAGE).get_data(as_text=True)
    cast.translator_ur.interface_tag = "ur"
    session.commit()
    page = translator.get(PAGE).get_data(as_text=True)
    assert "Urdu" not in page
    assert '<span><span lang="ur" dir="rtl">اردو</span>' in page


def test_another_locale_is_not_theirs_to_write(translator, session, title):
    there = address(title).replace("/ur/", "/ar/")
    answer = translator.post(there, data={"text": "نص", "revision": "0"})
    assert answer.status_code == 403
    assert found(session, title, "ar") is None


def test_a_writer_may_look_on_but_finds_no_box(signed_in_as, cast, pack):
    page = signed_in_as(cast.writer).get(PAGE)
    assert page.status_code == 200
    assert "<textarea" not in page.get_data(as_text=True)


def test_target_boxes_have_their_own_language_and_direction(translator):
    page = translator.get(PAGE).get_data(as_text=True)
    assert page.count('lang="ur" dir="rtl" spellcheck="true"') == page.count(
        "<textarea"
    )


def test_a_form_without_its_text_changes_nothing(translator, session, cast, title):
    translator.post(address(title), data={"text": TITLE, "revision": "0"})
    assert translator.post(address(title), data={"revision": "1"}).status_code == 400
    target = session.exec(select(Target).where(Target.unit_id == title.id)).one()
    assert (target.text, target.revision) == (TITLE, 1)
    session.commit()
