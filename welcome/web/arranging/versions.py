"""What counted when, who set it, and what each version changed."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome import locales
from welcome.accounts.access import names
from welcome.buddies import policies
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.policies import Path
from welcome.errors import NotFound
from welcome.web.arranging.desk import desk, overseen
from welcome.web.arranging.notice_form import NoticeForm
from welcome.web.database import db

KINDS = (PolicyKind.NOTICES, PolicyKind.CLEARANCES, PolicyKind.RETENTION)
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
    changes = policies.compare(before.settings if before else {}, found.settings)
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
    return " · ".join(path)
