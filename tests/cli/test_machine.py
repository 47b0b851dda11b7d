"""Packages for machine drafts, from the shell."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from welcome.translation.machine.argos import index

MODELS = sorted(Path("content/models").glob("*.argosmodel"))
LIST = [
    {"type": "translate", "from_code": "en", "to_code": "ur", "package_version": "1.9",
     "links": ["https://models.example.org/ur"]},
    {"type": "translate", "from_code": "en", "to_code": "ur", "package_version": "1.10",
     "links": ["https://models.example.org/ur-new"]},
    {"type": "translate", "from_code": "en", "to_code": "tl", "package_version": "1.0",
     "links": []},
    {"type": "sbd", "from_code": "en"},
]  # fmt: skip


@pytest.fixture
def installed(run):
    code, said, _ = run("mt", "install", *MODELS)
    assert code == 0
    return said


def test_packages_are_installed_listed_shown_tried_and_removed(run, installed):
    assert installed.count("Installed ") == len(MODELS) == 3
    assert "English → Urdu" in run("mt", "list")[1]
    known = json.loads(run("mt", "list", "--json")[1])
    assert [(each["from"], each["to"]) for each in known["packages"]] == [
        ("en", "fr"), ("en", "ur"), ("fr", "en"),
    ]  # fmt: skip
    shown = json.loads(run("mt", "show", "en:ur", "--json")[1])
    assert shown in known["packages"]
    code, said, _ = run("mt", "test", "ur", "Welcome")
    assert (code, said.strip() != "") == (0, True)
    told = json.loads(run("mt", "test", "fr:ur", "Bienvenue", "--json")[1])
    assert told["route"] == ["fr", "en", "ur"]
    assert told["confidence"] < 0
    assert run("mt", "remove", "en:ur")[0] == 0
    assert run("mt", "remove", "en:ur")[0] == 1
    assert run("mt", "test", "ur", "Welcome")[0] == 1


def test_where_nothing_is_installed_it_says_so(run):
    assert "No package is installed." in run("mt", "list")[1]
    code, _, complaint = run("mt", "test", "ti", "Welcome")
    assert (code, "has no way from en to ti" in complaint) == (1, True)
    assert run("mt", "show", "ti")[0] == 1


def test_good_ones_are_installed_beside_refused_ones(run, tmp_path):
    bad = tmp_path / "notes.argosmodel"
    bad.write_text("Welcome")
    code, said, complaint = run("mt", "install", MODELS[0], bad)
    assert (code, said.count("Installed ")) == (1, 1)
    assert f"{bad} is not installed, nothing was changed" in complaint


def test_a_sum_is_for_one_file(run):
    code, _, complaint = run("mt", "install", *MODELS, "--sha256", "0" * 64)
    assert (code, "one by one" in complaint) == (2, True)
    code, _, complaint = run("mt", "install", MODELS[0], "--sha256", "0" * 64)
    assert (code, "its sha256 is" in complaint) == (1, True)


def test_damaged_folders_are_named(run, instance, installed):
    (instance / "models" / "mine").mkdir()
    assert "DAMAGED mine:" in run("mt", "list")[1]


def test_what_the_public_list_has_is_said_for_each_of_our_languages(run, tmp_path):
    file = tmp_path / "index.json"
    file.write_text(json.dumps(LIST))
    said = run("mt", "available", "--index", file)[1]
    assert "Urdu (ur): version 1.10  https://models.example.org/ur-new" in said
    assert "Filipino (Tagalog) (fil): version 1.0" in said
    assert (
        "Tigrinya (ti): no package exists in the public index: drafts come from memory"
        " and people." in said
    )
    known = json.loads(run("mt", "available", "--index", file, "--json")[1])
    assert known["available"]["ti"] is None


@pytest.mark.parametrize(
    "content", ["", "{", "{}", "[1]", '[{"type": "translate"}]', "[" * 100_000]
)
def test_a_list_that_is_none_is_refused(run, tmp_path, content):
    file = tmp_path / "index.json"
    file.write_text(content)
    code, _, complaint = run("mt", "available", "--index", file)
    assert (code, "is no list of packages" in complaint) == (1, True)


def test_a_list_too_long_is_refused(run, tmp_path):
    file = tmp_path / "index.json"
    file.write_text(" " * (index.MOST_BYTES + 1))
    assert "it is longer than" in run("mt", "available", "--index", file)[2]


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:1/x", "ftp://x/y", "file:///etc/x"]
)
def test_a_list_elsewhere_is_read_by_https_alone(run, place):
    code, _, complaint = run("mt", "available", "--index", place)
    assert (code, "begins with https://" in complaint) == (1, True)


class Server(BaseHTTPRequestHandler):
    """Answers without TLS, as something in between might."""

    def do_GET(self):
        self.send_error(404)

    def log_message(self, *_args):
        pass


def test_a_server_that_is_none_is_told_of(run):
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        place = f"https://127.0.0.1:{server.server_port}/index.json"
        code, _, complaint = run("mt", "available", "--index", place)
    assert (code, "cannot be read" in complaint) == (1, True)
