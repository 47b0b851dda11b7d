"""The rules of the buddy scheme that can be broken."""

from welcome.errors import RuleBroken


class BadAddress(RuleBroken):
    """No letter can be sent there."""

    code = "bad_address"


class InterpreterUnnamed(RuleBroken):
    """Whoever spoke for somebody has a name."""

    code = "interpreter_unnamed"


class BadPhone(RuleBroken):
    """Nobody can be called there."""

    code = "bad_phone"


class MoveRefused(RuleBroken):
    """It does not stand where this could be done; somebody may have been faster."""

    code = "move_refused"


class LinkOver(RuleBroken):
    """A link or code that was used, is too old, or never was one: answered alike."""

    code = "link_over"


class NoPlaceFree(RuleBroken):
    """The volunteer has no free place."""

    code = "no_place_free"


class SeatTaken(RuleBroken):
    """Somebody is drafted, asked or paired for this place of the request already."""

    code = "seat_taken"


class NotPossible(RuleBroken):
    """A rule forbids to bring the two together now."""

    code = "not_possible"


class PerhapsNamed(NotPossible):
    """The volunteer may be one of those who must never know of the newcomer."""

    code = "perhaps_named"


class AskedAlready(RuleBroken):
    """The volunteer is being asked about somebody else; one at a time."""

    code = "asked_already"


class NotCleared(RuleBroken):
    """The volunteer is cleared for no role."""

    code = "not_cleared"


class NoticeTooShort(RuleBroken):
    """The last day lies behind."""

    code = "notice_too_short"


class SoonerThanUsual(RuleBroken):
    """The last day leaves fewer days than the scheme gives, and nobody said it must."""

    code = "sooner_than_usual"


class FormTooOld(RuleBroken):
    """A form that was open too long, or was not made here: answered alike."""

    code = "form_too_old"


class BadHours(RuleBroken):
    """Hours of a day that end before they begin."""

    code = "bad_hours"


class NoWayToReach(RuleBroken):
    """The way somebody wants to be reached needs an address or number."""

    code = "no_way_to_reach"


class NoReferrer(RuleBroken):
    """Nobody can be reached through a referrer who has none."""

    code = "no_referrer"


class NothingSaid(RuleBroken):
    """There is nothing written where something has to be."""

    code = "nothing_said"


class TooLongSaid(RuleBroken):
    """It is longer than can be kept."""

    code = "too_long_said"


class BadReach(RuleBroken):
    """Nobody goes so near, or so far, to meet somebody."""

    code = "bad_reach"


class RunChanged(RuleBroken):
    """What is kept of a run is not what it was given."""

    code = "run_changed"


class BadDays(RuleBroken):
    """A number of days that nobody waits, or reminders after the last day."""

    code = "bad_days"


class PersonErased(RuleBroken):
    """Nothing is known of this person any more."""

    code = "person_erased"


class PairHeld(RuleBroken):
    """A pairing is on hold: the safeguarding lead alone says how it goes on."""

    code = "pair_held"


class PolicyChanged(RuleBroken):
    """Somebody let other settings count meanwhile."""

    code = "policy_changed"


class NoColleague(RuleBroken):
    """They do not coordinate for the organisation it is about."""

    code = "no_colleague"


class CostChanged(RuleBroken):
    """What somebody chose costs something else by now, or cannot be had any more."""

    code = "cost_changed"


class StillPaired(RuleBroken):
    """The two agreed to meet: what they have ends first."""

    code = "still_paired"
