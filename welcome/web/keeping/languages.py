"""The locales of the default pack: who works on them and what a machine can do."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome import locales
from welcome.accounts.permissions import Permission, count_accounts_with
from welcome.locales import Locale
from welcome.packs.access import find_default_pack
from welcome.packs.models import Pack
from welcome.web.allowed import allowed
from welcome.web.database import db
from welcome.web.keeping.desk import desk


@dataclass(frozen=True)
class Row:
    """A locale, whether the pack appears in it, and how many people may work on it."""

    locale: Locale
    enabled: bool
    is_source: bool
    translators: int
    reviewers: int

    @property
    def has_second_reader(self) -> bool:
        """Say whether one may translate and another, who may too, check."""
        return self.is_source or (self.reviewers > 0 and self.translators > 1)


@desk.get("/locales/")
@allowed(Permission.KEEP)
def list_locales() -> ResponseReturnValue:
    """List the locales, those of the pack first."""
    pack = find_default_pack(db())
    rows = _rows(pack) if pack else []
    return render_template("keeping/locales.html", pack=pack, rows=rows)


def _rows(pack: Pack) -> list[Row]:
    tags = [locale.tag for locale in locales.every()]
    translators = count_accounts_with(db(), Permission.TRANSLATE, tags)
    reviewers = count_accounts_with(db(), Permission.REVIEW, tags)
    enabled = set(pack.locales)
    rows = [
        Row(
            locale=locale,
            enabled=locale.tag in enabled,
            is_source=locale.tag == pack.source_tag,
            translators=translators[locale.tag],
            reviewers=reviewers[locale.tag],
        )
        for locale in locales.every()
    ]
    return sorted(rows, key=lambda row: (not row.enabled, row.locale.sort_key))
