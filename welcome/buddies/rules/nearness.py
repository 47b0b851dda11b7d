"""How far two people are from each other, in whole metres."""

from math import isqrt

from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile


def reach_of(volunteer: VolunteerProfile, policy: Policy) -> int:
    """Say how many metres a volunteer goes."""
    return policy.reach_m if volunteer.reach_m is None else volunteer.reach_m


def square_between(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile
) -> int | None:
    """Give the square of the metres between two; None where a place is not known."""
    if newcomer.place is None or volunteer.place is None:
        return None
    east = newcomer.place[0] - volunteer.place[0]
    north = newcomer.place[1] - volunteer.place[1]
    return east * east + north * north


def metres_between(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile
) -> int | None:
    """Give the whole metres between two; None where a place is not known."""
    square = square_between(newcomer, volunteer)
    return None if square is None else isqrt(square)
