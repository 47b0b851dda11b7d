"""Writers' stories: changing a page, being told what it costs, losing nothing."""

import re

import pytest
from lxml import html

from welcome.accounts import journal
from welcome.packs import access, versions

DOCTOR = "/-/writing/town/pages/doctor/"


@pytest.fixture
def writer(signed_in_as, cast, pack):
    return signed_in_as(cast.writer)


@pytest.fixture
def doctor(session, pack):
    """What the editor would send back unchanged."""
    version = head(session, pack)
    return {
        "title": version.title,
        "summary": version.summary,
        "body": version.body.replace("\n", "\r\n"),
        "slug": version.slug,
        "group": version.group.value,
        "icon": version.icon,
        "risk": version.risk.value,
        "position": str(version.position),
        "note": "",
        "based_on": str(version.number),
    }


def head(session, pack, name="doctor"):
    """Read a page's newest version, and let others write again."""
    session.expire_all()
    newest = versions.head(session, access.get_page(session, pack, name))
    session.commit()
    return newest


def changed(form, old="It is free.", new="It costs nothing."):
    return form | {"summary": form["summary"].replace(old, new)}


def test_a_changed_page_becomes_the_next_version(writer, session, pack, doctor):
    answer = writer.post(DOCTOR, data=changed(doctor), follow_redirects=True)
    text = " ".join(answer.get_data(as_text=True).split())
    assert "Version 2 is saved." in text
    assert "1 unit is now open in 3 languages" in text
    assert "/-/translating/town/ur/?kind=open" in text
    assert head(session, pack).summary == "It costs nothing."


def test_an_untouched_page_stays_the_version_it_is(writer, session, pack, doctor):
    writer.post(DOCTOR, data=doctor)
    assert head(session, pack).number == 1


def test_looking_ahead_tells_the_cost_and_saves_nothing(writer, session, pack, doctor):
    answer = writer.post(DOCTOR, data=changed(doctor) | {"act": "preview"})
    text = answer.get_data(as_text=True)
    assert "1 unit opens in 3 languages" in " ".join(text.split())
    assert "costs nothing" in re.sub("<[^>]*>", "", text)
    assert head(session, pack).number == 1


def test_a_live_preview_is_only_a_part_of_a_page(writer, doctor):
    answer = writer.post("/-/writing/town/preview/?name=doctor", data=changed(doctor))
    text = answer.get_data(as_text=True)
    assert "<html" not in text
    assert "1 unit opens" in text
    assert 'href="tel:01632960001"' in text


def test_a_problem_names_its_line_and_keeps_the_text(writer, session, pack, doctor):
    body = doctor["body"] + "\r\n<script>alert(1)</script>\r\n"
    answer = writer.post(DOCTOR, data=doctor | {"body": body})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    line = body.replace("\r\n", "\n").split("\n").index("<script>alert(1)</script>") + 1
    assert f'data-line="{line}"' in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert head(session, pack).number == 1


def test_an_unknown_fact_stands_against_saving(writer, session, pack, doctor):
    answer = writer.post(DOCTOR, data=doctor | {"body": "Call {{nobody}}."})
    assert answer.status_code == 422
    assert head(session, pack).number == 1


def test_a_missing_title_is_said_beside_its_field(writer, doctor):
    answer = writer.post(DOCTOR, data=doctor | {"title": ""})
    assert answer.status_code == 422
    assert "Write a title." in answer.get_data(as_text=True)


def test_the_second_writer_gets_both_texts(writer, session, pack, doctor):
    writer.post(DOCTOR, data=changed(doctor, new="Theirs."))
    mine = doctor | {"body": doctor["body"] + "\r\nMine."}
    answer = writer.post(DOCTOR, data=mine)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert head(session, pack).number == 2
    again = writer.post(DOCTOR, data=mine | {"based_on": "2"})
    assert again.status_code == 302
    assert head(session, pack).body.endswith("Mine.")


def test_what_only_the_other_changed_is_taken_over(writer, session, pack, doctor):
    theirs = {"risk": "high", "slug": "doctors", "group": "this-week", "icon": "mind"}
    writer.post(DOCTOR, data=doctor | theirs | {"title": "Theirs", "position": "7"})
    mine = doctor | {"title": "Mine"}
    answer = writer.post(DOCTOR, data=mine)
    assert answer.status_code == 409
    form = html.fromstring(answer.data).get_element_by_id("page-form")
    kept = dict(form.form_values())
    assert {name: kept[name] for name in theirs} == theirs
    assert (kept["title"], kept["position"]) == ("Mine", "7")
    told = html.fromstring(answer.data).xpath("//table")[0].text_content()
    assert all(each in told for each in ("Theirs", "Mine", "High", "doctors"))
    writer.post(DOCTOR, data=kept)
    newest = head(session, pack)
    assert (newest.title, newest.slug, newest.position) == ("Mine", "doctors", 7)


def test_what_is_not_words_is_compared_too(writer, doctor):
    writer.post(DOCTOR, data=doctor | {"risk": "high", "position": "7"})
    for shown in ("compare/?old=1&new=2", "history/"):
        page = html.fromstring(writer.get(DOCTOR + shown).data)
        moved = " ".join(page.xpath("//*[@class='moved']")[0].text_content().split())
        assert "Risk: Normal risk High risk" in moved
        assert "Place in the order: 1 7" in moved
    folded = html.fromstring(writer.get(DOCTOR + "compare/?old=1&new=2").data)
    assert len(folded.xpath("//details[@class='compared']")) == 1


def test_another_page_keeps_its_address(writer, session, pack, doctor):
    answer = writer.post(DOCTOR, data=doctor | {"slug": "safety"})
    assert answer.status_code == 422
    assert head(session, pack).slug == "doctor"


def test_a_new_page_is_added_and_taken_out_of_use(writer, session, pack, doctor):
    form = doctor | {"name": "school", "slug": "school", "title": "School"}
    answer = writer.post("/-/writing/town/pages/new/", data=form)
    assert answer.location == "/-/writing/town/pages/school/"
    writer.post("/-/writing/town/pages/school/retire/")
    session.expire_all()
    names = {page.name for page, _version in access.list_heads(session, pack)}
    assert "school" not in names


@pytest.mark.parametrize(("name", "group"), [("", "living-here"), ("privacy", "about")])
def test_a_new_page_begins_where_it_belongs(writer, name, group):
    page = html.fromstring(writer.get(f"/-/writing/town/pages/new/?name={name}").data)
    assert page.xpath("//*[@name='name']/@value") == [name]
    chosen = page.xpath("//select[@name='group']/option[@selected]/@value")
    assert chosen == [group]


def test_a_name_is_given_once(writer, doctor):
    form = doctor | {"name": "doctor", "slug": "other"}
    answer = writer.post("/-/writing/town/pages/new/", data=form)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "doctor", "slug": "other"}, "name"),
        ({"name": "other", "slug": "doctor"}, "slug"),
        ({"name": "other", "slug": "other", "group": "start"}, "group"),
    ],
)
def test_what_is_taken_is_said_at_its_own_field(writer, doctor, changes, field):
    answer = writer.post("/-/writing/town/pages/new/", data=doctor | changes)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.findall(r'id="([a-z]+)-error"', text) == [field]


def test_two_versions_compare_and_the_old_one_comes_back(writer, session, pack, doctor):
    writer.post(DOCTOR, data=changed(doctor))
    page = writer.get(DOCTOR + "compare/?old=1&new=2").get_data(as_text=True)
    assert "<del" in page
    assert "<ins" in page
    writer.post(DOCTOR + "versions/1/restore/")
    newest = head(session, pack)
    assert (newest.number, newest.summary) == (3, "It is free.")


def test_the_matrix_has_a_word_for_each_page_and_locale(writer):
    page = writer.get("/-/writing/town/").get_data(as_text=True)
    assert page.count("Nothing yet") == 4 * 3
    assert page.count('scope="row"') == 4


def test_a_page_taken_out_of_use_can_be_brought_back(writer, session, pack):
    writer.post(DOCTOR + "retire/")
    writer.post(DOCTOR + "retire/")
    shown = writer.get("/-/writing/town/").get_data(as_text=True)
    assert DOCTOR + "bring-back/" in shown
    writer.post(DOCTOR + "bring-back/")
    names = [page.name for page, _version in access.list_heads(session, pack)]
    acts = [entry.act for entry in journal.list_entries(session, subject="page")]
    session.commit()
    assert "doctor" in names
    assert acts.count("page.retired") == 1
    assert acts.count("page.brought_back") == 1


def test_a_page_does_not_come_back_to_an_address_that_is_taken(
    writer, session, pack, doctor
):
    writer.post(DOCTOR + "retire/")
    writer.post("/-/writing/town/pages/new/", data=doctor | {"name": "other"})
    answer = writer.post(DOCTOR + "bring-back/", follow_redirects=True)
    assert "has the name “doctor” already" in answer.get_data(as_text=True)
    names = [page.name for page, _version in access.list_heads(session, pack)]
    session.commit()
    assert "other" in names
    assert "doctor" not in names


def test_what_is_due_counts_pages_and_says_in_how_many_languages(writer):
    page = html.fromstring(writer.get("/-/writing/town/").data)
    (due,) = [
        each
        for each in page.xpath("//ul[@class='due']/li")
        if "risk" in each.text_content()
    ]
    told = " ".join(due.text_content().split())
    assert told.startswith("1 high-risk page is not shown to all its readers yet")
    assert told.endswith("in 3 languages")


def test_the_matrix_shows_one_language_alone(writer):
    page = html.fromstring(writer.get("/-/writing/town/?tag=ur").data)
    assert len(page.xpath("//tbody/tr[1]/td")) == 1


def test_a_number_that_is_no_fact_is_said(writer, session, pack, doctor):
    body = "Call 01632 960001 or 01632 960777. It costs £25, or £30."
    answer = writer.post(DOCTOR, data=doctor | {"body": body, "act": "preview"})
    (told,) = html.fromstring(answer.data).xpath("//*[@id='loose']")
    said = [" ".join(each.text_content().split()) for each in told.xpath(".//li")]
    assert said == [
        "01632 960001: write {{council-line}} in its place",
        "01632 960777: add it to the facts",
        "£25: write {{fee}} in its place",
        "£30: add it to the facts",
    ]
    assert writer.post(DOCTOR, data=doctor | {"body": body}).status_code == 302
    form = html.fromstring(writer.get(told.xpath(".//a/@href")[1]).data)
    assert form.xpath("//*[@name='value']/@value") == ["£30"]
    assert form.xpath("//select[@name='kind']/option[@selected]/@value") == ["money"]
