"""People at the site: real requests, which may be cut; they remember what they were told."""

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit

from lxml import html

from welcome.cli import cast

SECONDS = 40
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Cut(Exception):
    """No whole answer came: whoever asked does not know what became of it."""


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    code: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def page(self) -> html.HtmlElement:
        """The page, to be searched."""
        return html.document_fromstring(self.body)

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Person:
    """Somebody at the site; redirections are told, not followed."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def post(
        self, path: str, fields: Sequence[tuple[str, str]], **headers: str
    ) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields), FORM | headers)

    def sign_in(self, email: str) -> Self:
        """Come in by the door."""
        page = self.get("/-/account/sign-in").page
        [token] = set(page.xpath("//input[@name='csrf_token']/@value"))
        given = [
            ("csrf_token", token), ("email", email), ("password", cast.KEY_TO_EVERY_DOOR),
        ]  # fmt: skip
        answer = self.post("/-/account/sign-in", given)
        assert answer.code == 302, answer.text
        return self

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> Answer:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        asked = {"Cookie": kept, "Connection": "close", **headers}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, asked)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as problem:
            raise Cut(type(problem).__name__) from problem
        finally:
            connection.close()
        for given in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(given).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, content, dict(response.headers))


def path_of(address: str) -> str:
    """Give the part of an address that is asked for."""
    return urlsplit(address).path
