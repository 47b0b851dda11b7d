"""The pages that say why one person waits, from real rows: where their time goes.

`explain` reads who volunteers and who could be asked; `find_group` everybody who waits
too, and finds a best plan for them. Rows in SQLite, over one town and over 30.
"""

import statistics
import sys

import sqlalchemy as sa
from sqlmodel import Session, col, select

from benchmarks.candidates import database, people, write
from benchmarks.matching import milliseconds
from benchmarks.reasons import Size, seconds_of
from benchmarks.synthetic import NOW
from welcome.buddies.explaining.reasons import explain_waiting
from welcome.buddies.gathering import Moment, list_volunteers
from welcome.buddies.models.people import Area, AreaKind, Newcomer, NewcomerLanguage
from welcome.buddies.models.requests import BuddyRequest, RequestSource, RequestState
from welcome.buddies.proposing.waiting import explain, find_group
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile
from welcome.buddies.rules.vocabulary import read_interests

SIZES = [Size(300, 200, 1), Size(1_000, 700, 1), Size(3_000, 2_000, 30)]
ASKED = 20
MOMENT = Moment(NOW, NOW.date())


def write_newcomers(session: Session, newcomers: list[NewcomerProfile]) -> None:
    """Write newcomers who wait as rows; the ids of their requests are their keys + 1."""
    areas = {
        (each.easting, each.northing): each.id for each in session.exec(select(Area))
    }
    for place in sorted({each.place for each in newcomers} - set(areas)):
        area = Area(
            code=f"N{len(areas)}", name="N", kind=AreaKind.SECTOR,
            easting=place[0], northing=place[1],
        )  # fmt: skip
        session.add(area)
        session.flush()
        areas[place] = area.id
    rows: dict[type, list[dict[str, object]]] = {
        Newcomer: [person(each, areas[each.place]) for each in newcomers],
        NewcomerLanguage: [
            {"newcomer_id": each.key + 1, "language": language, "level": level}
            for each in newcomers
            for language, level in each.languages.items()
        ],
        BuddyRequest: [
            {
                "id": each.key + 1, "public_id": f"{each.key:032}",
                "newcomer_id": each.key + 1, "moved_at": NOW, "waiting_since": NOW,
                "source": RequestSource.SELF, "state": RequestState.OPEN,
                "role": each.role,
            }
            for each in newcomers
        ],
    }  # fmt: skip
    for table, values in rows.items():
        session.execute(sa.insert(table), values)
    session.commit()
    session.execute(sa.text("ANALYZE"))


def person(each: NewcomerProfile, area: int) -> dict[str, object]:
    """Give the row of a newcomer."""
    return {
        "id": each.key + 1, "public_id": f"{each.key:032}", "organisation_id": 1,
        "created_at": NOW, "heard_at": NOW, "is_adult": True, "gender": each.gender,
        "wish": each.wish, "times": each.times, "area_id": area, "name": None,
        "interests": [one.value for one in read_interests(each.interests)],
    }  # fmt: skip


def measure(session: Session, size: Size) -> None:
    """Ask about some who wait, and print the figures."""
    newcomers, volunteers = people(size)
    write(session, volunteers)
    write_newcomers(session, newcomers)
    asked = session.exec(
        select(BuddyRequest.id).order_by(col(BuddyRequest.id)).limit(ASKED)
    ).all()
    found = explain(session, asked[0], MOMENT)
    whole = [seconds_of(lambda r=each: explain(session, r, MOMENT)) for each in asked]
    groups = [
        seconds_of(lambda r=each: find_group(session, r, MOMENT)) for each in asked
    ]
    reading = [
        seconds_of(lambda: list_volunteers(session, {1}, MOMENT)) for _ in range(5)
    ]
    everybody = list_volunteers(session, {1}, MOMENT)
    reasons = [
        seconds_of(lambda: explain_waiting(found.newcomer, Crowd(everybody, Policy())))
        for _ in range(5)
    ]
    print(
        f"{size.newcomers:,} wait, {size.volunteers:,} volunteers, {size.towns} towns:\n"
        f"  why one waits, from the rows {milliseconds(whole)}\n"
        f"  of it reading the volunteers {statistics.median(reading) * 1000:.1f} ms,"
        f" preparing and asking the reasons {statistics.median(reasons) * 1000:.2f} ms\n"
        f"  who competes {milliseconds(groups)}"
    )


def main() -> int:
    """Print the figures; nothing is promised of them."""
    for size in SIZES:
        with database() as session:
            measure(session, size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
