"""Whether the scheme serves everybody alike, group by group."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome.accounts.permissions import Permission
from welcome.buddies.explaining.fairness import Dimension, Figures, Table, find_gap
from welcome.buddies.overseeing import comparing
from welcome.buddies.rules import languages
from welcome.buddies.rules.vocabulary import WishGroup
from welcome.web.allowed import allowed
from welcome.web.coordinating.desk import moment
from welcome.web.database import db
from welcome.web.overseeing.desk import desk, overseen
from welcome.web.words import interface_tag, word


@dataclass(frozen=True)
class Groups:
    """The groups of one comparison by name, most people first; some without figures."""

    shown: list[tuple[str, Figures]]
    hidden: list[str]
    sentence: str


@desk.get("/fairness/")
@allowed(Permission.OVERSEE)
def compare_groups() -> ResponseReturnValue:
    """Show who has a buddy and who waits, by language, area, wish and English."""
    ledger = comparing.compare_those_who_asked(db(), overseen(), moment())
    return render_template(
        "overseeing/fairness.html",
        everybody=ledger.everybody,
        tables={
            dimension: _groups(dimension, table)
            for dimension, table in ledger.tables.items()
        },
    )


def _groups(dimension: Dimension, table: Table) -> Groups:
    names = {group: _name(dimension, group) for group in table}
    shown = [(names[group], each) for group, each in table.items() if each]
    hidden = [names[group] for group, each in table.items() if not each]
    return Groups(
        sorted(shown, key=lambda each: (-each[1].people, each[0].casefold())),
        sorted(hidden, key=str.casefold),
        _sentence(dimension, table),
    )


def _name(dimension: Dimension, group: str) -> str:
    if not group:
        return str(_("Not told"))
    if dimension is Dimension.LANGUAGE:
        spoken = group.split("+")
        return " + ".join(languages.name_of(each, interface_tag()) for each in spoken)
    if dimension is Dimension.GENDER_WISH:
        return word(WishGroup(group))
    if dimension is Dimension.ENGLISH:
        return str(_("Speaks English") if group == "yes" else _("Speaks no English"))
    return group


def _sentence(dimension: Dimension, table: Table) -> str:
    """Say in words which group has a buddy least often, and which most often."""
    gap = find_gap(table)
    if gap is None:
        return str(_("No difference can be told between the groups that are shown."))
    least, most = gap
    low, high = table[least], table[most]
    told = _(
        "Least often “%(least)s”: %(low)s of 100 have a buddy. Most often “%(most)s”:"
        " %(high)s of 100.",
        least=_name(dimension, least),
        low=low.paired_percent if low else 0,
        most=_name(dimension, most),
        high=high.paired_percent if high else 0,
    )
    return str(told)
