"""A mail server of a story's own, that it can stop."""

import asyncio
import email
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override


@dataclass
class Postbox:
    """What a mail server was given; it takes its time and says what it was told to."""

    answer: str = "250 OK"
    seconds: float = 0
    received: list[EmailMessage] = field(default_factory=list)

    @override
    async def handle_DATA(
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, or refuse it."""
        await asyncio.sleep(self.seconds)
        if self.answer.startswith("250"):
            content = envelope.content or b""
            self.received.append(email.message_from_bytes(content, policy=default))
        return self.answer


@contextmanager
def receiving(postbox: Postbox, port: int) -> Iterator[None]:
    """Take letters at a port for the block."""
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
