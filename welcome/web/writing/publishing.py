"""Publishing: what readers would get, starting it, watching it, taking it back."""

from collections.abc import Collection, Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts import access as accounts
from welcome.accounts import journal
from welcome.accounts.permissions import Permission, tags_with
from welcome.editions import current, losing, moves, planning, problems
from welcome.editions.addresses import Addresses
from welcome.editions.planning import LocalePlan
from welcome.errors import NotAllowed, NotFound
from welcome.jobs import access as jobs
from welcome.jobs import printing, queue
from welcome.jobs.models import JobState
from welcome.packs import about, access
from welcome.packs.models import Pack
from welcome.phrases import codes
from welcome.web.allowed import allowed, current_account, current_grants
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.words import language_name, word
from welcome.web.writing.desk import desk

KIND = "publish"


@desk.get("/<slug>/publishing/")
@allowed(Permission.PUBLISH)
def publishing(slug: str) -> ResponseReturnValue:
    """Show what would be published in each locale, what is missing, and why."""
    pack = access.get_pack(db(), slug)
    asked = request.args.getlist("tags")
    return _publishing_page(pack, asked or None)


@desk.post("/<slug>/publishing/")
@allowed(Permission.PUBLISH)
def start_publishing(slug: str) -> ResponseReturnValue:
    """Write the job that publishes the chosen locales, and lead to its progress."""
    pack = access.get_pack(db(), slug)
    chosen = [tag for tag in _tags(pack) if tag in request.form.getlist("tags")]
    if not chosen:
        flash_problem(_("Choose at least one language to publish."))
        return _publishing_page(pack, ()), 422
    _refuse_strangers(pack, chosen)
    actor, now = current_account(), clock.now()
    job = queue.enqueue(
        db(),
        KIND,
        unique_key=f"{KIND}:{slug}:{','.join(chosen)}",
        asked_by=actor,
        now=now,
        pack=slug,
        tags=chosen,
        actor_id=actor.id,
    )
    asked = {"tags": chosen, "job": job.id}
    journal.write(
        db(), "publishing.asked", "pack", pack.id, actor=actor, now=now, **asked
    )
    db().commit()
    return redirect(url_for("writing.progress", slug=slug, job_id=job.id))


@desk.get("/<slug>/publishing/jobs/<int:job_id>/")
@allowed(Permission.PUBLISH)
def progress(slug: str, job_id: int) -> ResponseReturnValue:
    """Show how far publishing is; asked for again until it has ended."""
    pack = access.get_pack(db(), slug)
    job = jobs.get_job(db(), job_id)
    if job.kind != KIND or job.args.get("pack") != slug:
        raise NotFound
    is_part = request.headers.get("HX-Request")
    template = "writing/_progress.html" if is_part else "writing/progress.html"
    is_done = job.state is JobState.DONE
    return render_template(
        template,
        pack=pack,
        job=job,
        addresses=_addresses(pack),
        current=current.current_by_tag(db(), pack) if is_done else {},
    )


@desk.get("/<slug>/editions/<tag>/")
@allowed(Permission.PUBLISH, tag_arg="tag")
def editions(slug: str, tag: str) -> ResponseReturnValue:
    """List a locale's editions, with the ways back."""
    pack = _with_locale(slug, tag)
    listed = current.list_editions(db(), pack, tag)
    now = current.find_current(db(), pack, tag)
    publishers = [each.publisher_id for each in listed if each.publisher_id]
    return render_template(
        "writing/editions.html",
        pack=pack,
        tag=tag,
        editions=listed,
        names=accounts.names(db(), publishers),
        addresses=_addresses(pack),
        unprinted=printing.find_problem(db(), now) if now else "",
        together=planning.companions(pack, tag),
    )


@desk.post("/<slug>/editions/<tag>/print-again/")
@allowed(Permission.PUBLISH, tag_arg="tag")
def print_again(slug: str, tag: str) -> ResponseReturnValue:
    """Have the edition that readers have printed once more."""
    pack = _with_locale(slug, tag)
    edition = current.find_current(db(), pack, tag)
    if edition is None:
        raise NotFound
    printing.print_again(db(), edition, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(
        _("The print of edition %(number)s is being made.", number=edition.number)
    )
    return redirect(url_for("writing.editions", slug=slug, tag=tag))


@desk.post("/<slug>/editions/<tag>/roll-back/")
@allowed(Permission.PUBLISH, tag_arg="tag")
def roll_back(slug: str, tag: str) -> ResponseReturnValue:
    """Give readers the edition before."""
    pack = _with_locale(slug, tag)
    _refuse_strangers(pack, [tag])
    back = moves.roll_back(db(), pack, tag, actor=current_account(), now=clock.now())
    db().commit()
    for edition in back:
        flash_done(
            _(
                "Readers of %(language)s have edition %(number)s again.",
                language=language_name(edition.tag),
                number=edition.number,
            )
        )
    return redirect(url_for("writing.editions", slug=slug, tag=tag))


@desk.post("/<slug>/editions/<tag>/withdraw/")
@allowed(Permission.PUBLISH, tag_arg="tag")
def withdraw(slug: str, tag: str) -> ResponseReturnValue:
    """Take the locale's edition from readers."""
    pack = _with_locale(slug, tag)
    _refuse_strangers(pack, [tag])
    gone = moves.withdraw(db(), pack, tag, actor=current_account(), now=clock.now())
    db().commit()
    for edition in gone:
        flash_done(
            _(
                "Edition %(number)s in %(language)s is withdrawn.",
                number=edition.number,
                language=language_name(edition.tag),
            )
        )
    return redirect(url_for("writing.editions", slug=slug, tag=tag))


def said(kept: str) -> list[str]:
    """Say a kept problem in sentences; none where it is no code of ours."""
    problem = problems.find(kept)
    if problem is None:
        return []
    named = {"": problem, **problems.parts(problem)}
    return [
        f"{language_name(tag)}: {sentence}" if tag else sentence
        for tag, each in named.items()
        if each.code in codes.PHRASES and (sentence := word(each.code, **each.params))
    ]


desk.add_app_template_global(said, "said")


def _publishing_page(pack: Pack, ticked: Collection[str] | None) -> str:
    """Show the plans; without a choice those are ticked by which no reader loses."""
    tags = _tags(pack)
    plans = [each for each in planning.survey(db(), pack, tags) if each.tag in tags]
    standing = current.current_by_tag(db(), pack)
    lost = losing.list_lost(plans)
    untranslated = {p.tag for p in plans if losing.is_nothing_translated(p)}
    if ticked is None:
        ticked = _list_gains(plans, {tag for tag in lost if lost[tag]} | untranslated)
    heads = ((each.page, each.version) for plan in plans[:1] for each in plan.pages)
    return render_template(
        "writing/publishing.html",
        pack=pack,
        plans=plans,
        lost=lost,
        untranslated=untranslated,
        ticked=ticked,
        missing=about.list_missing(pack, heads) if plans else [],
        current=standing,
        unprinted=printing.find_problems(db(), list(standing.values())),
    )


def _list_gains(plans: Sequence[LocalePlan], losing_tags: set[str]) -> list[str]:
    """List what brings readers something new, and takes nothing from any of them."""
    return [
        plan.tag
        for plan in plans
        if (plan.current is None or plan.changed)
        and losing_tags.isdisjoint(plan.together)
    ]


def _tags(pack: Pack) -> list[str]:
    return tags_with(current_grants(), Permission.PUBLISH, pack.locales)


def _refuse_strangers(pack: Pack, tags: Sequence[str]) -> None:
    """Raise NotAllowed where locales appear together with one that is not ours."""
    for tag in planning.widen(pack, tags):
        if tag not in _tags(pack):
            raise NotAllowed(permission=Permission.PUBLISH.value, tag=tag)


def _with_locale(slug: str, tag: str) -> Pack:
    pack = access.get_pack(db(), slug)
    if tag not in pack.locales:
        raise NotFound
    return pack


def _addresses(pack: Pack) -> Addresses:
    return Addresses("", pack.slug, pack.is_default)
