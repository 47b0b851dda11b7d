"""Translators' stories: the queue, saving without loss, handing in."""

from dataclasses import replace

import pytest
from lxml import html
from sqlmodel import select

from tests.web.units import PAGE, TITLE, address, found
from welcome.packs import access, versions
from welcome.translation.models import Target, TargetState

QUEUE = "/-/translating/town/ur/"


def change_title(session, pack, cast, now, title="See a family doctor"):
    page = access.get_page(session, pack, "doctor")
    old = versions.head(session, page)
    draft = replace(versions.draft_of(old), title=title)
    versions.save(session, page, draft, based_on=old.number, actor=cast.writer, now=now)
    session.commit()


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
