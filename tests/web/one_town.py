"""One app and one town for a whole table: whatever was changed is put back at once."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from flask.testing import FlaskClient
from werkzeug.routing import Rule

from welcome.cli.cast import PARTS

SIGNED_OUT = "signed out"
EVERYBODY = frozenset(part.key for part in PARTS)
WHO = (SIGNED_OUT, *sorted(EVERYBODY))
REFUSED = {401, 403, 404, 410}
Route = tuple[str, str]
# What each answers to one route: everybody who is not named is refused.
Row = Mapping[str, int]


def row(codes: Row, method: str) -> dict[str, int]:
    """Say what a route answers to everybody, by what it answers to some.

    All others are refused, and who is signed out is led to the door.
    """
    door = 302 if method == "GET" else 401
    return dict.fromkeys(EVERYBODY, 403) | {SIGNED_OUT: door} | dict(codes)


def alike(code: int, **others: int) -> dict[str, int]:
    """Say that everybody is answered alike, but for some."""
    return dict.fromkeys(WHO, code) | others


def routes_of(app, *blueprints: str) -> set[Route]:
    """List the routes of some blueprints; of all where none is named."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not blueprints or rule.endpoint.split(".")[0] in blueprints
    }


def rules_of(app, route: Route) -> list[Rule]:
    """List the rules of one route."""
    method, name = route
    return [each for each in app.url_map.iter_rules(name) if method in each.methods]


def address(app, route: Route, values: Mapping[str, object]) -> str:
    """Build the address of a route from what there is."""
    method, name = route
    (rule,) = rules_of(app, route)
    given = {argument: values[argument] for argument in rule.arguments}
    return str(app.url_map.bind("localhost").build(name, given, method=method))


class Town:
    """A town in a SQLite file, and a fresh browser for whoever asks."""

    def __init__(self, file: str, browsers: Mapping[str, Callable[[], FlaskClient]]):
        self.browsers = browsers
        self._file = sqlite3.connect(file)
        self._kept = sqlite3.connect(":memory:")
        self._file.backup(self._kept)
        self._version = self._read_version()

    def close(self) -> None:
        """Leave the file alone."""
        self._file.close()
        self._kept.close()

    def ask(self, who: str, method: str, asked: str, **how) -> int | str:
        """Ask as somebody and give the code; whatever changed is put back.

        Who is refused changes nothing: where they did, that is told instead.
        """
        browser = self.browsers[who]()
        # Each from an address of their own: who tries too often has to wait.
        browser.environ_base["REMOTE_ADDR"] = f"203.0.113.{WHO.index(who)}"
        answer = browser.open(asked, method=method, **how)
        answer.close()
        changed = self._read_version() != self._version
        if changed:
            self.put_back()
        code = answer.status_code
        return f"{code}, yet changed" if changed and code in REFUSED else code

    def put_back(self) -> None:
        """Have everything stand as it stood at the beginning."""
        self._kept.backup(self._file)
        self._version = self._read_version()

    def _read_version(self) -> int:
        """Read a number that is another once somebody else has changed the file."""
        found: int = self._file.execute("PRAGMA data_version").fetchone()[0]
        return found


def find_wrong(
    town: Town,
    cells: Iterable[tuple[Route, str, Row]],
    **how,
) -> dict[tuple[str, str, str], tuple[int | str, int]]:
    """Ask at an address as everybody; give what was answered and what was expected."""
    wrong = {}
    for (method, name), asked, codes in cells:
        for who in WHO:
            found = town.ask(who, method, asked, **how)
            if found != codes[who]:
                wrong[method, name, who] = (found, codes[who])
    return wrong
