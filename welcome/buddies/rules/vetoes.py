"""What rules a pair out, each rule a small function: true where it forbids the pair.

The docstring of each is its title. A rule that nothing is known for (a place, say)
forbids nothing.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from welcome.buddies.rules import nearness
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.vocabulary import is_accepted, rank

Veto = Callable[[NewcomerProfile, VolunteerProfile, Policy], bool]


class VetoCode(StrEnum):
    """A rule that forbids a pair, in the order they are looked at."""

    NOT_CLEARED = "not-cleared"
    OTHER_ORGANISATION = "other-organisation"
    NOT_ADULT = "not-adult"
    NO_LANGUAGE = "no-language"
    GENDER_WISH = "gender-wish"
    TOO_FAR = "too-far"
    NO_COMMON_TIME = "no-common-time"
    BLOCKED = "blocked"
    OWN_COMMUNITY = "own-community"
    NO_PLACE_FREE = "no-place-free"


def is_not_cleared(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """Not cleared for this role."""
    return newcomer.role not in volunteer.cleared_for


def is_other_organisation(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> bool:
    """Of an organisation with which nothing is shared."""
    return not policy.is_shared(newcomer.organisation, volunteer.organisation)


def is_not_adult(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """Not both of age."""
    return not (newcomer.is_adult and volunteer.is_adult)


def has_no_language(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> bool:
    """No language that both speak well enough."""
    least = rank(policy.minimum)
    theirs = volunteer.languages
    return not any(
        rank(level) >= least and language in theirs and rank(theirs[language]) >= least
        for language, level in newcomer.languages.items()
    )


def is_against_a_wish(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """One of them wishes for somebody of another gender."""
    return not (
        is_accepted(volunteer.gender, newcomer.wish)
        and is_accepted(newcomer.told_gender, volunteer.wish)
    )


def is_too_far(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> bool:
    """Further away than the volunteer goes."""
    square = nearness.square_between(newcomer, volunteer)
    reach = nearness.reach_of(volunteer, policy)
    return square is not None and square > reach * reach


def has_no_common_time(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """Never free at the same time."""
    return not newcomer.times & volunteer.times


def is_blocked(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """Not to be brought together."""
    return volunteer.key in newcomer.blocked


def is_own_community(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """Of the newcomer's own community, which they ask not to be."""
    return newcomer.avoids_own_community and not (
        newcomer.first_languages.isdisjoint(volunteer.first_languages)
    )


def has_no_place_free(
    _newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> bool:
    """No place free."""
    return volunteer.held >= volunteer.capacity


VETOES: Mapping[VetoCode, Veto] = {
    VetoCode.NOT_CLEARED: is_not_cleared,
    VetoCode.OTHER_ORGANISATION: is_other_organisation,
    VetoCode.NOT_ADULT: is_not_adult,
    VetoCode.NO_LANGUAGE: has_no_language,
    VetoCode.GENDER_WISH: is_against_a_wish,
    VetoCode.TOO_FAR: is_too_far,
    VetoCode.NO_COMMON_TIME: has_no_common_time,
    VetoCode.BLOCKED: is_blocked,
    VetoCode.OWN_COMMUNITY: is_own_community,
    VetoCode.NO_PLACE_FREE: has_no_place_free,
}


def list_vetoes(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> list[VetoCode]:
    """List every rule that forbids a pair, in the order of `VetoCode`."""
    return [code for code, veto in VETOES.items() if veto(newcomer, volunteer, policy)]


def is_possible(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> bool:
    """Say whether no rule forbids a pair; stops at the first that does."""
    return not any(veto(newcomer, volunteer, policy) for veto in VETOES.values())
