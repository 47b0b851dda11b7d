"""What the server says it can do, and how often it is asked."""

import pytest

from tests.translation.machine.libretranslate.servers import LANGUAGES, Said, refused
from welcome.translation.errors import EngineAway, EngineFailed
from welcome.translation.machine.libretranslate import knowing

EVERYWHERE = ["en", "pt-BR", "pt", "zh-Hans", "zh-Hant", "tl", "nb", "ur"]
OLD = ["en", "pb", "pt", "zh", "zt", "tl", "nb", "ur"]


def listed(codes):
    return Said([{"code": c, "name": c, "targets": codes} for c in codes])


@pytest.mark.parametrize("codes", [EVERYWHERE, OLD], ids=["aliases", "packages"])
@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("pt-BR", {"pt-BR", "pb"}),
        ("pt", {"pt"}),
        ("zh-Hans", {"zh-Hans", "zh"}),
        ("zh-Hant", {"zh-Hant", "zt"}),
        ("zh-Hant-HK", {"zh-Hant", "zt"}),
        ("fil", {"tl"}),
        ("tl", {"tl"}),
        ("nb", {"nb"}),
        ("no", {"nb"}),
        ("ur", {"ur"}),
        ("pa-Arab", set()),
        ("zh-Latn", set()),
        ("ti", set()),
        ("so", set()),
    ],
)
def test_locales_have_other_codes_there(libre, server, codes, tag, found):
    server.languages = listed(codes)
    route = libre.find_route("en", tag)
    assert route == (("en", tag) if found else None)
    if found:
        libre.translate(["A."], "en", tag)
        assert server.asked[0]["target"] in found


def test_case_of_codes_does_not_matter(libre, server):
    server.languages = listed(["en", "zh-hant"])
    libre.translate(["A."], "en", "zh-Hant")
    assert server.asked[0]["target"] == "zh-hant"


def test_a_way_past_english_is_said_to_lead_through_it(libre, server):
    server.languages = listed(["en", "cy", "pl", "ur"])
    assert libre.find_route("pl", "ur") == ("pl", "en", "ur")
    assert libre.find_route("pl", "en") == ("pl", "en")
    server.languages = listed(["pt", "es"])
    knowing.server_at.cache_clear()
    assert libre.find_route("pt", "es") == ("pt", "es")


def test_old_servers_name_no_targets(libre, server):
    server.languages = Said([{"code": "en", "name": "E"}, {"code": "ar", "name": "A"}])
    assert libre.find_route("en", "ar") == ("en", "ar")


def test_it_is_asked_once_for_many_pages(make, server):
    for _ in range(3):
        for tag in ("ar", "fr", "ti", "ur"):
            make().find_route("en", tag)
    assert server.paths == ["/languages", "/frontend/settings"]


def test_what_it_said_grows_old(make, server, monkeypatch):
    monkeypatch.setattr(knowing, "FRESH", -1)
    make().find_route("en", "ur")
    make().find_route("en", "ur")
    assert server.paths.count("/languages") == 2


def test_that_it_is_away_is_remembered_for_a_while(make, server, monkeypatch):
    server.languages = refused("starting", 503)
    for _ in range(5):
        with pytest.raises(EngineAway):
            make().find_route("en", "ur")
    assert server.paths == ["/languages"]
    server.languages = Said(LANGUAGES)
    monkeypatch.setattr(knowing, "AWAY", -1)
    knowing.server_at(server.address).forget()
    assert make().find_route("en", "ur")


@pytest.mark.parametrize(
    "said",
    [
        Said(b"<!doctype html><title>404 Not Found</title>", 404),
        Said(b"<html>A shop</html>"),
        Said({"languages": []}),
        Said([]),
        Said([1, "x", None, {"name": "no code"}, {"code": 5}]),
        Said(None),
    ],
    ids=repr,
)
def test_what_is_no_libretranslate_has_failed(libre, server, said):
    server.languages = said
    with pytest.raises(EngineFailed):
        libre.find_route("en", "ur")


def test_odd_rows_are_passed_over(libre, server):
    odd = [{"code": "xx", "targets": "ur"}, {"code": "yy", "targets": [5, {}]}, 7]
    server.languages = Said([*odd, *LANGUAGES])
    assert libre.find_route("en", "ur")
    assert libre.find_route("xx", "ur") is None


@pytest.mark.parametrize(
    ("settings", "most"),
    [
        (Said({"charLimit": 120}), 120),
        (Said({"charLimit": -1}), None),
        (Said({"charLimit": 0}), None),
        (Said({"charLimit": "300"}), None),
        (Said([]), None),
        (Said({}, 404), None),
        (refused("no", 403), None),
    ],
    ids=repr,
)
def test_how_much_it_takes(server, settings, most):
    server.settings = settings
    assert knowing.server_at(server.address).look().most == most
