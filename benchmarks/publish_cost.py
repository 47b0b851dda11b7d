"""One changed paragraph: how many units open, and what publishing it costs."""

import gc
import statistics
import sys
import time
from dataclasses import replace

from sqlmodel import Session, col, func, select

from benchmarks.synthetic import (
    NOW,
    TAGS,
    Installation,
    accept_everything,
    installation,
)
from welcome.editions import publish
from welcome.packs import access, versions
from welcome.packs.models import Unit
from welcome.translation.models import Target

SECTIONS = 30
# One after the other, each published by itself.
CHANGED = (7, 3, 11, 19, 26)
MOST = 0.05


def count_open(session: Session, made: Installation) -> int:
    """Count the pairs of unit and locale that have no accepted target."""
    units = versions.units_of_heads(session, made.pack(session))
    ids = [placed.unit.id for each in units.values() for placed in each]
    wanted = (
        select(func.count()).select_from(Target).where(col(Target.unit_id).in_(ids))
    )
    return len(ids) * len(TAGS) - session.exec(wanted).one()


def timed_publish(made: Installation) -> float:
    """Publish every locale; seconds of processor time."""
    # What filling the database left behind is no cost of publishing.
    gc.collect()
    gc.freeze()
    began = time.process_time()
    order = publish.Order("synthetic", ("en", *TAGS))
    publish.publish(made.sessions, order, settings=made.settings, now=NOW)
    return time.process_time() - began


def change_one_paragraph(made: Installation, section: int) -> None:
    """Change one paragraph of one section."""
    with made.sessions.begin() as session:
        page = access.get_page(session, made.pack(session), f"section-{section}")
        draft = versions.draft_of(versions.head(session, page))
        body = draft.body.replace("Paragraph 3 of", "The third paragraph of")
        versions.save(
            session, page, replace(draft, body=body), based_on=page.head,
            actor=None, now=NOW,
        )  # fmt: skip


def main() -> int:
    """Print the figures; exit code 1 where they miss what is promised."""
    with installation(SECTIONS) as made:
        accepted = accept_everything(made)
        with made.sessions() as session:
            units = session.exec(select(func.count()).select_from(Unit)).one()
        print(
            f"{SECTIONS} sections, {units} units, {accepted} targets in {len(TAGS)} locales"
        )
        full = timed_publish(made)
        opened, spent = [], []
        for section in CHANGED:
            change_one_paragraph(made, section)
            with made.sessions() as session:
                opened.append(count_open(session, made))
            accept_everything(made)
            spent.append(timed_publish(made))
    changed = statistics.median(spent)
    print(f"one changed paragraph opens {', '.join(map(str, opened))} units")
    print(f"publish all: {full:.2f} s CPU; publish one change: {changed:.2f} s CPU")
    print(f"(median of {', '.join(f'{each:.2f}' for each in spent)})")
    print(f"ratio: {changed / full:.3f} (at most {MOST})")
    return 0 if set(opened) == {len(TAGS)} and changed <= MOST * full else 1


if __name__ == "__main__":
    sys.exit(main())
