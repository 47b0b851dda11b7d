"""A pack drafted by a server: through the job, its process, and what people are told."""

import socket
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from tests.translation.machine.libretranslate.conftest import KEY
from tests.translation.machine.libretranslate.servers import Said, refused
from welcome import clock
from welcome.editions import problems
from welcome.jobs import drafting, running
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job, JobState
from welcome.packs.models import Pack
from welcome.phrases import codes
from welcome.translation.drafting_by_machine import Order
from welcome.translation.errors import NoSuchEngine
from welcome.translation.machine import apart, working
from welcome.translation.machine.drafts import Task
from welcome.translation.machine.engines import get_engine, list_engines, list_offered
from welcome.translation.models import MachineDraft

PAGE = "/-/translating/town/drafts/"


@pytest.fixture
def settings(settings, server):
    return replace(
        settings,
        libretranslate_address=server.address,
        libretranslate_key=KEY,
        machine_engine="libretranslate",
    )


@pytest.fixture
def nobody(settings):
    """Settings with the address of a server that is down."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return replace(settings, libretranslate_address=f"http://127.0.0.1:{port}")


@pytest.fixture
def job(session, maker, settings, pack, now):
    order = Order("town", ["ur"], "libretranslate")
    engine = get_engine("libretranslate", settings)
    made = drafting.ask(session, order, engine, actor=None, now=now)
    session.commit()
    return made.id


def run(maker, settings, job_id) -> Job:
    with maker.begin() as session:
        due = {"run_at": clock.now(), "state": JobState.WAITING}
        session.connection().execute(
            sa.update(Job).where(col(Job.id) == job_id).values(**due)
        )
    assert running.run(maker, settings, HANDLERS, job_id)
    with maker() as session:
        return session.exec(select(Job).where(Job.id == job_id)).one()


def drafts(maker) -> list[str]:
    with maker() as session:
        return [each.text for each in session.exec(select(MachineDraft))]


def said_of(job: Job) -> str:
    problem = problems.find(job.problem)
    return codes.word("en", problem.code, **problem.params)


def test_without_an_address_there_is_no_such_engine(settings):
    without = replace(settings, libretranslate_address="")
    assert "libretranslate" not in list_engines(without)
    with pytest.raises(NoSuchEngine):
        get_engine("libretranslate", without)
    names = [each.name for each in list_offered(replace(settings, machine_engine="x"))]
    assert names == ["argos", "libretranslate"]
    assert list_engines(settings)["libretranslate"].sends_to.startswith("http://127")


def test_a_pack_is_drafted_by_the_server(maker, settings, server, job):
    done = run(maker, settings, job)
    assert (done.state, done.problem) == (JobState.DONE, "")
    assert len(drafts(maker)) > 10
    assert {body["api_key"] for body in server.asked} == {KEY}
    assert max(len(each) for each in server.lists) <= 25


def test_a_server_that_is_down_is_waited_for_and_it_is_said(
    maker, settings, nobody, job
):
    for _ in range(6):
        waiting = run(maker, nobody, job)
        assert (waiting.state, waiting.attempts) == (JobState.WAITING, 0)
        assert nobody.libretranslate_address in said_of(waiting)
    over = run(maker, settings, job)
    assert (over.state, over.problem) == (JobState.DONE, "")


@pytest.mark.parametrize("anew", [False, True])
def test_a_server_that_goes_away_half_way_loses_no_draft(
    session, maker, settings, server, job, anew
):
    session.get_one(Job, job).args |= {"tags": ["ur", "fr"], "anew": anew}
    pack = session.exec(select(Pack)).one()
    pack.locales = [*pack.locales, "fr"]
    session.commit()
    answer = server.answer

    def away_in_french(path, body):
        if body and body["target"] == "fr":
            return refused("starting", 503)
        return answer(path, body)

    server.answer = away_in_french
    assert run(maker, settings, job).state is JobState.WAITING
    kept = drafts(maker)
    assert len(kept) > 10
    server.answer = answer
    server.asked.clear()
    assert run(maker, settings, job).state is JobState.DONE
    assert {body["target"] for body in server.asked} == {"fr"}
    assert len(drafts(maker)) == 2 * len(kept)


def test_who_is_refused_is_told_at_once(maker, settings, server, job):
    server.always = refused("Invalid API key", 403)
    over = run(maker, settings, job)
    assert (over.state, over.attempts) == (JobState.FAILED, 1)
    [part] = problems.parts(problems.find(over.problem)).values()
    assert "“Invalid API key”" in codes.word("en", part.code, **part.params)
    assert KEY not in over.problem


def test_the_key_is_in_no_list_of_processes(settings, server):
    """Neither in the arguments nor in the environment of the process."""
    seen = []
    answer = server.answer

    def look(path, body):
        for about in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                told = [(about / name).read_bytes() for name in ("cmdline", "environ")]
                seen.append(any(KEY.encode() in each for each in told))
        return answer(path, body)

    server.answer = look
    [made] = apart.draft_apart(settings, "libretranslate", Task(["A."], "en", "ur"))
    assert made[0].text
    assert seen
    assert not any(seen)


def test_the_page_names_the_address_the_texts_go_to(
    signed_in_as, cast, pack, settings, server
):
    page = signed_in_as(cast.officer).get(PAGE).get_data(as_text=True)
    assert "This engine sends the texts to:" in page
    assert f">{server.address}<" in page
    assert KEY not in page


@pytest.mark.parametrize(
    ("languages", "sentence"),
    [
        (refused("starting", 503), "cannot be reached"),
        (Said(b"<html>A shop</html>"), "something unusable"),
    ],
    ids=["away", "no LibreTranslate"],
)
def test_the_page_opens_while_the_server_is_away(
    signed_in_as, cast, pack, server, languages, sentence
):
    server.languages = languages
    officer = signed_in_as(cast.officer)
    page = officer.get(PAGE)
    assert page.status_code == 200
    assert sentence in page.get_data(as_text=True)
    form = {"engine": "libretranslate", "tags": ["ur"]}
    asked = officer.post(PAGE, data=form)
    assert asked.status_code in (409, 503)
    back = {"Referer": f"http://localhost{PAGE}"}
    asked = officer.post(PAGE, data=form, headers=back, follow_redirects=True)
    assert asked.status_code == 200
    assert sentence in asked.get_data(as_text=True)


def test_a_process_says_what_is_away(nobody):
    with pytest.raises(working.WelcomeError) as away:
        list(apart.draft_apart(nobody, "libretranslate", Task(["A."], "en", "ur")))
    assert away.value.code == "engine_away"
