"""Every staff page opens for whom it is, and for nobody else."""

import pytest
from lxml import html

from welcome.packs import access

FOR_WRITERS = (
    "/-/writing/town/",
    "/-/writing/town/pages/new/",
    "/-/writing/town/pages/doctor/",
    "/-/writing/town/pages/doctor/history/",
    "/-/writing/town/pages/doctor/compare/",
    "/-/writing/town/pages/doctor/versions/1/",
    "/-/writing/town/pages/doctor/retire/",
    "/-/writing/town/facts/",
    "/-/writing/town/facts/emergency/",
    "/-/writing/town/facts/new/",
)
FOR_PUBLISHERS = (
    "/-/writing/town/",
    "/-/writing/town/publishing/",
    "/-/writing/town/editions/ur/",
    "/-/translating/town/ur/statement/",
)
FOR_TRANSLATORS = (
    "/-/translating/",
    "/-/translating/town/ur/",
    "/-/translating/town/ur/pages/doctor/",
    "/-/translating/town/ur/review/",
    "/-/translating/town/ur/review/doctor/",
    "/-/translating/town/ur/word-table/",
)


@pytest.mark.parametrize(
    ("key", "addresses"),
    [
        ("writer", FOR_WRITERS),
        ("publisher", FOR_PUBLISHERS),
        ("translator_ur", FOR_TRANSLATORS),
    ],
)
def test_it_opens_for_whom_it_is(signed_in_as, cast, pack, key, addresses):
    somebody = signed_in_as(getattr(cast, key))
    assert {each: somebody.get(each).status_code for each in addresses} == (
        dict.fromkeys(addresses, 200)
    )


def test_who_only_keeps_the_house_is_refused(signed_in_as, cast, pack):
    keeper = signed_in_as(cast.administrator)
    for address in (*FOR_WRITERS, *FOR_PUBLISHERS, *FOR_TRANSLATORS):
        assert keeper.get(address).status_code == 403, address


def test_a_stranger_is_sent_to_the_door(client, pack):
    for address in (*FOR_WRITERS, *FOR_PUBLISHERS, *FOR_TRANSLATORS):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert f"next={address}" in answer.location


def test_a_translator_works_in_their_own_locale_only(signed_in_as, cast, pack):
    urdu = signed_in_as(cast.translator_ur)
    assert urdu.get("/-/translating/town/ar/word-table/").status_code == 403
    home = urdu.get("/-/translating/").get_data(as_text=True)
    assert "/-/translating/town/ur/" in home
    assert "/-/translating/town/ar/" not in home


def test_the_rail_shows_only_desks_one_may_enter(signed_in_as, cast, pack):
    page = signed_in_as(cast.translator_ur).get("/-/translating/")
    text = page.get_data(as_text=True)
    assert "/-/writing/" not in text
    assert "/-/keeping/" not in text


def test_arabic_pages_run_from_right_to_left(signed_in_as, cast, pack, session):
    cast.translator_ar.interface_tag = "ar"
    session.add(cast.translator_ar)
    session.commit()
    page = signed_in_as(cast.translator_ar).get("/-/translating/town/ar/")
    assert '<html lang="ar" dir="rtl">' in page.get_data(as_text=True)


def test_what_is_not_there_is_not_found(signed_in_as, cast, pack):
    writer = signed_in_as(cast.writer)
    assert writer.get("/-/writing/village/").status_code == 404
    assert writer.get("/-/writing/town/pages/none/").status_code == 404
    assert writer.get("/-/translating/town/en/").status_code == 404
    assert writer.get("/-/translating/town/xx/").status_code == 404


def test_one_pack_needs_no_choosing(signed_in_as, cast, session, pack):
    assert len(access.list_packs(session)) == 1
    answer = signed_in_as(cast.writer).get("/-/writing/")
    assert answer.location == "/-/writing/town/"


def test_every_page_leads_to_ones_own_account(signed_in_as, cast, pack):
    page = html.fromstring(signed_in_as(cast.writer).get("/-/writing/town/").data)
    (top, foot) = page.xpath("//a[@href='/-/account/']")
    assert cast.writer.name in top.text_content()
    assert top.xpath("ancestor::main") == []
    assert foot.xpath("ancestor::footer")


@pytest.mark.parametrize("who", ["publisher", "officer"])
def test_what_is_due_stands_before_the_desks(
    signed_in_as, cast, pack, freeze, now, who
):
    freeze(now, "en", "ur")
    page = html.fromstring(signed_in_as(getattr(cast, who)).get("/-/").data)
    first, *_others = page.xpath("//main//ul")
    assert first.get("class") == "due"
    assert "1 high-risk page" in first.text_content()
    assert all(each.xpath(".//a/@href") for each in first)


def test_a_writer_comes_to_the_one_desk_of_their_own(signed_in_as, cast, pack):
    assert signed_in_as(cast.writer).get("/-/").location == "/-/writing/"
