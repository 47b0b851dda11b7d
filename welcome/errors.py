"""What can go wrong, in four families that the edges know how to answer."""

from typing import ClassVar


class WelcomeError(Exception):
    """Something the product refuses; `code` has a phrase, `params` fill it."""

    code: ClassVar[str] = "error"

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.code, params)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class NotFound(WelcomeError):
    """It is not there, or not yours to know of: both are answered alike."""

    code = "not_found"


class NotAllowed(WelcomeError):
    """The account may not do this."""

    code = "not_allowed"


class RuleBroken(WelcomeError):
    """A rule of the field forbids it; nothing has changed."""

    code = "rule_broken"


class NotNow(WelcomeError):
    """What it takes is away just now; the same may go well later."""

    code = "not_now"
