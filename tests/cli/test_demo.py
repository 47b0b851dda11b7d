"""The demonstration: loaded once, and finished where a start was interrupted."""

import pytest
from click import ClickException
from sqlmodel import select

from tests import packs_on_disk
from welcome.accounts.membership import Invitation, invite
from welcome.accounts.models import Account
from welcome.cli import demo
from welcome.cli.installation import installation
from welcome.editions import web_edition
from welcome.editions.models import Edition, EditionState


class PowerCut(BaseException):
    """Nobody had time to tidy up."""


@pytest.fixture
def content(ready, tmp_path, monkeypatch):
    packs_on_disk.write_town(tmp_path / "content" / "town")
    monkeypatch.setenv("WELCOME_CONTENT", str(tmp_path / "content"))
    monkeypatch.setenv("WELCOME_SITE_URL", "http://127.0.0.1:8000")


def _states():
    with installation().sessions() as session:
        return set(session.exec(select(Edition.state)))


@pytest.mark.usefixtures("content")
def test_a_start_that_was_interrupted_while_publishing_is_finished(monkeypatch):
    def cut(*_args):
        raise PowerCut

    build = web_edition.build
    monkeypatch.setattr(web_edition, "build", cut)
    with pytest.raises(PowerCut):
        demo.complete()
    assert EditionState.CURRENT not in _states()
    monkeypatch.setattr(web_edition, "build", build)

    demo.complete()

    assert EditionState.CURRENT in _states()


@pytest.mark.usefixtures("content")
def test_a_second_start_changes_nothing_that_people_did(capsys):
    demo.complete()
    with installation().sessions.begin() as session:
        for edition in session.exec(select(Edition)):
            edition.state = EditionState.WITHDRAWN
    capsys.readouterr()

    demo.complete()

    assert capsys.readouterr().out == ""
    assert _states() == {EditionState.WITHDRAWN}


@pytest.mark.usefixtures("ready")
def test_an_installation_without_packs_starts_too(tmp_path, monkeypatch):
    monkeypatch.setenv("WELCOME_CONTENT", str(tmp_path / "none"))
    monkeypatch.setenv("WELCOME_SITE_URL", "http://127.0.0.1:8000")
    demo.complete()
    assert _states() == set()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("is_public", [True, False])
def test_real_people_never_meet_the_cast(monkeypatch, now, is_public):
    if is_public:
        monkeypatch.setenv("WELCOME_SITE_URL", "https://welcome.example.org")
    else:
        invitation = Invitation("somebody@example.net", "Somebody")
        with installation().sessions.begin() as session:
            invite(session, invitation, actor=None, now=now)
    with pytest.raises(ClickException, match="for this machine alone"):
        demo.load()
    with installation().sessions() as session:
        emails = set(session.exec(select(Account.email)))
    assert emails <= {"somebody@example.net"}
