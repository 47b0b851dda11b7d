"""The door to GOV.UK Notify: e-mail and texts by templates that hold one field.

It needs a library that few installations need. Its answers are told apart by their
documented codes: what is wrong with one message will never pass, all else may pass later.
"""

import re
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from welcome.config import Settings
from welcome.messages.errors import DeliveryFailed
from welcome.messages.models import Message
from welcome.messages.ways import Way

Client = Any
Problem = Any
Answer = Any

LIBRARY = "notifications_python_client"
SECONDS = 20
# What the templates call the only thing that is filled in.
FIELD = "message"
# A name of one's own, the id of the service, and the secret.
ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KEY = re.compile(f".*{ID}-{ID}")
# Of all that may be answered, only this is about the message itself.
REFUSED = 400
LONGEST_WORDS = 300


def template_for(way: Way, settings: Settings) -> str:
    """Name the template that sends messages of a way; empty where another door does."""
    if not settings.notify_key:
        return ""
    if way is Way.TEXT:
        return settings.notify_text_template
    return settings.notify_email_template


def send(message: Message, settings: Settings) -> None:
    """Hand a message over; raises DeliveryFailed, in the words that were answered.

    Its reference is the message's own id, by which a double is found there.
    """
    problems = _library("errors")
    client = open_client(settings)
    given = {
        "template_id": template_for(message.way, settings),
        "personalisation": {FIELD: message.body.rstrip("\n")},
        "reference": message.message_id,
    }
    try:
        if message.way is Way.TEXT:
            client.send_sms_notification(phone_number=message.recipient, **given)
        else:
            client.send_email_notification(email_address=message.recipient, **given)
    except problems.APIError as problem:
        raise DeliveryFailed(
            explain(problem, message.recipient), permanent=is_permanent(problem)
        ) from None


def is_permanent(problem: Problem) -> bool:
    """Return whether it was said that this message will never be taken."""
    return bool(problem.status_code == REFUSED)


def explain(problem: Problem, recipient: str) -> str:
    """Say in one line what was answered, without anybody's address or number."""
    if problem.response is None:
        return "GOV.UK Notify does not answer"
    words = problem.message
    if isinstance(words, list):
        words = "; ".join(_say(each) for each in words)
    told = " ".join(str(words).replace(recipient, "…").split())
    return f"GOV.UK Notify ({problem.status_code}): {told[:LONGEST_WORDS]}"


def open_client(settings: Settings) -> Client:
    """Open the library's client, asking nothing yet; raises DeliveryFailed."""
    if not KEY.fullmatch(settings.notify_key):
        raise DeliveryFailed("notify_key in the settings is no key of GOV.UK Notify")
    return _library("notifications").NotificationsAPIClient(
        settings.notify_key, settings.notify_address, timeout=SECONDS
    )


def _say(answered: Answer) -> str:
    if not isinstance(answered, dict):
        return str(answered)
    return f"{answered.get('error', '')}: {answered.get('message', '')}"


def _library(part: str) -> ModuleType:
    """Load a part of the library, which not every installation has."""
    try:
        return import_module(f"{LIBRARY}.{part}")
    except ImportError:
        mend = f"{sys.executable} -m pip install notifications-python-client"
        raise DeliveryFailed(
            f"GOV.UK Notify needs a library that is not installed. Run: {mend}"
        ) from None
