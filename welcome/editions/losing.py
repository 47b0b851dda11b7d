"""Which pages readers have in their language and would have in the source's again."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from welcome.editions.models import FrozenPage, Standing
from welcome.editions.planning import LocalePlan, PagePlan


def list_lost(
    session: Session, plans: Sequence[LocalePlan]
) -> dict[str, list[PagePlan]]:
    """List by tag the pages that publishing would give back to the source language."""
    held = [page.held.frozen_id for plan in plans for page in plan.pages if page.held]
    wanted = select(FrozenPage.id).where(
        col(FrozenPage.id).in_(held), FrozenPage.standing != Standing.NOT_YET
    )
    translated = set(session.exec(wanted))
    return {
        plan.tag: [page for page in plan.pages if _is_lost(page, translated)]
        for plan in plans
    }


def _is_lost(page: PagePlan, translated: set[int]) -> bool:
    has_now = page.held is not None and page.held.frozen_id in translated
    return has_now and page.standing is Standing.NOT_YET


def is_nothing_translated(plan: LocalePlan) -> bool:
    """Tell whether readers would get every page in the source language."""
    return all(page.standing is Standing.NOT_YET for page in plan.pages)
