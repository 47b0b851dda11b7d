"""A server on the loopback that answers as LibreTranslate 1.9.6 was heard to, or worse."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Word for word what the real one answers with three packages.
LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["en", "fr", "ur"]},
    {"code": "fr", "name": "French", "targets": ["en", "fr", "ur"]},
    {"code": "ur", "name": "Urdu", "targets": ["ur"]},
]
SETTINGS = {
    "apiKeys": False,
    "charLimit": 300,
    "filesTranslation": False,
    "frontendTimeout": 500,
    "keyRequired": False,
    "language": {
        "source": {"code": "auto", "name": "Auto Detect"},
        "target": {"code": "en", "name": "English"},
    },
    "suggestions": False,
    "supportedFilesFormat": [],
}
JSON = {"Content-Type": "application/json"}


@dataclass
class Said:
    """What is answered: JSON, or bytes as they are; `raw` replaces even the head."""

    given: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Stub:
    """A server: what it was asked, and what it says to /translate by turns."""

    address: str = ""
    languages: Said = field(default_factory=lambda: Said(LANGUAGES))
    settings: Said = field(default_factory=lambda: Said(SETTINGS))
    # Used up first; then everything is translated.
    turns: list[Said] = field(default_factory=list)
    always: Said | None = None
    asked: list[dict] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    heads: list[Mapping[str, str]] = field(default_factory=list)
    words: Mapping[str, str] = field(default_factory=dict)
    batch_limit: int = 50
    char_limit: int = 300

    def answer(self, path: str, body: dict | None) -> Said:
        if path.endswith("/languages"):
            return self.languages
        if path.endswith("/frontend/settings"):
            return self.settings
        self.asked.append(body)
        if self.turns:
            return self.turns.pop(0)
        return self.always or self.translate(body)

    def translate(self, body: dict) -> Said:
        texts, number = body["q"], body.get("alternatives", 0)
        longest = max(len(text) for text in texts)
        for size, limit in (
            (len(texts), self.batch_limit),
            (longest, self.char_limit),
        ):
            if size > limit:
                return refused(
                    f"Invalid request: request ({size}) exceeds text limit ({limit})"
                )
        said = {"translatedText": [self.words.get(t, f"«{t}»") for t in texts]}
        if number:
            said["alternatives"] = [[f"other {t}"] for t in texts]
        return Said(said)

    @property
    def lists(self) -> list[list[str]]:
        return [body["q"] for body in self.asked]


def refused(error: str, status: int = 400, **headers: str) -> Said:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said({"error": error}, status, named)


def texts(*given: str) -> Said:
    return Said({"translatedText": list(given)})


@contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.reply(None)

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self.reply(json.loads(self.rfile.read(length)))

        def reply(self, body):
            stub.paths.append(self.path)
            stub.heads.append(dict(self.headers))
            said = stub.answer(self.path, body)
            if said.raw:
                said.raw(self)
                return
            given = said.given
            content = given if isinstance(given, bytes) else json.dumps(given).encode()
            self.send_response_only(said.status)
            for name, value in (JSON | dict(said.headers)).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args):
            """Whoever asked may have gone."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    stub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
