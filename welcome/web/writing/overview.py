"""What the pack's home shows: one word for each page and locale, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from welcome.editions import planning
from welcome.editions.errors import NoStartPage
from welcome.packs import facts
from welcome.packs.models import Pack, Risk
from welcome.translation import progress
from welcome.translation.progress import Counts, Matrix


@dataclass(frozen=True)
class Due:
    """How much waits for somebody, by what it is."""

    facts: int
    stale: int
    stale_tags: int
    submitted: int
    returned: int
    risky: int
    risky_tags: int
    unpublished: int = 0

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing waits."""
        return not any(
            (
                self.facts,
                self.stale,
                self.submitted,
                self.returned,
                self.risky,
                self.unpublished,
            )
        )


def read(session: Session, pack: Pack, today: date) -> tuple[Matrix, Due]:
    """Read how every page stands in every locale, and add up what is due."""
    matrix = progress.matrix(session, pack)
    totals = [matrix.total_of(tag) for tag in matrix.tags]
    overdue = [
        fact
        for fact in facts.list_facts(session, pack)
        if facts.is_due(fact, today) or fact.stale
    ]
    risky = _list_risky(matrix)
    due = Due(
        facts=len(overdue),
        stale=sum(each.stale for each in totals),
        stale_tags=sum(each.stale > 0 for each in totals),
        submitted=sum(each.submitted for each in totals),
        returned=sum(each.returned for each in totals),
        risky=len({page_id for page_id, _tag in risky}),
        risky_tags=len({tag for _page_id, tag in risky}),
    )
    return matrix, due


def count_unpublished(session: Session, pack: Pack, tags: Sequence[str]) -> int:
    """Count the locales in which publishing would bring readers something new."""
    try:
        plans = planning.survey(session, pack, tags)
    except NoStartPage:
        return 0
    return sum(plan.current is not None and plan.changed > 0 for plan in plans)


def standing(counts: Counts) -> str:
    """Say in one code how a page stands in a locale, what needs most care first."""
    asked = (
        (counts.is_complete, "accepted"),
        (counts.stale > 0, "stale"),
        (counts.returned > 0, "returned"),
        (counts.missing == counts.total, "nothing"),
        (counts.missing > 0, "in-part"),
        (counts.submitted > 0, "to-review"),
    )
    return next((code for holds, code in asked if holds), "unchecked")


def _list_risky(matrix: Matrix) -> list[tuple[int, str]]:
    """List the high-risk pages that readers cannot have yet, each with the locale."""
    return [
        (page.id, tag)
        for page, version in matrix.pages
        for tag in matrix.tags
        if version.risk is Risk.HIGH and not matrix.cells[page.id, tag].is_complete
    ]
