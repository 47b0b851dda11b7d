"""A server on this machine that answers as GOV.UK Notify documents."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"town-{SERVICE}-{SECRET}"
EMAIL, TEXT = (
    "9d751e0e-f929-4891-82a1-a3e1c3c18ee3",
    "f33517ff-2a88-4f6e-b855-c550268ce08a",
)


class Notify(ThreadingHTTPServer):
    """What was asked of it, and what it answers next."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.answers: list[tuple[int, object]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def refuse(self, code: int, error: str, words: str) -> None:
        """Have the next one refused, as is documented."""
        told = {"status_code": code, "errors": [{"error": error, "message": words}]}
        self.answers.append((code, told))


class _Answering(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        self.server.asked.append((self.path, asked))
        code, told = self._answer(asked)
        content = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing in between the tests."""

    def _answer(self, asked: dict[str, object]) -> tuple[int, object]:
        if self.server.answers:
            return self.server.answers.pop(0)
        token = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            claims = {}
        if claims.get("iss") != SERVICE:
            return 403, {
                "status_code": 403,
                "errors": [
                    {
                        "error": "AuthError",
                        "message": "Invalid token: API key not found",
                    }
                ],
            }
        return 201, {
            "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
            "reference": asked["reference"],
            "content": {"body": asked["personalisation"], "from_number": "TOWN"},
            "uri": f"{self.server.address}/v2/notifications/740e5834",
            "template": {"id": asked["template_id"], "version": 1, "uri": ""},
        }


@contextmanager
def running() -> Iterator[Notify]:
    """Answer while the block runs."""
    server = Notify()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
