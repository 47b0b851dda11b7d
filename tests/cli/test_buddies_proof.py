"""The best pairs are those that other solvers find, and the answer proves it."""

import json
import random
from collections import Counter

from tests.buddies import flows, oracle
from welcome.buddies.exact.problem import Problem, Seat


def test_the_optimum_is_the_one_that_another_solver_finds(folder):
    rolled = random.Random(9)
    some_words = ("ar", "ti", "en", "pl", "ur")
    newcomers = ["id,languages,times,easting,northing"]
    volunteers = ["id,languages,times,easting,northing,reach_km,capacity"]
    places = {}
    for sheet, kind, count in ((newcomers, "N", 60), (volunteers, "V", 40)):
        for each in range(count):
            spoken = ";".join(rolled.sample(some_words, 2))
            day = rolled.choice(["mon", "tue-eve", "weekends", "any"])
            where = f"{rolled.randint(1, 9_000)},{rolled.randint(1, 9_000)}"
            row = f"{kind}{each},{spoken},{day},{where}"
            if kind == "V":
                places[f"V{each}"] = rolled.randint(0, 2)
                row += f",{rolled.choice([2, 4, 6])},{places[f'V{each}']}"
            sheet.append(row)
    folder.put("N.csv", "\n".join(newcomers))
    folder.put("V.csv", "\n".join(volunteers))
    code, said, _ = folder.match("--json", "--candidates", "all.csv")
    told = json.loads(said)
    scores = {
        (each["newcomer"], each["volunteer"]): int(each["score"])
        for each in folder.rows("all.csv")
    }
    assert code == 0
    # Everybody waits alike, so the most pairs and then the best scores are all there is.
    assert (told["matched"], told["total_score"]) == flows.solve(scores, places)
    assert 0 < told["matched"] < 60
    assert by_flows(scores, places) == (told["matched"], told["total_score"])
    check_proof(told, scores, places)


def check_proof(told, scores, places) -> None:
    """The certificate holds as the document says, for people who wait alike."""
    proof = told["certificate"]
    u, v = proof["newcomers"], {**dict.fromkeys(places, 0), **proof["volunteers"]}
    weights = proof["weights"]
    pairs = {(each["newcomer"], each["volunteer"]) for each in told["pairs"]}
    taken = Counter(volunteer for _newcomer, volunteer in pairs)
    for pair, score in scores.items():
        cost = (100 - score) * weights["point"] + 1
        if places[pair[1]]:
            assert u[pair[0]] + v[pair[1]] <= cost
        if pair in pairs:
            assert u[pair[0]] + v[pair[1]] == cost
    held = {newcomer for newcomer, _volunteer in pairs}
    assert all(number <= weights["first"] for number in u.values())
    assert {u[each] for each in u.keys() - held} == {weights["first"]}
    assert all(v[each] == 0 for each in places if taken[each] < places[each])
    assert max(v.values()) <= 0


def by_flows(scores, places) -> tuple[int, int]:
    """What OR-tools finds in the file of candidates."""
    numbers = {each: at for at, each in enumerate(places)}
    names = sorted({newcomer for newcomer, _volunteer in scores})
    known = {
        (names.index(newcomer), numbers[volunteer]): score
        for (newcomer, volunteer), score in scores.items()
    }
    offers = {at: [] for at in range(len(names))}
    for (newcomer, volunteer), score in known.items():
        offers[newcomer].append((volunteer, score))
    free = {numbers[each]: count for each, count in places.items()}
    chosen = oracle.solve(Problem([Seat(each, 0) for each in offers], free, offers))
    return len(chosen), sum(known[pair] for pair in chosen)
