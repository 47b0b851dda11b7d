"""Machine drafts of a pack: kept as they come, so that no text is drafted twice."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.database import Sessions, reading
from welcome.errors import RuleBroken
from welcome.packs.access import get_pack, select_heads
from welcome.packs.models import Pack, Placement, Unit
from welcome.packs.place import region_of
from welcome.packs.versions import PlacedUnit, units_of_heads
from welcome.segmentation import normalise
from welcome.translation.drafting import refuse_not_offered, suggestions
from welcome.translation.errors import EngineFailed, NotDrafted
from welcome.translation.machine.drafts import Chunks, Made, Task
from welcome.translation.models import MachineDraft, Origin, Target
from welcome.translation.targets import clean, targets_of

# From this score on, what people wrote for a similar text is the better start.
GOOD_ENOUGH = 85

Drafter = Callable[[Task], Chunks]
OnStep = Callable[[int, int], object]
OnKept = Callable[[], object]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Order:
    """Which pack to draft into which locales, under the name of which engine.

    `anew` asks for drafts in place of those the engine made before; what it made since
    the moment `made_since` stays all the same.
    """

    slug: str
    tags: Sequence[str]
    engine: str
    anew: bool = False
    made_since: datetime | None = None

    def may_stay(self, draft: MachineDraft) -> bool:
        """Tell whether a draft of the engine serves."""
        if not self.anew:
            return True
        return self.made_since is not None and draft.made_at >= self.made_since


@dataclass(frozen=True)
class Wanting:
    """The units of a locale that wait for a draft, by their text, in reading order."""

    pack: Pack
    tag: str
    units: Mapping[str, Sequence[Unit]]


@dataclass
class _Steps:
    """How many texts are done, of all in every locale."""

    of: int
    on_step: OnStep
    on_kept: OnKept
    done: int = 0

    def take(self, number: int, *, kept: int = 0) -> None:
        self.done += number
        if kept:
            self.on_kept()
        self.on_step(self.done, self.of)


def find_wanting(session: Session, order: Order, tag: str) -> Wanting:
    """Find the units that have neither a target nor a better suggestion nor a draft.

    Raises NoSuchPack, LocaleNotOffered.
    """
    pack = get_pack(session, order.slug)
    refuse_not_offered(pack, tag)
    found: dict[str, list[Unit]] = defaultdict(list)
    for placed in units_of_heads(session, pack).values():
        for unit in _without_help(session, pack, placed, tag, order):
            found[normalise(unit.text)].append(unit)
    return Wanting(pack, tag, found)


def draft(
    sessions: Sessions,
    order: Order,
    drafter: Drafter,
    *,
    now: Clock,
    on_step: OnStep = lambda _done, _of: None,
    on_kept: OnKept = lambda: None,
) -> int:
    """Have drafts made of what wants them, locale by locale; gives their number.

    Nobody waits for the engine: each chunk is kept once it is made. Broken off and done
    again, it goes on; with `anew` only where the order says since when. Raises
    NoSuchPack, LocaleNotOffered; NotDrafted once all locales had their turn, with what
    was refused by locale; what drafter, `on_step` or `on_kept` raise.
    """
    with reading(), sessions() as session:
        wanting = [find_wanting(session, order, tag) for tag in order.tags]
    steps = _Steps(sum(len(each.units) for each in wanting), on_step, on_kept)
    made, refused = 0, dict[str, RuleBroken]()
    for each in wanting:
        try:
            made += _draft_locale(sessions, order, each, drafter, steps, now=now)
        except RuleBroken as problem:
            refused[each.tag] = problem
    if refused:
        said = {
            tag: {"code": problem.code, "params": problem.params}
            for tag, problem in refused.items()
        }
        raise NotDrafted(problems=said)
    return made


def count_offered(session: Session, pack: Pack) -> Counter[str]:
    """Count by locale the units without a target that a draft is offered for."""
    wanted = (
        sa.select(
            col(MachineDraft.tag), sa.func.count(col(MachineDraft.unit_id).distinct())
        )
        .join(Placement, col(Placement.unit_id) == MachineDraft.unit_id)
        .outerjoin(
            Target,
            (col(Target.unit_id) == MachineDraft.unit_id)
            & (col(Target.tag) == MachineDraft.tag)
            & (col(Target.text) != ""),
        )
        .where(
            col(Placement.version_id).in_(select_heads(pack)), col(Target.id).is_(None)
        )
        .group_by(col(MachineDraft.tag))
    )
    offered = Counter[str]()
    for tag, number in session.connection().execute(wanted):
        offered[tag] = number
    return offered


def count_drafts(session: Session) -> int:
    """Count the drafts by machine of all packs."""
    return session.exec(select(sa.func.count()).select_from(MachineDraft)).one()


def _draft_locale(
    sessions: Sessions,
    order: Order,
    wanting: Wanting,
    drafter: Drafter,
    steps: _Steps,
    *,
    now: Clock,
) -> int:
    texts, pack = list(wanting.units), wanting.pack
    if not texts:
        return 0
    names, region = pack.do_not_translate, region_of(pack.place)
    task = Task(texts, pack.source_tag, wanting.tag, names, region)
    made = done = 0
    steps.take(0)
    with closing(drafter(task)) as chunks:
        for chunk in chunks:
            answers = dict(zip(texts[done:], chunk, strict=False))
            kept = _keep(sessions, order, wanting, answers, now=now())
            made += kept
            done += len(chunk)
            steps.take(len(chunk), kept=kept)
    if done != len(texts):
        raise EngineFailed(engine=order.engine, given=len(texts), got=done)
    return made


def _keep(
    sessions: Sessions,
    order: Order,
    wanting: Wanting,
    answers: dict[str, Made],
    *,
    now: datetime,
) -> int:
    """Keep the drafts of units that still want one; count them."""
    asked = [
        (unit, each) for text, each in answers.items() for unit in wanting.units[text]
    ]
    with sessions.begin() as session:
        # One at a time: two who draft the same pack must not keep a draft twice.
        session.exec(
            select(Pack.id).where(Pack.id == wanting.pack.id).with_for_update()
        )
        served = _list_served(
            session, [unit for unit, _each in asked], wanting.tag, order
        )
        drafts = [
            _draft(unit, wanting.tag, order.engine, text, each, now)
            for unit, each in asked
            if unit.id not in served and (text := clean(unit, each.text))
        ]
        if order.anew:
            _drop(session, [draft.unit_id for draft in drafts], wanting.tag, order)
        session.add_all(drafts)
    return len(drafts)


def _draft(
    unit: Unit, tag: str, engine: str, text: str, made: Made, now: datetime
) -> MachineDraft:
    return MachineDraft(
        unit_id=unit.id,
        tag=tag,
        engine=engine,
        text=text,
        notes=[{"code": note.code.value, **note.params} for note in made.notes],
        confidence=made.confidence,
        made_at=now,
    )


def _without_help(
    session: Session, pack: Pack, placed: Sequence[PlacedUnit], tag: str, order: Order
) -> list[Unit]:
    units = [each.unit for each in placed]
    served = _list_served(session, units, tag, order)
    offered = suggestions(session, pack, placed, tag)
    return [
        unit
        for unit in units
        if unit.id not in served
        and not any(
            each.origin is not Origin.MACHINE and each.score >= GOOD_ENOUGH
            for each in offered[unit.id]
        )
    ]


def _list_served(
    session: Session, units: Sequence[Unit], tag: str, order: Order
) -> set[int]:
    """List the units that have a target, or a draft of this engine that may stay."""
    ids = [unit.id for unit in units]
    written = targets_of(session, ids, tag)
    served = {unit_id for unit_id, target in written.items() if target.text}
    drafts = _list_drafts(session, ids, tag, order)
    return served | {each.unit_id for each in drafts if order.may_stay(each)}


def _list_drafts(
    session: Session, unit_ids: Sequence[int], tag: str, order: Order
) -> list[MachineDraft]:
    """List what the engine drafted for units before."""
    wanted = select(MachineDraft).where(
        col(MachineDraft.unit_id).in_(unit_ids),
        MachineDraft.tag == tag,
        MachineDraft.engine == order.engine,
    )
    return list(session.exec(wanted))


def _drop(session: Session, unit_ids: Sequence[int], tag: str, order: Order) -> None:
    for each in _list_drafts(session, unit_ids, tag, order):
        session.delete(each)
    session.flush()
