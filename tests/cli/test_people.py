"""`welcome people …` and `welcome keys …`, as whoever keeps an installation runs them."""

import json

import pypdfium2
import pytest
from click.testing import CliRunner

from tests.buddies import records
from welcome.accounts import membership
from welcome.accounts.models import Role
from welcome.buddies.models.people import Newcomer
from welcome.cli import installation as installations
from welcome.cli.commands import group
from welcome.errors import NotAllowed
from welcome.partners import agreements
from welcome.partners.access import get_organisation


@pytest.fixture
def made(session, now):
    return records.write(session, now)


@pytest.fixture
def run(settings, engine, maker, monkeypatch):
    opened = installations.Installation(settings, engine, maker, None)
    settings.instance.mkdir(exist_ok=True)
    for name in ("people", "keys"):
        monkeypatch.setattr(f"welcome.cli.{name}.installation", lambda: opened)

    def act(*words):
        return CliRunner().invoke(group, words, catch_exceptions=True)

    return act


@pytest.fixture
def staff(session, made, cast, now):
    """Two who coordinate where the people are, and one who does elsewhere."""
    home = get_organisation(session, made.newcomer.organisation_id)
    for account in (cast.writer, cast.reviewer_ar):
        membership.grant(session, account, Role.COORDINATOR, None, actor=None, now=now)
        agreements.join(session, home, account, actor=None, now=now)
    session.commit()
    return cast.writer.email, cast.reviewer_ar.email


def test_retention_tells_first_and_then_does(run, session, made, monkeypatch, now):
    monkeypatch.setattr("welcome.cli.people.clock.now", lambda: now.replace(year=2030))
    told = json.loads(run("people", "retention", "--dry-run", "--json").stdout)
    assert {each["clock"] for each in told["planned"]} >= {"reference", "link"}
    assert told["gone"] == {}
    told = json.loads(run("people", "retention", "--json").stdout)
    assert told["gone"]["reference"] == 1
    assert run("people", "retention").stdout.startswith("Nothing is due.")


def test_somebody_is_kept_and_let_go_of(run, session, made, staff):
    one, _other = staff
    public_id = made.newcomer.public_id
    session.close()
    kept = run("people", "hold", public_id, "--reason", "court", "--as", one)
    assert kept.exit_code == 0, kept.output
    erase = ("people", "erase", public_id, "--why", "asked", "--as", one)
    assert run(*erase).exception.code == "kept_for_law"
    assert run("people", "hold", public_id, "--as", one).exit_code == 2
    assert run("people", "hold", public_id, "--lift", "--as", one).exit_code == 0
    told = json.loads(run(*erase, "--json").stdout)
    assert "name" in told["fields"]
    assert session.get_one(Newcomer, made.newcomer.id).name is None


@pytest.mark.parametrize("why", ["retention", "restored"])
def test_nobody_says_for_themselves_what_happens_by_itself(
    run, session, made, staff, why
):
    public_id = made.newcomer.public_id
    session.close()
    refused = run("people", "erase", public_id, "--why", why, "--as", staff[0])
    assert refused.exit_code == 2
    assert session.get_one(Newcomer, made.newcomer.id).name is not None


def test_who_works_elsewhere_may_do_none_of_it(run, made, staff, cast):
    erase = ("people", "erase", made.newcomer.public_id, "--why", "asked", "--as")
    assert isinstance(run(*erase, cast.administrator.email).exception, NotAllowed)
    assert run(*erase, "nobody@example.org").exception.code == "not_found"
    unknown = ("people", "erase", "0" * 32, "--why", "asked", "--as", staff[0])
    assert run(*unknown).exception.code == "not_found"


def test_an_export_is_written_after_a_second_look(run, made, staff, tmp_path):
    one, other = staff
    public_id, out = made.newcomer.public_id, tmp_path / "out"
    export = ("people", "export", public_id, "--out", str(out), "--as", one)
    assert "waits for somebody else" in run(*export).stdout
    assert not out.exists()
    same = run("people", "review", public_id, "--agree", "--as", one)
    assert same.exception.code == "second_look_needed"
    looked = run("people", "review", public_id, "--agree", "--as", other)
    assert looked.exception is None, looked.exception
    assert json.loads(looked.stdout)["public_id"] == public_id
    assert run(*export).exit_code == 0
    whole = json.loads((out / f"{public_id}.json").read_text("utf-8"))
    assert whole["person"]["name"] == records.NEWCOMERS[0]
    pdf = out / f"{public_id}.pdf"
    assert pdf.stat().st_mode & 0o777 == 0o600
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert records.NEWCOMERS[0] in text
    assert records.VOLUNTEERS[0] not in text


def test_what_lies_sealed_is_counted(run, made):
    told = json.loads(run("keys", "check", "--json").stdout)["tables"]
    assert told["newcomer"]["newest"] >= 5
    assert sum(each["broken"] for each in told.values()) == 0
