"""What a role asks of volunteers: how many of each, and when it is looked at again."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field

from welcome.buddies.clearances.required import MOST_MONTHS, MOST_REFERENCES
from welcome.buddies.rules.requirements import (
    ClearanceKind,
    Requirement,
    RequirementSet,
)
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.phrases.catalogues import mark
from welcome.web.arranging.numbers import SettingsForm, number

NOTHING = mark("A role has to ask for something. Tick at least one.")
REFERENCE = ClearanceKind.REFERENCE


def _months(label: str) -> Field:
    return number(label, 1, MOST_MONTHS, is_needed=False)


class RequirementForm(SettingsForm):
    """One role."""

    identity = BooleanField(_l("Identity seen"))
    identity_months = _months(_l("See the identity again after (months)"))
    reference = number(_l("References (how many)"), 0, MOST_REFERENCES)
    reference_months = _months(_l("Ask for references again after (months)"))
    interview = BooleanField(_l("Interview"))
    interview_months = _months(_l("Interview again after (months)"))
    training = BooleanField(_l("Training"))
    training_months = _months(_l("Train again after (months)"))
    agreement = BooleanField(_l("Volunteer agreement"))
    agreement_months = _months(_l("Sign the agreement again after (months)"))
    dbs = BooleanField(_l("DBS decision: a level and the reason for it"))
    dbs_months = _months(_l("Decide about DBS again after (months)"))
    none_is_enough = BooleanField(_l("The decision “no check needed” is enough"))

    def show(self, version: int, asked: RequirementSet) -> None:
        """Show what is asked for now."""
        self.version.data = str(version)
        for kind in ClearanceKind:
            one = asked.of(kind)
            self[kind.value].data = one.count if kind is REFERENCE else bool(one.count)
            self[f"{kind.value}_months"].data = one.months
        self.none_is_enough.data = asked.none_is_enough

    def check(self) -> bool:
        """Refuse what asks for nothing at all."""
        if any(self[kind.value].data for kind in ClearanceKind):
            return True
        self.identity.errors = [_l(NOTHING)]
        return False

    def asked(self, role: BuddyRole) -> RequirementSet:
        """Give what is asked for."""
        wanted = tuple(
            Requirement(
                kind, int(self[kind.value].data), self[f"{kind.value}_months"].data
            )
            for kind in ClearanceKind
        )
        return RequirementSet(role, wanted, bool(self.none_is_enough.data))
