"""Which pages readers have in their language and would have in the source's again: pure."""

from collections.abc import Sequence

from welcome.editions.models import Standing
from welcome.editions.planning import LocalePlan, PagePlan


def list_lost(plans: Sequence[LocalePlan]) -> dict[str, list[PagePlan]]:
    """List by tag the pages that publishing would give back to the source language."""
    return {plan.tag: [each for each in plan.pages if _is_lost(each)] for plan in plans}


def _is_lost(page: PagePlan) -> bool:
    has_now = page.held is not None and page.held.standing is not Standing.NOT_YET
    return has_now and page.standing is Standing.NOT_YET


def is_nothing_translated(plan: LocalePlan) -> bool:
    """Tell whether readers would get every page in the source language."""
    return all(page.standing is Standing.NOT_YET for page in plan.pages)
