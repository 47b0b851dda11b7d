"""Lists and what comes back for them: too many, refused, slowed down, bogus."""

import logging
from dataclasses import replace
from time import monotonic

import pytest

from tests.translation.machine.libretranslate.conftest import KEY, QUICK
from tests.translation.machine.libretranslate.servers import Said, refused, texts
from welcome.translation.errors import (
    EngineAway,
    EngineFailed,
    EngineRefused,
    NoRoute,
)
from welcome.translation.machine.engine import Marks

SLOW_DOWN = refused("Slowdown: 2 per 1 minute", 429)


def say(libre, *given, **more):
    return [each.text for each in libre.translate(list(given), "en", "fr", **more)]


def test_what_is_sent_is_json_without_markup_and_with_the_key(libre, server):
    assert say(libre, "Call ⟦1⟧.", "Welcome.") == ["«Call ⟦1⟧.»", "«Welcome.»"]
    assert server.asked == [
        {
            "q": ["Call ⟦1⟧.", "Welcome."],
            "source": "en",
            "target": "fr",
            "format": "text",
            "api_key": KEY,
        }
    ]
    assert server.heads[-1]["Content-Type"] == "application/json"
    # Refusals are told apart by their words.
    assert server.heads[-1]["Accept-Language"] == "en"


def test_no_key_is_sent_where_there_is_none(make, server):
    say(make(key=""), "Welcome.")
    assert "api_key" not in server.asked[0]


def test_equal_texts_are_sent_once_and_blank_ones_never(libre, server):
    assert say(libre, "A.", "", "B.", "A.") == ["«A.»", "", "«B.»", "«A.»"]
    assert server.lists == [["A.", "B."]]


def test_lists_are_short_in_number_and_in_characters(make, server):
    libre = make(replace(QUICK, texts=3, characters=1000))
    say(libre, *(str(number) for number in range(8)))
    assert [len(each) for each in server.lists] == [3, 3, 2]
    server.asked.clear()
    # Old servers count the characters of the whole list: this one takes 300.
    say(libre, "a" * 120, "b" * 120, "c" * 120)
    assert [len(each) for each in server.lists] == [2, 1]


def test_a_server_that_takes_shorter_lists_gets_halves(libre, server):
    server.batch_limit = 3
    given = [f"Text {number}." for number in range(8)]
    assert say(libre, *given) == [f"«{each}»" for each in given]
    assert [len(each) for each in server.lists] == [8, 4, 2, 2, 4, 2, 2]


def test_half_a_text_is_no_offer(libre, server):
    assert say(libre, f"Come in. H{'elp h' * 70}elp. Welcome.", "B.") == ["", "«B.»"]
    assert server.lists == [["Come in.", "Welcome.", "B."]]


def test_a_text_it_stumbles_over_costs_no_other(libre, server, caplog):
    server.translate = lambda body: (
        refused("The server encountered an internal error", 500)
        if "Bad." in body["q"]
        else texts(*body["q"])
    )
    assert say(libre, "A.", "Bad.", "C.") == ["A.", "", "C."]
    assert "internal error" in caplog.text


def test_a_server_that_stumbles_over_all_has_failed(libre, server):
    server.always = refused("The server encountered an internal error", 500)
    with pytest.raises(EngineFailed) as failed:
        say(libre, "A.", "B.")
    assert "500: The server encountered" in failed.value.params["reason"]


@pytest.mark.parametrize(
    "error",
    [
        "fr is not supported",
        "French (fr) is not available as a target language from English (en)",
    ],
)
def test_a_way_that_is_gone_is_none_and_asked_for_anew(libre, server, error):
    assert libre.find_route("en", "fr")
    server.turns = [refused(error)]
    with pytest.raises(NoRoute) as gone:
        say(libre, "A.")
    assert gone.value.params["target"] == "fr"
    server.languages.given = [{"code": "en", "name": "English", "targets": ["en"]}]
    assert libre.find_route("en", "fr") is None


@pytest.mark.parametrize(
    "turn",
    [
        refused("Invalid API key", 403),
        refused("Too many request limits violations", 403),
        refused("Please contact the server operator to get an API key"),
        refused("Visit https://x.example to get an API key"),
        Said(b"<h1>401 Authorization Required</h1>", 401),
    ],
    ids=["wrong key", "banned", "no key", "no key, a link", "a proxy's own"],
)
def test_who_is_refused_is_told_by_whom_and_why(libre, server, turn):
    server.turns = [turn]
    with pytest.raises(EngineRefused) as away:
        say(libre, "A.")
    assert away.value.params["address"] == server.address
    assert len(server.asked) == 1
    said = away.value.params["said"]
    assert said in (turn.given if isinstance(turn.given, dict) else {}).values() or (
        "Authorization Required" in said
    )


def test_other_refusals_are_failures_in_the_servers_words(libre, server):
    server.turns = [refused("Invalid request: missing\n\x00 q parameter")]
    with pytest.raises(EngineFailed) as failed:
        say(libre, "A.")
    assert failed.value.params["reason"] == "400: Invalid request: missing q parameter"


def test_a_server_that_is_busy_is_asked_again_later(libre, server):
    server.turns = [SLOW_DOWN, SLOW_DOWN]
    assert say(libre, "A.") == ["«A.»"]
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry_After": "1"},
        {
            "Retry_After": "Thu, 26 Nov 2026 10:00:01 GMT",
            "Date": "Thu, 26 Nov 2026 10:00:00 GMT",
        },
    ],
    ids=["seconds", "a moment"],
)
def test_it_may_say_how_long_to_wait(libre, server, headers):
    server.turns = [refused("Slowdown", 429, **headers)]
    started = monotonic()
    assert say(libre, "A.") == ["«A.»"]
    assert 1 <= monotonic() - started < 3


@pytest.mark.parametrize("wait", ["soon", "-1", "Thu, 99 Nov", ""])
def test_a_wait_that_cannot_be_read_is_ours_to_choose(libre, server, wait):
    server.turns = [refused("Slowdown", 429, Retry_After=wait)]
    assert say(libre, "A.") == ["«A.»"]


def test_nobody_waits_longer_than_the_span(libre, server):
    server.turns = [refused("Slowdown", 429, Retry_After="3600")]
    started = monotonic()
    with pytest.raises(EngineAway) as away:
        say(libre, "A.")
    assert monotonic() - started < 2
    assert "3600 seconds: Slowdown" in away.value.params["reason"]


def test_a_storm_of_refusals_ends(make, server):
    server.always = refused("Slowdown", 429, Retry_After="0")
    limits = replace(QUICK, whole=1, wait=0.05, longest_wait=0.4)
    started = monotonic()
    with pytest.raises(EngineAway):
        say(make(limits), "A.")
    assert monotonic() - started < 2
    # Each wait is twice the one before.
    assert 3 <= len(server.asked) <= 6


@pytest.mark.parametrize(
    "given",
    [
        b"<html>Welcome to nginx</html>",
        b" ",
        b"\xff\xfe",
        b"[" * 100_000,
        {"translatedText": "one for all"},
        {"translatedText": ["A."]},
        {"translatedText": ["A.", "B.", "C."]},
        {"translatedText": ["A.", 5]},
        {"translatedText": ["A.", None]},
        {"translatedText": ["A.", "\ud800"]},
        {"error": "but 200"},
        ["A.", "B."],
        "A.",
        None,
        {"translatedText": ["😂", "🤪"]},
        {"translatedText": "🐒🙊", "alternatives": [], "detectedLanguage": {}},
    ],
    ids=repr,
)
def test_bogus_answers_are_none(libre, server, given):
    server.turns = [Said(given)]
    with pytest.raises(EngineFailed) as failed:
        say(libre, "A.", "B.")
    assert failed.value.params["engine"] == "libretranslate"
    assert failed.value.params["reason"]


def test_one_emoji_among_words_is_no_mockery(libre, server):
    server.turns = [texts("Bienvenue.", "☎")]
    assert say(libre, "Welcome.", "Phone") == ["Bienvenue.", "☎"]


def test_a_text_without_end_is_no_offer(libre, server):
    server.turns = [texts("la " * 5000, "B.")]
    assert say(libre, "A.", "B.") == ["", "B."]


def test_another_try_goes_sentence_by_sentence_and_chooses(libre, server):
    given = "Call ⟦1⟧ now. Come in."
    server.turns = [
        Said(
            {
                "translatedText": ["Appelez maintenant.", "Entrez entrez entrez."],
                "alternatives": [["Appelez ⟦1⟧ ⟦1⟧.", "Appelez ⟦ 1⟧."], ["Entrez."]],
            }
        )
    ]
    assert say(libre, given, careful=True) == ["Appelez ⟦ 1⟧. Entrez."]
    assert server.asked[0]["q"] == ["Call ⟦1⟧ now.", "Come in."]
    assert server.asked[0]["alternatives"] == 2


@pytest.mark.parametrize("others", [None, "x", [], [5], [[5]], [["\ud800"]]], ids=repr)
def test_without_others_the_first_answer_is_taken(libre, server, others):
    server.turns = [Said({"translatedText": ["Un ⟦2⟧"], "alternatives": others})]
    assert say(libre, "One ⟦1⟧", careful=True) == ["Un ⟦2⟧"]


def test_a_server_that_gives_no_others_is_asked_without(libre, server):
    server.turns = [refused("Invalid request: alternatives parameter must be <= 0")]
    assert say(libre, "A.", careful=True) == ["«A.»"]
    assert [body.get("alternatives") for body in server.asked] == [2, None]


def test_neither_texts_nor_the_key_are_logged(libre, server, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "A private sentence."
    server.turns = [SLOW_DOWN, refused("no", 500)]
    with pytest.raises(EngineFailed) as failed:
        say(libre, secret)
    server.turns = [refused("Invalid API key", 403)]
    with pytest.raises(EngineRefused) as away:
        say(libre, secret)
    assert KEY not in caplog.text + repr(libre) + f"{failed.value} {away.value}"
    assert secret not in caplog.text


def test_both_families_of_sentinels_are_offered(libre):
    assert libre.list_marks("en", "ur") == (Marks.BRACKETS, Marks.LETTERS)
