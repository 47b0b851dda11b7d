"""What counted when, who set it, and what each version changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import locales
from welcome.accounts.access import names
from welcome.buddies import days, policies
from welcome.buddies.clearances import required
from welcome.buddies.clearances.required import NONE_IS_ENOUGH
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.policies import Path
from welcome.buddies.rules.clocks import USUAL_CLOCKS, Clock
from welcome.buddies.rules.requirements import DEFAULTS, ClearanceKind
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.buddies.scheme import Days
from welcome.errors import NotFound
from welcome.web.arranging.days_form import DaysForm
from welcome.web.arranging.desk import desk, overseen
from welcome.web.arranging.notice_form import NoticeForm
from welcome.web.database import db
from welcome.web.words import word

KINDS = (
    PolicyKind.NOTICES,
    PolicyKind.CLEARANCES,
    PolicyKind.RETENTION,
    PolicyKind.DAYS,
)
# What counted before the first version.
USUAL: Mapping[PolicyKind, Mapping[str, Any]] = {
    PolicyKind.NOTICES: {},
    PolicyKind.CLEARANCES: required.write_settings(DEFAULTS),
    PolicyKind.RETENTION: USUAL_CLOCKS.settings(),
    PolicyKind.DAYS: days.settings_of(Days()),
}
KNOWN = ", ".join(KINDS)


@desk.get(f"/versions/<any({KNOWN}):kind>/<int:version>/")
@overseen
def show_version(kind: str, version: int) -> ResponseReturnValue:
    """Show what one version changed."""
    of = PolicyKind(kind)
    found = policies.find_version(db(), of, version)
    if found is None:
        raise NotFound
    before = policies.find_version(db(), of, version - 1)
    had = before.settings if before else USUAL[of]
    changes = policies.compare(had, found.settings)
    return render_template(
        "arranging/version.html",
        kind=of,
        version=found,
        by=_names([found]).get(found.made_by_id or 0, "–"),
        changes=[(_label(of, each.path), each) for each in changes],
    )


def listed(kind: PolicyKind) -> list[tuple[PolicyVersion, str]]:
    """List the versions of a kind, the newest first, each with who made it."""
    found = policies.list_versions(db(), kind)
    known = _names(found)
    return [(each, known.get(each.made_by_id or 0, "–")) for each in found]


def _names(versions: Sequence[PolicyVersion]) -> dict[int, str]:
    return names(db(), [each.made_by_id for each in versions if each.made_by_id])


def _label(kind: PolicyKind, path: Path) -> str:
    """Say which setting stands there."""
    if kind is PolicyKind.NOTICES:
        form = NoticeForm()
        label = str(form[path[-1]].label.text)
        return f"{locales.get(path[1]).autonym}: {label}" if len(path) > 1 else label
    if kind is PolicyKind.CLEARANCES:
        return " · ".join([word(BuddyRole(path[0])), *map(_asked, path[1:])])
    if kind is PolicyKind.DAYS:
        return str(DaysForm()[path[0]].label.text)
    return word(Clock(path[0]))


def _asked(name: str) -> str:
    """Say which part of a requirement stands there."""
    if name in set(ClearanceKind):
        return word(ClearanceKind(name))
    labels: dict[str, str] = {
        "count": _("how many"),
        "months": _("months"),
        NONE_IS_ENOUGH: _("“no check needed” is enough"),
    }
    return labels[name]
