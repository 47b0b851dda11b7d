"""Publishers' stories: seeing the truth first, starting, watching."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import select

from welcome.accounts.models import Grant, JournalEntry
from welcome.editions import publish
from welcome.editions.errors import PrintFailed
from welcome.editions.models import Edition
from welcome.editions.publish import Order
from welcome.jobs import due, running
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job, JobState
from welcome.packs import access, versions
from welcome.translation.models import Target, TargetState

ADDRESS = "/-/writing/town/publishing/"


@pytest.fixture
def publisher(signed_in_as, cast, pack):
    return signed_in_as(cast.publisher)


def test_it_shows_what_each_locale_would_get(publisher):
    page = publisher.get(ADDRESS).get_data(as_text=True)
    assert "4 × Written in this language" in page
    assert page.count("4 × Not yet in this language") == 3


def ticked(publisher, query="") -> list[str]:
    page = html.fromstring(publisher.get(ADDRESS + query).data)
    return page.xpath("//input[@name='tags'][@checked]/@value")


def test_what_takes_from_readers_is_not_ticked_and_is_named(
    publisher, pack, cast, maker, session, settings, now
):
    doctor = access.get_page(session, pack, "doctor")
    for each in versions.list_units(session, versions.head(session, doctor)):
        target = Target(
            unit_id=each.unit.id,
            tag="ur",
            text="متن",
            state=TargetState.ACCEPTED,
            author_id=cast.translator_ur.id,
            reviewer_id=cast.reviewer_ur.id,
            reviewed_at=now,
            revision=1,
        )
        session.add(target)
    session.commit()
    assert ticked(publisher) == ["en", "ur"]
    assert "Nothing is translated yet" in publisher.get(ADDRESS).get_data(as_text=True)
    publish.publish(maker, Order("town", ["en", "ur"]), settings=settings, now=now)
    draft = replace(versions.draft_of(versions.head(session, doctor)), title="Doctors")
    versions.save(session, doctor, draft, based_on=1, actor=cast.writer, now=now)
    session.commit()
    assert ticked(publisher) == ["en"]
    page = publisher.get(ADDRESS).get_data(as_text=True)
    assert "1 page goes back to English:" in page
    assert ticked(publisher, "?tags=ur") == ["ur"]


def test_pages_about_the_pack_that_are_missing_are_listed(publisher):
    page = html.fromstring(publisher.get(ADDRESS).data)
    listed = page.xpath("//*[@id='missing']//code/text()")
    assert listed == ["accessibility", "publisher", "complaints", "other-formats"]


def test_the_chosen_locales_become_a_job(publisher, session, cast):
    answer = publisher.post(ADDRESS, data={"tags": ["en", "ur"]})
    job = session.exec(select(Job).where(Job.kind == "publish")).one()
    assert answer.location == f"{ADDRESS}jobs/{job.id}/"
    assert (job.args["pack"], job.args["tags"]) == ("town", ["en", "ur"])
    assert job.asked_by == cast.publisher.id


def test_pressing_twice_publishes_once(publisher, session):
    publisher.post(ADDRESS, data={"tags": ["en"]})
    publisher.post(ADDRESS, data={"tags": ["en"]})
    assert len(session.exec(select(Job)).all()) == 1


def test_nothing_chosen_is_said(publisher, session):
    answer = publisher.post(ADDRESS, data={}, follow_redirects=True)
    assert "Choose at least one language" in answer.get_data(as_text=True)
    assert session.exec(select(Job)).all() == []


def test_progress_asks_again_until_it_has_ended(publisher, session):
    address = publisher.post(ADDRESS, data={"tags": ["en"]}).location
    page = publisher.get(address).get_data(as_text=True)
    assert 'http-equiv="refresh"' in page
    part = publisher.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.get_data(as_text=True)
    assert "hx-get" in part.get_data(as_text=True)
    job = session.exec(select(Job)).one()
    job.state = JobState.DONE
    session.add(job)
    session.commit()
    done = publisher.get(address).get_data(as_text=True)
    assert "hx-get" not in done
    assert 'href="/en/"' in done


def test_nobody_watches_the_job_of_another_kind(publisher, session, now):
    session.add(Job(kind="print", run_at=now, created_at=now))
    session.commit()
    job = session.exec(select(Job)).one()
    assert publisher.get(f"{ADDRESS}jobs/{job.id}/").status_code == 404


def test_a_writer_does_not_publish(signed_in_as, cast, pack, session):
    writer = signed_in_as(cast.writer)
    assert writer.post(ADDRESS, data={"tags": ["en"]}).status_code == 403
    assert session.exec(select(Job)).all() == []


def test_locales_that_appear_together_need_the_right_for_each(
    publisher, session, cast, pack
):
    pack.publish_together = [["en", "ur"]]
    (grant,) = session.exec(select(Grant).where(Grant.account_id == cast.publisher.id))
    grant.tag = "ur"
    session.add_all([pack, grant])
    session.commit()
    assert publisher.post(ADDRESS, data={"tags": ["ur"]}).status_code == 403
    for act in ("roll-back", "withdraw"):
        asked = f"/-/writing/town/editions/ur/{act}/"
        assert publisher.post(asked).status_code == 403, act
    assert session.exec(select(Job)).all() == []


def test_nothing_published_cannot_be_taken_back(publisher):
    answer = publisher.post("/-/writing/town/editions/ur/withdraw/")
    assert answer.status_code == 404


def test_readers_get_the_edition_before_and_then_none(
    publisher, cast, maker, session, settings, now
):
    first = Order("town", ["en"], cast.publisher.id)
    publish.publish(maker, first, settings=settings, now=now)
    pack = access.get_pack(session, "town")
    page = access.get_page(session, pack, "doctor")
    draft = replace(versions.draft_of(versions.head(session, page)), title="Doctors")
    versions.save(session, page, draft, based_on=1, actor=cast.writer, now=now)
    session.commit()
    later = now + timedelta(hours=1)
    publish.publish(maker, first, settings=settings, now=later)
    there = "/-/writing/town/editions/en/"
    page = html.fromstring(publisher.get(there).data)
    (button,) = page.xpath("//form[contains(@action, 'roll-back')]")
    assert button.getparent().tag == "details"
    assert (
        "Readers get edition 1 at once, in place of edition 2." in page.text_content()
    )
    back = publisher.post(there + "roll-back/", follow_redirects=True)
    assert "Readers of English have edition 1 again." in back.get_data(as_text=True)
    gone = publisher.post(there + "withdraw/", follow_redirects=True)
    assert "Edition 1 in English is withdrawn." in gone.get_data(as_text=True)


def fail_to_print(maker, session, settings, now) -> Edition:
    """Publish English, and let its printing fail for good."""
    publish.publish(maker, Order("town", ["en"]), settings=settings, now=now)
    (job,) = due.find_work(session, now)
    session.commit()

    def refuse(context, edition_id):
        raise PrintFailed(reason="memory", detail="64 MB")

    running.run(maker, settings, {"print": refuse}, job.id)
    session.rollback()
    edition = session.exec(select(Edition)).one()
    session.commit()
    return edition


def test_a_print_that_failed_is_told_and_asked_for_again(
    publisher, pack, maker, session, settings, now
):
    edition = fail_to_print(maker, session, settings, now)
    told = publisher.get("/-/print/town/en/")
    assert (told.status_code, "Retry-After" in told.headers) == (503, False)
    assert "The pages on the web are complete" in told.get_data(as_text=True)
    there = "/-/writing/town/editions/en/"
    page = publisher.get(there).get_data(as_text=True)
    assert "The print edition could not be made (memory): 64 MB" in page
    assert "not printed" in publisher.get(ADDRESS).get_data(as_text=True)

    asked = publisher.post(there + "print-again/", follow_redirects=True)
    assert "The print of edition 1 is being made." in asked.get_data(as_text=True)
    session.rollback()
    assert session.exec(select(Job)).one().state is JobState.WAITING
    entry = session.exec(
        select(JournalEntry).where(JournalEntry.act == "print.asked_again")
    ).one()
    assert (entry.subject_id, entry.tag) == (edition.id, "en")
    told = publisher.get("/-/print/town/en/")
    assert told.headers["Retry-After"] == "30"
    assert "Try to print again" not in publisher.get(there).get_data(as_text=True)


def test_a_translator_does_not_print(signed_in_as, cast, pack):
    translator = signed_in_as(cast.translator_ur)
    answer = translator.post("/-/writing/town/editions/ur/print-again/")
    assert answer.status_code == 403


def run_publishing(publisher, maker, session, settings) -> str:
    """Ask for English, run the job, and read what its page says."""
    address = publisher.post(ADDRESS, data={"tags": ["en"]}).location
    job_id = int(address.rstrip("/").rpartition("/")[2])
    running.run(maker, settings, HANDLERS, job_id)
    session.rollback()
    return publisher.get(address).get_data(as_text=True)


def test_nothing_new_is_done_with_a_note(publisher, pack, maker, session, settings):
    run_publishing(publisher, maker, session, settings)
    page = run_publishing(publisher, maker, session, settings)
    assert "Edition 1" in page
    assert "Readers already have exactly this." in page
    assert {job.state for job in session.exec(select(Job))} == {JobState.DONE}


def test_why_a_language_failed_is_said_in_words(
    publisher, pack, maker, session, settings
):
    folder = settings.editions / "town" / "en" / "1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    page = run_publishing(publisher, maker, session, settings)
    assert "Some languages could not be published" in page
    assert "English: The folder of this edition holds something else." in page
    listed = publisher.get("/-/writing/town/editions/en/").get_data(as_text=True)
    assert "<li>The folder of this edition holds something else." in listed
