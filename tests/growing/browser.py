"""A plain browser: it keeps cookies, sends forms, and follows where it is led."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

from lxml import html


@dataclass(frozen=True)
class Answer:
    """What came of a request; code 0 where nobody answered."""

    code: int
    url: str = ""
    body: bytes = b""

    @property
    def page(self) -> Any:
        return html.document_fromstring(self.body.decode())

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(self.page.text_content().split())


@dataclass
class Browser:
    """Somebody at one of the machines; cookies count for all of them."""

    url: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def at(self, url: str) -> "Browser":
        """Let the next requests be answered by another machine."""
        return Browser(url, self.cookies)

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(self.url + path))

    def send(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send the form of a page, with what protects it."""
        token = self.get(path).page.xpath("string(//input[@name='csrf_token']/@value)")
        body = urllib.parse.urlencode([*fields, ("csrf_token", token)]).encode()
        return self._open(urllib.request.Request(self.url + path, body))

    def sign_in(self, email: str, password: str) -> None:
        fields = [("email", email), ("password", password)]
        assert self.send("/-/account/sign-in", fields).code == 200
        assert self.get("/-/writing/").code == 200

    def _open(self, request: urllib.request.Request) -> Answer:
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        opener = urllib.request.build_opener(jar)
        try:
            with opener.open(request, timeout=40) as answer:
                return Answer(answer.status, answer.url, answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.url, refused.read())
        except OSError:
            return Answer(0)
