"""The fact register: what each value is, who answers for it, where it is used."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.packs import access, facts
from welcome.packs.errors import BadFact, FactConflict, NameTaken
from welcome.packs.models import Fact, FactKind, Pack, Page, Version
from welcome.packs.place import today_in
from welcome.segmentation import facts_in
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.words import word
from welcome.web.writing import merging
from welcome.web.writing.desk import desk
from welcome.web.writing.forms import FactForm, NewFactForm, fact_form_for
from welcome.web.writing.merging import Both


@dataclass(frozen=True)
class Listed:
    """A fact in the register's list."""

    fact: Fact
    is_due: bool
    used: int

    @property
    def needs_care(self) -> bool:
        """Tell whether its value, or a language's own, should be looked at again."""
        return self.is_due or bool(self.fact.stale)


@desk.get("/<slug>/facts/")
@allowed(Permission.WRITE)
def list_facts(slug: str) -> ResponseReturnValue:
    """List the facts, those whose check-by date has passed first."""
    pack = access.get_pack(db(), slug)
    uses, day = _uses(pack), today_in(pack.place, clock.now())
    listed = [
        Listed(fact, facts.is_due(fact, day), len(uses[fact.name]))
        for fact in facts.list_facts(db(), pack)
    ]
    listed.sort(key=lambda each: (not each.needs_care, each.fact.name))
    return render_template("writing/facts.html", pack=pack, listed=listed)


@desk.get("/<slug>/facts/<name>/")
@allowed(Permission.WRITE)
def edit_fact(slug: str, name: str) -> ResponseReturnValue:
    """Show a fact with where it is used."""
    pack = access.get_pack(db(), slug)
    fact = facts.get_fact(db(), pack, name)
    local = {f"value_{tag}": value for tag, value in fact.values.items()}
    form = fact_form_for(pack, fact.kind)(obj=fact, **local)
    form.begin()
    return _fact_page(pack, fact, form)


@desk.post("/<slug>/facts/<name>/")
@allowed(Permission.WRITE)
def save_fact(slug: str, name: str) -> ResponseReturnValue:
    """Change a fact everywhere at once."""
    pack = access.get_pack(db(), slug)
    fact = facts.get_fact(db(), pack, name)
    form = fact_form_for(pack, fact.kind)()
    if not form.validate():
        return _fact_page(pack, fact, form), 422
    try:
        _change(fact, form)
    except BadFact as bad:
        _say_bad(form, fact.kind, bad)
        return _fact_page(pack, fact, form), 422
    except FactConflict:
        return _conflict(pack, fact, form), 409
    db().commit()
    flash_done(_("“%(name)s” now says %(value)s.", name=name, value=fact.value))
    if fact.stale:
        flash_problem(
            ngettext(
                "%(num)s language has a value of its own that is older. Its readers see"
                " the new one until somebody writes it anew.",
                "%(num)s languages have values of their own that are older. Their readers"
                " see the new one until somebody writes them anew.",
                len(fact.stale),
            )
        )
    return redirect(url_for("writing.list_facts", slug=slug))


@desk.get("/<slug>/facts/new/")
@allowed(Permission.WRITE)
def new_fact(slug: str) -> ResponseReturnValue:
    """Show an empty fact, or one with what was found in a text."""
    begun = {name: request.args.get(name, "") for name in ("kind", "value")}
    return _fact_page(access.get_pack(db(), slug), None, NewFactForm(**begun))


@desk.post("/<slug>/facts/new/")
@allowed(Permission.WRITE)
def add_fact(slug: str) -> ResponseReturnValue:
    """Add a fact to the register."""
    pack = access.get_pack(db(), slug)
    form = NewFactForm()
    if not form.validate():
        return _fact_page(pack, None, form), 422
    kind = FactKind(form.kind.data)
    fact = Fact(name=form.name.data, pack_id=pack.id, kind=kind, value="")
    fact.sqlmodel_update(form.changes())
    try:
        facts.add_fact(db(), pack, fact, actor=current_account(), now=clock.now())
    except (BadFact, NameTaken) as refused:
        if isinstance(refused, BadFact):
            _say_bad(form, kind, refused)
        else:
            form.name.errors = [word(refused.code, **refused.params)]
        return _fact_page(pack, None, form), 422
    db().commit()
    flash_done(_("“%(name)s” is in the register.", name=fact.name))
    return redirect(url_for("writing.list_facts", slug=slug))


def _change(fact: Fact, form: FactForm) -> None:
    """Change what was typed, then confirm what was ticked and is still as it was."""
    actor, now = current_account(), clock.now()
    facts.change_fact(
        db(), fact, form.changes(), revision=form.seen(), actor=actor, now=now
    )
    ticked = set(request.form.getlist("confirmed")) & set(fact.stale)
    if ticked:
        facts.confirm_values(
            db(), fact, ticked, revision=fact.revision, actor=actor, now=now
        )


def _say_bad(form: FactForm, kind: FactKind, bad: BadFact) -> None:
    """Say beside the field what its value should have been."""
    rules = {
        FactKind.PHONE: _("Write a phone number: digits, with blanks or a + in front."),
        FactKind.MONEY: _("Write an amount of money, like £25."),
        FactKind.URL: _("Write a web address that begins with https://."),
        FactKind.EMAIL: _("Write an e-mail address, like name@example.org."),
        FactKind.DATE: _("Write a date with its day and year in digits."),
    }
    other = _("Write one line of at most 400 letters, without invisible characters.")
    said = word(bad.code, **bad.params)
    values = [form.source, form.value, *form.local_values()]
    wrong = [each for each in values if each.data == bad.params.get("value")]
    field = wrong[-1] if wrong else form.value
    if type(bad) is BadFact:
        said = other if field is form.source else rules.get(kind, other)
    field.errors = [said]


def _conflict(pack: Pack, fact: Fact, form: FactForm) -> str:
    """Show both values of every field that differs; take what only the other changed."""
    local = {f"value_{tag}": value for tag, value in fact.values.items()}
    theirs = type(form)(formdata=None, obj=fact, **local)
    differing = merging.bring_together(form.before(), theirs.typed(), form.typed())
    form.take({name: str(value) for name, value in merging.taken(differing).items()})
    form.revision.data = str(fact.revision)
    form.began_with.data = json.dumps(theirs.typed())
    return _fact_page(pack, fact, form, differing=differing)


def _fact_page(
    pack: Pack,
    fact: Fact | None,
    form: FactForm,
    *,
    differing: Sequence[Both] = (),
) -> str:
    return render_template(
        "writing/fact.html",
        pack=pack,
        fact=fact,
        form=form,
        differing=differing,
        used_in=_uses(pack)[fact.name] if fact else [],
    )


def _uses(pack: Pack) -> dict[str, list[tuple[Page, Version]]]:
    """List the pages in use by the names of the facts that stand in them."""
    uses: dict[str, list[tuple[Page, Version]]] = defaultdict(list)
    for page, version in access.list_heads(db(), pack):
        text = f"{version.title} {version.summary}\n{version.body}"
        for name in set(facts_in(text)):
            uses[name].append((page, version))
    return uses
