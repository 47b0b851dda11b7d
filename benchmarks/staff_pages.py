"""Staff pages of a pack of 30 sections against one of 200: queries and CPU time."""

import gc
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask.testing import FlaskClient

from benchmarks.synthetic import Installation, accept_everything, installation
from welcome.accounts.models import Account, Grant, Role
from welcome.app import create_app

MOST_MS = 60.0
RUNS = 7
PAGES = (
    "/-/writing/synthetic/",
    "/-/writing/synthetic/pages/section-7/",
    "/-/writing/synthetic/pages/section-7/history/",
    "/-/writing/synthetic/facts/",
    "/-/writing/synthetic/publishing/",
    "/-/translating/",
    "/-/translating/synthetic/ur/",
    "/-/translating/synthetic/ur/pages/section-7/",
    "/-/translating/synthetic/ur/review/",
    "/-/keeping/accounts/",
    "/-/keeping/locales/",
    "/-/keeping/jobs/",
    "/-/keeping/journal/",
)


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Note every statement that is sent to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)


def everybody(made: Installation) -> Account:
    """Give one account every role, so that it may open every page."""
    with made.sessions.begin() as session:
        account = session.merge(made.people["administrator"])
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                session.add(Grant(account_id=account.id, role=role))
    return account


def signed_in(made: Installation) -> FlaskClient:
    """Open the site as somebody who may do everything."""
    client = create_app(made.settings, made.sessions).test_client()
    with client.session_transaction() as cookie:
        cookie.update(_user_id=everybody(made).fs_uniquifier, _fresh=True)
    # Looking which editions are current belongs to no page.
    client.application.extensions["welcome.editions"].looked_at = float("inf")
    return client


def measure(made: Installation, client: FlaskClient, page: str) -> tuple[int, float]:
    """Open a page: how many queries, and the median of CPU milliseconds."""
    # What filling the database left behind is no cost of a page.
    gc.collect()
    gc.freeze()
    answer = client.get(page)
    assert answer.status_code == 200, f"{page}: {answer.status_code} {answer.location}"
    with counted(made.engine) as sent:
        client.get(page)
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        client.get(page)
        spent.append((time.process_time() - began) * 1000)
    return len(sent), statistics.median(spent)


def measured(sections: int) -> dict[str, tuple[int, float]]:
    """Measure every page of a pack of so many sections."""
    with installation(sections) as made:
        accept_everything(made)
        client = signed_in(made)
        return {page: measure(made, client, page) for page in PAGES}


def main() -> int:
    """Print the figures; exit code 1 where they miss what is promised."""
    small, large = measured(30), measured(200)
    kept = True
    print(f"{'page':45} queries 30 → 200    CPU ms 30 → 200")
    for page in PAGES:
        (few, fast), (many, slow) = small[page], large[page]
        well = few == many and fast <= MOST_MS
        kept &= well
        print(
            f"{page:45} {few:4} → {many:4}  {fast:8.1f} → {slow:6.1f} {'' if well else ' ✗'}"
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
