"""Who stands behind a page's words, and since when: pure."""

from collections.abc import Iterable
from datetime import date, tzinfo
from typing import NamedTuple

from welcome.accounts.models import Account
from welcome.editions.material import Material, TargetText
from welcome.editions.models import Standing
from welcome.packs.models import Version


class Checked(NamedTuple):
    """What a stamp names; an empty name stands for the role's own word."""

    by: str = ""
    on: date | None = None


def public_name(account: Account | None) -> str:
    """Name an organisation, and a person only where they chose to be named."""
    if account is None:
        return ""
    names = [account.name] if account.shows_name else []
    return ", ".join(filter(None, [*names, account.organisation]))


def checked(
    material: Material,
    version: Version,
    texts: Iterable[TargetText],
    standing: Standing,
    zone: tzinfo,
) -> Checked:
    """Say who checked a page, and when, as its standing allows."""
    if standing is Standing.SOURCE:
        author = material.accounts.get(version.author_id or 0)
        written_by = public_name(author) or material.pack.place.get("organisation", "")
        return Checked(str(written_by), version.created_at.astimezone(zone).date())
    if standing is Standing.REVIEWED:
        return _reviewed(material, texts, zone)
    if standing is Standing.AGENCY:
        days = [material.revised_on.get(text.statement_id or 0) for text in texts]
        return Checked("", max(filter(None, days), default=None))
    return Checked()


def _reviewed(material: Material, texts: Iterable[TargetText], zone: tzinfo) -> Checked:
    newest_first = sorted(
        (
            (text.reviewed_at, text.reviewer_id or 0)
            for text in texts
            if text.reviewed_at
        ),
        reverse=True,
    )
    names = [public_name(material.accounts.get(who)) for _, who in newest_first]
    moment = newest_first[0][0] if newest_first else None
    return Checked(
        "; ".join(dict.fromkeys(filter(None, names)))[:200],
        moment.astimezone(zone).date() if moment else None,
    )
