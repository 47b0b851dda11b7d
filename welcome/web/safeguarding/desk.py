"""The safeguarding desk's door: nothing of it is kept by browsers on the way."""

from flask import Blueprint, Response

desk = Blueprint("safeguarding", __name__, url_prefix="/-/safeguarding")


@desk.after_request
def keep_private(response: Response) -> Response:
    """Keep pages out of caches."""
    response.headers["Cache-Control"] = "no-store"
    return response
