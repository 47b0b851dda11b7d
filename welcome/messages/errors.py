"""The rules of messages that can be broken, and what goes wrong in sending."""

from welcome.errors import RuleBroken, WelcomeError


class BadRecipient(RuleBroken):
    """It is not exactly one address."""

    code = "bad_recipient"


class BadSubject(RuleBroken):
    """A line break in a subject would write headers of its own."""

    code = "bad_subject"


class MessageNotWaiting(RuleBroken):
    """The message stands where this cannot be done any more."""

    code = "message_not_waiting"


class NoSafeHour(RuleBroken):
    """There is no hour in which a message may arrive."""

    code = "no_safe_hour"


class DeliveryFailed(WelcomeError):
    """The mail server did not take it; `permanent` says that trying again is idle."""

    code = "delivery_failed"

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        self.reason = reason
        self.permanent = permanent
        super().__init__(reason=reason)
