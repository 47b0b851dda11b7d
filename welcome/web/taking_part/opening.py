"""Opening the desk: which forms need no session, and how often they may be sent."""

from flask import Flask

from welcome.web.signing_in import limits
from welcome.web.taking_part.desk import desk

# Several people send a form of several steps from one address of a library.
FILLING_IN = "40 per minute; 600 per hour"
# A code is short enough to be typed, and so to be guessed by whoever may try for long.
GUESSING = "10 per minute; 60 per hour"

LIMITS = {
    "taking_part.volunteer": FILLING_IN,
    "taking_part.newcomer": FILLING_IN,
    "taking_part.sign_in": limits.ASKING,
}
GUESSED = {
    "taking_part.type_code": GUESSING,
    "taking_part.behind": limits.GUESSING,
}
# A code that was wrong, a link that was used.
REFUSED = frozenset({410, 422})


def install(app: Flask) -> None:
    """Let forms without a session in, and hold whoever sends them to few tries."""
    app.extensions["csrf"].exempt(desk)
    limits.hold(app, LIMITS)
    limits.hold(app, GUESSED, lambda answer: answer.status_code in REFUSED)
