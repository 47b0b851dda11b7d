"""The rules of the buddy scheme that can be broken."""

from collections.abc import Sequence

from welcome.errors import NotNow, RuleBroken


class WeightsNotHundred(RuleBroken):
    """The weights of a score do not sum to 100."""

    code = "weights_not_hundred"


class WeightOutOfRange(RuleBroken):
    """A weight is no whole number from 0 to 100."""

    code = "weight_out_of_range"


class TooManyPairs(RuleBroken):
    """More pairs are possible than can be held at once."""

    code = "too_many_pairs"


class BadAddress(RuleBroken):
    """No letter can be sent there."""

    code = "bad_address"


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


class AskedAlready(RuleBroken):
    """The volunteer is being asked about somebody else; one at a time."""

    code = "asked_already"


class NotCleared(RuleBroken):
    """The volunteer is cleared for no role."""

    code = "not_cleared"


class RequestThere(RuleBroken):
    """The newcomer asked already, and that request is not over."""

    code = "request_there"


class NoticeTooShort(RuleBroken):
    """The last day lies behind."""

    code = "notice_too_short"


class NoLanguage(RuleBroken):
    """What was typed is not the name of a language."""

    code = "no_language"


class LanguageTooWide(RuleBroken):
    """A name for languages whose speakers do not understand each other."""

    code = "language_too_wide"


class BadAreas(RuleBroken):
    """A file of areas that cannot be taken in; nothing of it was."""

    code = "bad_areas"

    def __init__(self, why: str, rows: Sequence[str] = ()) -> None:
        super().__init__(why=": ".join((why, ", ".join(rows))) if rows else why)


class SchemeNotOpen(NotNow):
    """No organisation takes anybody in yet."""

    code = "scheme_not_open"


class FormTooOld(RuleBroken):
    """A form that was open too long, or was not made here: answered alike."""

    code = "form_too_old"


class NotAnAdult(RuleBroken):
    """The scheme is for adults, and for families with an adult."""

    code = "not_an_adult"


class NothingSpoken(RuleBroken):
    """Without a language nobody can be found to talk to."""

    code = "nothing_spoken"


class BadHours(RuleBroken):
    """Hours of a day that end before they begin."""

    code = "bad_hours"


class NoWayToReach(RuleBroken):
    """The way somebody wants to be reached needs an address or number."""

    code = "no_way_to_reach"


class BadRequirements(RuleBroken):
    """What a role asks for was set to something that cannot be asked for."""

    code = "bad_requirements"


class ClearanceAhead(RuleBroken):
    """Nobody has seen today what is dated after today."""

    code = "clearance_ahead"


class DbsUnreasoned(RuleBroken):
    """A DBS decision says for which role, at which level, and why."""

    code = "dbs_unreasoned"


class RefereeTaken(RuleBroken):
    """Two referees are two people, and neither is the volunteer."""

    code = "referee_taken"


class RefereeUnreachable(RuleBroken):
    """There is no address to which a reference could be asked for."""

    code = "referee_unreachable"


class NothingSaid(RuleBroken):
    """There is nothing written where something has to be."""

    code = "nothing_said"


class TooLongSaid(RuleBroken):
    """It is longer than can be kept."""

    code = "too_long_said"


class NotDecided(RuleBroken):
    """Nobody closes what nothing was decided on."""

    code = "not_decided"


class StillHeld(RuleBroken):
    """The pair is on hold because of a concern that is not over."""

    code = "still_held"


class NoPairConcerned(RuleBroken):
    """The concern is about no pair, or no volunteer, that could be stopped."""

    code = "no_pair_concerned"


class BadReach(RuleBroken):
    """Nobody goes so near, or so far, to meet somebody."""

    code = "bad_reach"


class RunChanged(RuleBroken):
    """What is kept of a run is not what it was given."""

    code = "run_changed"


class BadClocks(RuleBroken):
    """A period that is unknown, or too short or long to be meant."""

    code = "bad_clocks"


class BadDays(RuleBroken):
    """A number of days that nobody waits, or reminders after the last day."""

    code = "bad_days"


class KeptForLaw(RuleBroken):
    """The record has to stay: somebody said so, for the law."""

    code = "kept_for_law"


class PersonErased(RuleBroken):
    """Nothing is known of this person any more."""

    code = "person_erased"


class SecondLookNeeded(RuleBroken):
    """Who prepared an export may not be the one who looks it through."""

    code = "second_look_needed"


class PairingUnderWay(RuleBroken):
    """Somebody is drafted, asked or paired: that has to end first."""

    code = "pairing_under_way"


class StillOpen(RuleBroken):
    """Somebody or something of an organisation is not over."""

    code = "still_open"


class PairHeld(RuleBroken):
    """A pairing is on hold: the safeguarding lead alone says how it goes on."""

    code = "pair_held"


class PolicyChanged(RuleBroken):
    """Somebody let other settings count meanwhile."""

    code = "policy_changed"


class BadWording(RuleBroken):
    """Words in braces for which no period is known, or too many words."""

    code = "bad_wording"


class PlacesHeld(RuleBroken):
    """Fewer places than pairings hold already."""

    code = "places_held"


class KnownAlready(RuleBroken):
    """Somebody with this address or number is written down here."""

    code = "known_already"


class AgreedAhead(RuleBroken):
    """Nobody has agreed today on a day that is to come."""

    code = "agreed_ahead"


class InterpreterUnnamed(RuleBroken):
    """Whoever spoke for somebody has a name."""

    code = "interpreter_unnamed"


class NoColleague(RuleBroken):
    """They do not coordinate for the organisation it is about."""

    code = "no_colleague"


class CostChanged(RuleBroken):
    """What somebody chose costs something else by now, or cannot be had any more."""

    code = "cost_changed"


class NotShared(RuleBroken):
    """Nothing is shared with this organisation, and whoever asks does not work there."""

    code = "not_shared"


class AskedAhead(RuleBroken):
    """Nobody has asked today on a day that is to come."""

    code = "asked_ahead"
