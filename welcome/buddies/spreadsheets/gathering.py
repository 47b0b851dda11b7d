"""From two files to people with keys: the same keys in whatever order the rows stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.spreadsheets.cells import SHOWN
from welcome.buddies.spreadsheets.people import Sheet
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem


@dataclass(frozen=True)
class Everybody:
    """The people of two files; a key is a place in the ids, which are in order."""

    newcomers: Sequence[NewcomerProfile]
    volunteers: Sequence[VolunteerProfile]
    newcomer_ids: Sequence[str]
    volunteer_ids: Sequence[str]
    organisations: Sequence[str]

    def pairs_of_keys(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
        """Give pairs of ids as pairs of keys."""
        newcomers = {each: key for key, each in enumerate(self.newcomer_ids)}
        volunteers = {each: key for key, each in enumerate(self.volunteer_ids)}
        return sorted((newcomers[one], volunteers[other]) for one, other in pairs)


def find_unknown_volunteers(
    newcomers: Sheet[NewcomerProfile], volunteers: Sheet[VolunteerProfile]
) -> list[SheetProblem]:
    """List who is named in `not_with` and not in the other file, sound or not."""
    known = {row.cells.get("id", "") for row in volunteers.rows}
    known |= {each.id for each in volunteers.people}
    return [
        SheetProblem(
            person.line,
            "not_with",
            SheetCode.UNKNOWN_PERSON,
            {"found": each[:SHOWN]},
        )
        for person in newcomers.people
        for each in person.not_with
        if each not in known
    ]


def gather(
    newcomers: Sheet[NewcomerProfile], volunteers: Sheet[VolunteerProfile]
) -> Everybody:
    """Give everybody keys, by the order of their ids."""
    coming = sorted(newcomers.people, key=lambda each: each.id)
    helping = sorted(volunteers.people, key=lambda each: each.id)
    keys = {each.id: key for key, each in enumerate(helping)}
    organisations = sorted(
        {each.organisation for each in coming} | {each.organisation for each in helping}
    )
    numbers = {name: at for at, name in enumerate(organisations)}
    return Everybody(
        [
            replace(
                each.profile,
                key=key,
                organisation=numbers[each.organisation],
                blocked=frozenset(keys[name] for name in each.not_with),
            )
            for key, each in enumerate(coming)
        ],
        [
            replace(each.profile, key=key, organisation=numbers[each.organisation])
            for key, each in enumerate(helping)
        ],
        [each.id for each in coming],
        list(keys),
        organisations,
    )
