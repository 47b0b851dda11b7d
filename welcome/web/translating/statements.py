"""Accepting on an agency's written word that two linguists worked on a text."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.errors import RuleBroken
from welcome.packs import access, versions
from welcome.packs.models import Pack
from welcome.translation import progress, review
from welcome.translation.errors import ChangedMeanwhile
from welcome.translation.models import Origin, Target
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.translating import pairs
from welcome.web.translating.desk import desk, get_pack
from welcome.web.translating.forms import StatementForm
from welcome.web.translating.pairs import Pair
from welcome.web.words import word

TYPED = ("agency", "reference", "revised_on")


@desk.get("/<slug>/<tag>/statement/")
@allowed(Permission.ACCEPT_ON_STATEMENT, tag_arg="tag")
def statement(slug: str, tag: str) -> ResponseReturnValue:
    """Show what a statement could speak for."""
    return _statement_page(get_pack(slug, tag), tag, StatementForm())


@desk.post("/<slug>/<tag>/statement/")
@allowed(Permission.ACCEPT_ON_STATEMENT, tag_arg="tag")
def accept_statement(slug: str, tag: str) -> ResponseReturnValue:
    """Accept the chosen targets on the statement; all or none."""
    pack = get_pack(slug, tag)
    form = StatementForm()
    if not form.validate():
        return _statement_page(pack, tag, form), 422
    try:
        chosen = _chosen(list_waiting(pack, tag))
        if not chosen:
            form.form_errors.append(_("Tick what the statement speaks for."))
            return _statement_page(pack, tag, form), 422
        review.accept_on_statement(
            db(), chosen, form.draft(), actor=current_account(), now=clock.now()
        )
    except RuleBroken as refused:
        db().rollback()
        form.form_errors.append(word(refused.code, **refused.params))
        return _statement_page(get_pack(slug, tag), tag, form), 409
    db().commit()
    _tell_accepted(len(chosen))
    return redirect(url_for("translating.queue", slug=slug, tag=tag))


def list_waiting(pack: Pack, tag: str) -> list[Pair]:
    """List what is handed in, over all pages in use."""
    queued = progress.queue(db(), pack, tag)
    heads = [each.version.id for each in queued if each.counts.submitted]
    units = versions.units_of(db(), heads)
    placed = [each for head in heads for each in units.get(head, [])]
    return pairs.list_submitted(db(), placed, tag, reader=current_account())


def _tell_accepted(number: int) -> None:
    flash_done(
        ngettext(
            "%(num)s unit is accepted on the agency’s statement.",
            "%(num)s units are accepted on the agency’s statement.",
            number,
        )
    )


def _chosen(waiting: list[Pair]) -> list[Target]:
    """Read what was ticked; raises ChangedMeanwhile where a text is another now."""
    known = {pair.target.id: pair.target for pair in waiting}
    chosen = []
    for each in request.form.getlist("targets"):
        target_id, revision = pairs.read_seen(each)
        if target_id not in known:
            raise ChangedMeanwhile
        if known[target_id].revision != revision:
            raise ChangedMeanwhile(revision=known[target_id].revision)
        chosen.append(known[target_id])
    return chosen


def page_names(pack: Pack) -> dict[int, str]:
    """List the names of a pack's pages by their ids."""
    return {page.id: page.name for page, _version in access.list_heads(db(), pack)}


def has_second_reader(waiting: list[Pair]) -> bool:
    """Tell whether somebody here must read any of these themselves."""
    written = {(pair.target.tag, pair.target.author_id) for pair in waiting}
    return any(review.has_second_reader(db(), tag, author) for tag, author in written)


def _statement_page(pack: Pack, tag: str, form: StatementForm) -> str:
    waiting = list_waiting(pack, tag)
    ticked = {value.partition(":")[0] for value in request.form.getlist("targets")}
    # What came back from outside is what an agency can answer for.
    ticked = ticked or {
        str(pair.target.id) for pair in waiting if pair.target.origin is Origin.IMPORT
    }
    return render_template(
        "translating/statement.html",
        pack=pack,
        tag=tag,
        form=form,
        waiting=waiting,
        ticked=ticked,
        names=page_names(pack),
        second_reader=has_second_reader(waiting),
        typed=[text for name in TYPED if (text := request.form.get(name, ""))],
    )
