"""Machine drafts of a pack: asking for them, watching them come, stopping that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from welcome import clock
from welcome.accounts.permissions import Permission, tags_with
from welcome.config import Settings
from welcome.errors import NotAllowed, NotFound
from welcome.jobs import access as jobs
from welcome.jobs import drafting, running
from welcome.jobs.models import Job
from welcome.jobs.queue import LIVE_STATES
from welcome.packs import access
from welcome.packs.models import Pack
from welcome.translation import progress
from welcome.translation.drafting_by_machine import Order, count_offered
from welcome.translation.errors import EngineAway, EngineFailed
from welcome.translation.machine.engine import Engine
from welcome.translation.machine.engines import list_offered
from welcome.web.allowed import allowed, current_account, current_grants
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.translating.desk import desk
from welcome.web.words import word


@dataclass(frozen=True)
class Row:
    """A locale: what it lacks, what is offered there, and the way an engine takes."""

    tag: str
    missing: int
    offered: int
    route: tuple[str, ...] | None

    @property
    def can_be_drafted(self) -> bool:
        """Tell whether there is a way, and a text nobody has translated."""
        return self.route is not None and self.missing > 0

    @property
    def is_useful(self) -> bool:
        """Tell whether the engine has something to do, and can."""
        return self.can_be_drafted and self.missing > self.offered


@dataclass(frozen=True)
class Asked:
    """A job: how long it takes still, and whether one may stop it."""

    job: Job
    rest: timedelta | None
    may_stop: bool

    @property
    def is_live(self) -> bool:
        """Tell whether it is still to be done."""
        return self.job.state in LIVE_STATES


@desk.get("/<slug>/drafts/")
@allowed(Permission.TRANSLATE)
def drafts(slug: str) -> ResponseReturnValue:
    """Show what an engine could draft, and how far it is with what was asked last."""
    return _page(access.get_pack(db(), slug))


@desk.post("/<slug>/drafts/")
@allowed(Permission.TRANSLATE)
def ask_for_drafts(slug: str) -> ResponseReturnValue:
    """Write the job that drafts the chosen locales."""
    pack = access.get_pack(db(), slug)
    engine = _engine(request.form.get("engine", ""))
    chosen = [tag for tag in _tags(pack) if tag in request.form.getlist("tags")]
    if engine is None or not chosen:
        flash_problem(_("Choose at least one language to draft."))
        return _page(pack), 422
    order = Order(slug, chosen, engine.name, anew="anew" in request.form)
    drafting.ask(db(), order, engine, actor=current_account(), now=clock.now())
    db().commit()
    return redirect(url_for("translating.drafts", slug=slug, engine=engine.name))


@desk.get("/<slug>/drafts/progress/")
@allowed(Permission.TRANSLATE)
def progress_of_drafts(slug: str) -> ResponseReturnValue:
    """Show how far the jobs are; asked for again until all have ended."""
    known = _progress(access.get_pack(db(), slug))
    if not known["asked"]:
        raise NotFound
    return render_template("translating/_drafting.html", **known)


@desk.post("/<slug>/drafts/<int:job_id>/stop/")
@allowed(Permission.TRANSLATE)
def stop_drafts(slug: str, job_id: int) -> ResponseReturnValue:
    """Stop drafting; what is drafted stays."""
    pack, job = access.get_pack(db(), slug), jobs.get_job(db(), job_id)
    if not drafting.is_of(job, pack):
        raise NotFound
    if set(job.args["tags"]) - set(_tags(pack)):
        raise NotAllowed(permission=Permission.TRANSLATE.value)
    if running.cancel(db(), job, actor=current_account(), now=clock.now()):
        db().commit()
        flash_done(_("Drafting stops. What was drafted is kept and offered."))
    else:
        flash_problem(_("Nothing was changed: the job is over already."))
    return redirect(url_for("translating.drafts", slug=slug))


def _page(pack: Pack) -> str:
    asked = request.values.get("engine", "")
    engines = list_offered(_settings())
    engine = _engine(asked) or next(iter(engines), None)
    return render_template(
        "translating/drafts.html",
        engines=engines,
        engine=engine,
        rows=_find_rows(pack, engine) if engine else [],
        ticked=request.form.getlist("tags") if request.method == "POST" else None,
        **_progress(pack),
    )


def _progress(pack: Pack) -> Mapping[str, object]:
    now = clock.now()
    asked = [
        Asked(job, drafting.find_rest(job, now), _is_mine(pack, job))
        for job in drafting.list_asked(db(), pack)
    ]
    return {
        "pack": pack,
        "asked": asked,
        "is_live": any(each.is_live for each in asked),
        "offered": count_offered(db(), pack),
    }


def _find_rows(pack: Pack, engine: Engine) -> list[Row]:
    """List the locales; none, and why, where an engine elsewhere does not answer."""
    try:
        return _rows(db(), pack, engine)
    except (EngineAway, EngineFailed) as problem:
        flash_problem(word(problem.code, **problem.params))
        return []


def _rows(session: Session, pack: Pack, engine: Engine) -> list[Row]:
    counted, offered = progress.matrix(session, pack), count_offered(session, pack)
    return [
        Row(
            tag=tag,
            missing=counted.total_of(tag).missing,
            offered=offered[tag],
            route=engine.find_route(pack.source_tag, tag),
        )
        for tag in _tags(pack)
    ]


def _is_mine(pack: Pack, job: Job) -> bool:
    return set(job.args["tags"]) <= set(_tags(pack))


def _tags(pack: Pack) -> list[str]:
    """List the locales that one may translate into."""
    tags = (tag for tag in pack.locales if tag != pack.source_tag)
    return tags_with(current_grants(), Permission.TRANSLATE, tags)


def _engine(name: str) -> Engine | None:
    offered = list_offered(_settings())
    return next((engine for engine in offered if engine.name == name), None)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["welcome.settings"]
    return settings
