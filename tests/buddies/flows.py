"""Another way to the best pairs, slow and plain: cheapest paths by Bellman and Ford."""

from collections.abc import Mapping


def solve(
    scores: Mapping[tuple[str, str], int], places: Mapping[str, int]
) -> tuple[int, int]:
    """The most pairs there can be, and the highest sum of scores among as many."""
    # Each arc: from, to, and what it costs; a pair that is used turns round.
    used: set[tuple[str, str]] = set()
    while path := _best_path(scores, places, used):
        used ^= set(path)
    return len(used), sum(scores[pair] for pair in used)


def _best_path(scores, places, used) -> list[tuple[str, str]]:
    held = {newcomer for newcomer, _volunteer in used}
    taken = [volunteer for _newcomer, volunteer in used]
    cost: dict[tuple[str, str], int] = {
        ("N", newcomer): 0 for newcomer, _volunteer in scores if newcomer not in held
    }
    before: dict[tuple[str, str], tuple[str, str]] = {}
    changed = True
    while changed:
        changed = False
        for (newcomer, volunteer), score in scores.items():
            ends = ("N", newcomer), ("V", volunteer)
            if (newcomer, volunteer) in used:
                tail, head, step = ends[1], ends[0], score
            else:
                tail, head, step = ends[0], ends[1], -score
            if tail in cost and cost[tail] + step < cost.get(head, float("inf")):
                cost[head], before[head] = cost[tail] + step, tail
                changed = True
    free = [at for at in cost if at[0] == "V" and taken.count(at[1]) < places[at[1]]]
    if not free:
        return []
    at = min(free, key=lambda each: cost[each])
    path = []
    while at in before:
        newcomer, volunteer = sorted((at, before[at]))
        path.append((newcomer[1], volunteer[1]))
        at = before[at]
    return path
