"""Pairs from two spreadsheets, as somebody without an installation finds them."""

import json
from pathlib import Path

import pytest

from tests.cli.sheets import NEWCOMERS, VOLUNTEERS
from welcome.buddies.rules import offers
from welcome.buddies.rules.policy import PartCode
from welcome.buddies.rules.vetoes import VetoCode
from welcome.buddies.spreadsheets.columns import NEWCOMER_COLUMNS, VOLUNTEER_COLUMNS
from welcome.cli.buddies.answers import REASON_HEADER

ALL = ("--explain", "reasons.csv", "--candidates", "all.csv")


def test_pairs_reasons_and_candidates_are_written(folder):
    code, said, complaint = folder.match(*ALL)
    assert (code, complaint) == (0, "")
    assert "2 of 4 newcomers have a buddy, 2 wait" in said
    pairs = folder.rows("pairs.csv")
    assert [(each["newcomer"], each["volunteer"]) for each in pairs] == [
        ("N-1", "V-1"),
        ("خالد", "V-2"),
    ]
    for each in pairs:
        assert int(each["score"]) == sum(int(each[part]) for part in PartCode)
    reasons = {each["newcomer"]: each for each in folder.rows("reasons.csv")}
    assert list(reasons["🦊"]) == list(REASON_HEADER)
    assert reasons["🦊"]["reason"] == "nobody-suits"
    assert reasons["🦊"]["stopped_at"] == VetoCode.NO_LANGUAGE
    taken = reasons["'=1+1"]
    assert (taken["reason"], taken["near:no-place-free"]) == ("places-taken", "2")
    assert (taken["competing_newcomers"], taken["competing_places"]) == ("3", "2")
    assert len(folder.rows("all.csv")) == 5


def test_json_tells_the_same(folder):
    code, said, _ = folder.match("--json")
    told = json.loads(said)
    assert code == 0
    assert told["matched"] == 2
    assert told["total_score"] == sum(each["score"] for each in told["pairs"])
    unmatched = {each["newcomer"]: each for each in told["unmatched"]}
    assert {each: told["reason"] for each, told in unmatched.items()} == {
        "🦊": "nobody-suits",
        "=1+1": "places-taken",
    }
    assert unmatched["=1+1"]["near_misses"] == {"no-place-free": ["V-1", "V-2"]}
    assert set(told["certificate"]["newcomers"]) == {"N-1", "خالد", "🦊", "=1+1"}
    assert len(told["certificate"]["fingerprint"]) == 64


def test_the_order_of_rows_changes_nothing(folder):
    assert folder.match(*ALL)[0] == 0
    names = ("pairs.csv", "reasons.csv", "all.csv")
    before = [(folder.place / each).read_bytes() for each in names]
    told = folder.match("--json")[1]
    for name, text in (("N.csv", NEWCOMERS), ("V.csv", VOLUNTEERS)):
        header, *rows = text.splitlines()
        folder.put(name, "\n".join([header, *reversed(rows)]))
    assert folder.match(*ALL)[0] == 0
    assert [(folder.place / each).read_bytes() for each in names] == before
    assert folder.match("--json")[1] == told


def test_pins_and_forbidden_pairs_are_kept_to(folder):
    folder.put("P.csv", "newcomer,volunteer\n🦊,V-1\n")
    folder.put("F.csv", "newcomer,volunteer\nخالد,V-2\n")
    assert folder.match("--pin", "P.csv", "--forbid", "F.csv", *ALL)[0] == 0
    pairs = {(each["newcomer"], each["volunteer"]) for each in folder.rows("pairs.csv")}
    assert pairs == {("🦊", "V-1"), ("'=1+1", "V-2")}
    pinned = next(each for each in folder.rows("pairs.csv") if each["newcomer"] == "🦊")
    assert {pinned[each] for each in ("score", *PartCode)} == {"0"}
    possible = {
        (each["newcomer"], each["volunteer"]) for each in folder.rows("all.csv")
    }
    assert ("خالد", "V-2") not in possible
    reasons = {each["newcomer"]: each for each in folder.rows("reasons.csv")}
    left = [reasons["خالد"][f"left:{each}"] for each in ("no-common-time", "blocked")]
    assert left == ["2", "1"]


def test_a_pin_may_be_written_as_pairs_are(folder):
    folder.put("P.csv", "newcomer,volunteer\n'=1+1,V-2\n")
    assert folder.match("--pin", "P.csv")[0] == 0
    assert ("'=1+1", "V-2") in {
        (each["newcomer"], each["volunteer"]) for each in folder.rows("pairs.csv")
    }


REFUSED = [
    ("N.csv", "id,languages\n1,Klingon\n2,\n", ["N.csv:2: languages:", "N.csv:3:"]),
    ("V.csv", "id,languages\n1,ar\n1,ar\n", ["V.csv:3: id: Line 2 has this id"]),
    ("V.csv", "id,languages\nJosé,es\n".encode("cp1252"), ["V.csv:2: The text is not"]),
    ("N.csv", NEWCOMERS.replace("2026-03-01", "2026-02-31"), ["N.csv:5: waiting_"]),
    ("N.csv", "id,languages,not_with\n1,ar,V-9\n", ["N.csv:2: not_with: Nobody"]),
    ("P.csv", "newcomer,volunteer\nN-1,V-9\n", ["P.csv:2: volunteer: Nobody"]),
    ("P.csv", "newcomer,volunteer\nN-1,V-1\nN-1,V-1\n", ["P.csv:3: This pair"]),
    ("P.csv", "newcomer\nN-1\n", ["P.csv:1: volunteer: This column is missing"]),
    ("A.csv", "sector,easting,northing\nWS1 1,x,\n", ["A.csv:2: easting:"]),
]


@pytest.mark.parametrize(("name", "text", "places"), REFUSED)
def test_a_bad_file_is_refused_with_every_place_and_nothing_is_written(
    folder, name, text, places
):
    folder.put("P.csv", "newcomer,volunteer\n")
    folder.put("A.csv", "sector,easting,northing\n")
    folder.put(name, text)
    before = folder.names()
    more = ("--pin", "P.csv", "--areas", "A.csv", *ALL)
    code, said, complaint = folder.match(*more)
    assert (code, said) == (1, "")
    assert all(place in complaint for place in places)
    assert folder.names() == before
    code, said, _ = folder.match("--json", *more)
    told = json.loads(said)["problems"]
    assert code == 1
    assert {Path(each["file"]).name for each in told} == {name}
    assert len(told) >= len(places)
    assert folder.names() == before


WEIGHTS = [
    ("[weights]\nlanguage = 40\n", "sum to 110"),
    ("[weights]\nlanguage = -1\n", "whole number"),
    ("[weights]\nluck = 5\n", "luck"),
    ("[wieghts]\n", "wieghts"),
    ("weights = 3\n", "weights"),
    ("[rules]\nminimum_level = 'fluent'\n", "minimum_level"),
    ("[rules]\nreach_km = nan\n", "reach_km"),
    ("[rules]\nsharing = [['A', 'B']]\n", "'A'"),
    ("= broken", "weights.toml"),
    ("\udcff".encode("utf-8", "surrogateescape"), "weights.toml"),
]


@pytest.mark.parametrize(("text", "said"), WEIGHTS)
def test_a_bad_file_of_weights_is_refused(folder, text, said):
    folder.put("weights.toml", text)
    before = folder.names()
    code, _, complaint = folder.match("--weights", "weights.toml", *ALL)
    assert (code, said in complaint) == (1, True)
    assert folder.names() == before


def test_weights_and_rules_change_what_is_found(folder):
    folder.put("w.toml", "[weights]\nlanguage = 50\nsame_organisation = 0\ntime = 10\n")
    assert folder.match("--weights", "w.toml")[0] == 0
    assert {each["same-organisation"] for each in folder.rows("pairs.csv")} == {"0"}
    folder.put("w.toml", "[rules]\nminimum_level = 'first'\n")
    assert "0 of 4" in folder.match("--weights", "w.toml")[1]


def test_a_place_that_cannot_be_written_leaves_the_others_alone(folder):
    assert folder.match()[0] == 0
    before = (folder.place / "pairs.csv").read_bytes()
    folder.put("N.csv", "id,languages\n1,en\n")
    code, _, complaint = folder.match("--explain", "missing/reasons.csv")
    assert (code, "missing" in complaint) == (1, True)
    assert (folder.place / "pairs.csv").read_bytes() == before
    assert folder.names() == {"N.csv", "V.csv", "pairs.csv"}


def test_no_file_is_written_over(folder):
    for words in (("--explain", "N.csv"), ("--explain", "pairs.csv")):
        code, _, complaint = folder.match(*words)
        assert (code, "named twice" in complaint) == (2, True)
    assert folder.names() == {"N.csv", "V.csv"}
    assert (folder.place / "N.csv").read_text("utf-8") == NEWCOMERS


def test_pins_that_cannot_all_be_are_told_by_the_ids_of_the_files(folder):
    folder.put("P.csv", "newcomer,volunteer\n🦊,V-1\nN-1,V-1\n")
    code, _, complaint = folder.match("--pin", "P.csv")
    assert (code, "V-1" in complaint) == (1, True)
    folder.put("P.csv", "newcomer,volunteer\n🦊,V-1\n")
    code, said, _ = folder.match("--pin", "P.csv", "--forbid", "P.csv", "--json")
    told = json.loads(said)["problems"]
    assert (code, [each["code"] for each in told]) == (1, ["pin_forbidden"])
    assert "🦊" in told[0]["sentence"]
    assert folder.names() == {"N.csv", "V.csv", "P.csv"}


def test_more_pairs_than_can_be_held_are_refused(folder, monkeypatch):
    monkeypatch.setattr(offers, "MOST_PAIRS", 4)
    before = folder.names()
    code, _, complaint = folder.match(*ALL)
    assert (code, "More than 4 pairs" in complaint) == (1, True)
    assert folder.names() == before


def test_it_runs_without_an_installation(folder, instance):
    assert folder.match()[0] == 0
    assert not instance.exists()


@pytest.mark.parametrize("as_json", [False, True])
def test_every_column_is_described(run, as_json):
    code, said, _ = run("buddies", "columns", *(["--json"] if as_json else []))
    assert code == 0
    names = {each.name for each in (*NEWCOMER_COLUMNS, *VOLUNTEER_COLUMNS)}
    told = json.loads(said) if as_json else {}
    known = (
        {each["name"] for each in told["newcomers"] + told["volunteers"]}
        if told
        else {line.strip() for line in said.splitlines()}
    )
    assert names <= known


def test_the_document_describes_the_same_columns():
    document = Path(__file__).parents[2] / "docs" / "buddies-command.md"
    text = document.read_text("utf-8")
    for each in (*NEWCOMER_COLUMNS, *VOLUNTEER_COLUMNS):
        row = (f"`{each.name}`", each.says, each.values, each.otherwise)
        assert f"| {' | '.join(row)} | `{each.example}` |" in text
