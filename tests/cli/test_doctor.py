"""What the doctor says of an installation and its mail server, and the mends it names."""

import json
import shlex
import socket
import ssl

import pytest
import trustme
from aiosmtpd.controller import Controller

from welcome.cli import doctor
from welcome.config import Settings
from welcome.editions.errors import PrintFailed
from welcome.editions.print import fonts
from welcome.messages import delivery

AUTHORITY = trustme.CA()


@pytest.fixture
def encrypted(tmp_path, monkeypatch):
    """A mail server that speaks TLS from the first byte, at the port that means so."""
    file = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(object(), hostname="127.0.0.1", port=port, ssl_context=context)
    server.start()
    monkeypatch.setattr(delivery, "IMPLICIT_TLS_PORT", port)
    yield port
    server.stop()


def test_a_mail_server_that_is_encrypted_from_the_start_answers(encrypted, tmp_path):
    settings = Settings(instance=tmp_path, mail_server="127.0.0.1", mail_port=encrypted)
    [found] = doctor.look_at_mail(settings)
    assert (found.well, found.sentence) == (True, "127.0.0.1 answers")


def test_a_mail_server_that_is_away_is_missing(tmp_path):
    settings = Settings(instance=tmp_path, mail_server="127.0.0.1", mail_port=1)
    [found] = doctor.look_at_mail(settings)
    assert not found.well


@pytest.mark.parametrize("with_pack", [True, False])
def test_the_mend_for_fonts_is_a_whole_command(
    settings, request, monkeypatch, with_pack
):
    if with_pack:
        request.getfixturevalue("pack")

    def lack(*_args):
        raise PrintFailed(reason="fonts", detail="Noto Sans")

    monkeypatch.setattr(fonts, "require", lack)
    [found] = doctor.look_at_fonts(settings)
    words = shlex.split(found.mend)
    assert words[:3] == ["welcome", "assets", "fetch"]
    assert words[3:] == (["--locales", "ar,en,pl,ur"] if with_pack else [])


def test_editions_of_one_machine_need_no_word(tmp_path):
    assert list(doctor.look_at_editions(Settings(instance=tmp_path))) == []


def test_a_shared_folder_that_is_not_mounted_is_missing(tmp_path):
    folder = tmp_path / "shared"
    settings = Settings(instance=tmp_path, editions_folder=str(folder))
    [found] = doctor.look_at_editions(settings)
    assert (found.well, folder.exists()) == (False, False)
    assert "Mount it" in found.sentence
    folder.mkdir()
    [found] = doctor.look_at_editions(settings)
    assert found.well


def test_a_store_of_editions_answers_or_is_missing(shared, object_store):
    [found] = doctor.look_at_editions(shared)
    assert (found.well, shared.editions_store in found.sentence) == (True, True)
    object_store.stop()
    try:
        [found] = doctor.look_at_editions(shared)
    finally:
        object_store.start()
    assert (found.well, "does not answer" in found.sentence) == (False, True)


def test_the_doctor_names_what_is_missing_and_what_mends_it(instance, run):
    code, said, _ = run("doctor", "--json")
    found = {each["subject"]: each for each in json.loads(said)}
    assert code == 1
    assert (found["secrets"]["well"], found["database"]["well"]) == (False, False)
    assert found["database"]["mend"] == "welcome db upgrade"
    lines = run("doctor")[1].splitlines()
    assert "        mend: welcome db upgrade" in lines


def test_the_doctor_is_content_with_a_whole_installation(ready, run):
    code, said, _ = run("doctor", "--json")
    unwell = {each["subject"] for each in json.loads(said) if not each["well"]}
    # Fonts and Pango are the machine's; the tests of print need them anyway. No worker
    # runs here, which has to be said.
    assert unwell - {"assets", "fonts", "print"} == {"worker"}
    assert code == 1


def test_the_doctor_tells_a_server_that_is_down_from_a_file(instance, run, monkeypatch):
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    monkeypatch.setenv("WELCOME_DATABASE_URL", url)
    code, said, _ = run("doctor", "--json")
    found = {each["subject"]: each for each in json.loads(said)}
    assert code == 1
    assert found["database"]["mend"].startswith("start it")


def test_the_doctor_finds_keys_that_others_can_read(ready, run):
    (ready / "secrets.toml").chmod(0o644)
    found = {each["subject"]: each for each in json.loads(run("doctor", "--json")[1])}
    assert not found["secrets"]["well"]
    assert found["secrets"]["mend"].startswith("chmod 600 ")


def test_the_doctor_greets_the_mail_server(ready, run, monkeypatch):
    with socket.socket() as bound:
        # Bound but never listening: nobody answers there.
        bound.bind(("127.0.0.1", 0))
        monkeypatch.setenv("WELCOME_MAIL_SERVER", "127.0.0.1")
        monkeypatch.setenv("WELCOME_MAIL_PORT", str(bound.getsockname()[1]))
        code, said, _ = run("doctor", "--json")
    mail = next(each for each in json.loads(said) if each["subject"] == "mail")
    assert (code, mail["well"]) == (1, False)
    assert "mail_server" in mail["mend"]
