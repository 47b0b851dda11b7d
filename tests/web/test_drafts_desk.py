"""Machine drafts: asking for them, watching them come, stopping; what translators see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import col, select

from welcome.accounts.models import JournalEntry
from welcome.jobs import queue, running
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job, JobState
from welcome.packs import access, versions
from welcome.translation.models import MachineDraft, Target, TargetState

ADDRESS = "/-/translating/town/drafts/"


@pytest.fixture
def settings(settings):
    """An installation that tries things out."""
    return replace(settings, machine_engine="pseudo")


@pytest.fixture
def officer(signed_in_as, cast, pack):
    return signed_in_as(cast.officer)


def ask(who, *tags, **more):
    return who.post(ADDRESS, data={"engine": "pseudo", "tags": list(tags), **more})


def newest(session) -> Job:
    session.commit()
    job = session.exec(select(Job).order_by(col(Job.id).desc())).first()
    session.refresh(job)
    session.commit()
    return job


def run_newest(session, maker, settings) -> Job:
    assert running.run(maker, settings, HANDLERS, newest(session).id)
    return newest(session)


def count(session) -> int:
    number = len(session.exec(select(MachineDraft)).all())
    session.commit()
    return number


def test_an_officer_drafts_two_languages_and_sees_them_offered(
    officer, session, maker, settings
):
    page = officer.get(ADDRESS)
    ticked = html.fromstring(page.data).xpath("//input[@name='tags'][@checked]/@value")
    assert ticked == ["ar", "ur", "pl"]
    assert "no text leaves it" in page.get_data(as_text=True)
    assert ask(officer, "ur", "pl").location.startswith(ADDRESS)
    assert "Waiting for a worker" in officer.get(ADDRESS).get_data(as_text=True)
    job = run_newest(session, maker, settings)
    assert (job.state, job.args["tags"]) == (JobState.DONE, ["ur", "pl"])
    page = html.fromstring(officer.get(ADDRESS).data)
    offered = page.xpath("//td[@data-head='Drafts offered']")
    assert [int(each.text_content()) > 10 for each in offered] == [False, True, True]
    assert page.xpath("//input[@name='tags'][@checked]/@value") == ["ar"]
    entry = session.exec(
        select(JournalEntry).where(JournalEntry.act == "drafts.asked")
    ).one()
    assert entry.details["tags"] == ["ur", "pl"]


def test_asked_twice_it_is_one_job(officer, session):
    ask(officer, "ur")
    first = newest(session).id
    ask(officer, "ur")
    assert newest(session).id == first


def test_how_far_it_is_and_how_long_it_takes_is_shown_live(officer, session, now):
    ask(officer, "ur")
    job = newest(session)
    job.state, job.done_steps, job.all_steps = JobState.RUNNING, 30, 120
    job.started_at = now - timedelta(minutes=1)
    session.add(job)
    session.commit()
    whole = officer.get(ADDRESS).get_data(as_text=True)
    part = officer.get(f"{ADDRESS}progress/", headers={"HX-Request": "true"})
    said = part.get_data(as_text=True)
    assert "Texts done: 30 of 120" in said
    assert "minutes left" in said
    assert "<h1" not in said
    assert 'http-equiv="refresh"' in whole


def test_everybody_sees_their_own_while_others_ask_for_more(
    officer, signed_in_as, cast, session
):
    ask(officer, "pl")
    done = newest(session)
    officer.post(f"{ADDRESS}{done.id}/stop/")
    translator = signed_in_as(cast.translator_ur)
    ask(translator, "ur")
    mine = newest(session).id
    ask(officer, "ar")
    others = newest(session).id
    part = html.fromstring(translator.get(f"{ADDRESS}progress/").data)
    assert part.get("hx-trigger") == "every 2s"
    shown = [f"steps-{mine}", f"steps-{others}"]
    assert part.xpath(".//progress/@id") == part.xpath(".//label/@for") == shown
    assert part.xpath(".//form/@action") == [f"{ADDRESS}{mine}/stop/"]
    last = part.xpath(".//li/a/@href")[-1]
    assert last == "/-/translating/town/pl/"
    for each in (mine, others):
        officer.post(f"{ADDRESS}{each}/stop/")
    part = html.fromstring(translator.get(f"{ADDRESS}progress/").data)
    assert part.get("hx-trigger") is None
    assert len(part.xpath(".//li")) == 1


def test_it_is_stopped_and_what_was_drafted_stays(officer, session, maker, settings):
    ask(officer, "ur", "pl")
    job_id = newest(session).id

    def stop_at_first_step(context, **args):
        step = type(context).step

        class Watched(type(context)):
            def step(self, done, of):
                step(self, done, of)
                if done:
                    officer.post(f"{ADDRESS}{job_id}/stop/")

        watched = Watched(
            context.sessions, context.settings, context.job, context.token
        )
        return HANDLERS["draft"](watched, **args)

    running.run(maker, settings, {"draft": stop_at_first_step}, job_id)
    assert newest(session).state is JobState.CANCELLED
    assert 0 < count(session) < 60
    again = officer.post(f"{ADDRESS}{job_id}/stop/", follow_redirects=True)
    assert "over already" in again.get_data(as_text=True)


def test_nobody_drafts_or_stops_what_is_not_theirs(signed_in_as, cast, pack, session):
    translator = signed_in_as(cast.translator_ur)
    assert ask(translator, "pl").status_code == 422
    assert ask(translator, "pl", "ur").status_code == 302
    assert newest(session).args["tags"] == ["ur"]
    ask(signed_in_as(cast.officer), "ur", "pl")
    stop = f"{ADDRESS}{newest(session).id}/stop/"
    assert translator.post(stop).status_code == 403
    assert stop not in translator.get(ADDRESS).get_data(as_text=True)


def test_another_packs_job_is_not_found(officer, session, now):
    queue.enqueue(session, "draft", now=now, pack="other", tags=["ur"])
    session.commit()
    assert officer.post(f"{ADDRESS}{newest(session).id}/stop/").status_code == 404
    assert officer.get(f"{ADDRESS}progress/").status_code == 404


@pytest.mark.parametrize("form", [{}, {"tags": ["ur"], "engine": "babelfish"}])
def test_what_cannot_be_asked_is_said(officer, session, form):
    answer = officer.post(ADDRESS, data=form)
    assert answer.status_code == 422
    assert "Choose at least one language" in answer.get_data(as_text=True)
    assert session.exec(select(Job)).all() == []


def test_why_it_failed_is_said_by_language(officer, session, maker, settings):
    ask(officer, "ur")
    job = newest(session)
    job.args = {**job.args, "engine": "babelfish"}
    session.add(job)
    session.commit()
    run_newest(session, maker, settings)
    said = officer.get(ADDRESS).get_data(as_text=True)
    assert "There is no translation engine of that name." in said
    assert "what was made is kept" in said


def test_a_translator_is_told_what_is_odd_about_a_draft(
    signed_in_as, cast, pack, session, now
):
    page = access.get_page(session, pack, "doctor")
    unit = versions.list_units(session, versions.head(session, page))[3].unit
    notes = [
        {"code": "fact-lost", "missing": "112"},
        {"code": "in-pieces"},
        {"code": "via", "through": "en, pl"},
        {"code": "unsure"},
    ]
    session.add(
        MachineDraft(
            unit_id=unit.id,
            tag="ur",
            engine="argos",
            text="مسودہ",
            notes=notes,
            made_at=now,
        )
    )
    session.commit()
    translator = signed_in_as(cast.translator_ur)
    said = translator.get("/-/translating/town/ur/pages/doctor/").get_data(as_text=True)
    for words in ("lost 112.", "one by one", "way of English, Polish", "not sure"):
        assert words in said


def test_where_all_is_translated_nothing_is_asked_for(
    signed_in_as, cast, pack, session, now
):
    for placed in versions.units_of_heads(session, pack).values():
        for each in placed:
            target = Target(
                unit_id=each.unit.id, tag="ur", text="متن", state=TargetState.TRANSLATED
            )
            session.add(target)
    session.commit()
    page = signed_in_as(cast.translator_ur).get(ADDRESS)
    said = page.get_data(as_text=True)
    assert "there is nothing to draft" in said
    assert not html.fromstring(page.data).xpath("//input[@name='tags']")
