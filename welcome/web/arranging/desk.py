"""The arranging desk's door: the council's lead, and coordinators for their own side."""

from functools import wraps
from typing import ParamSpec

from flask import Blueprint, Response, g
from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.errors import NotAllowed, NotFound
from welcome.partners import access, organisations
from welcome.partners.models import Organisation
from welcome.web.allowed import View, allowed, current_account, may
from welcome.web.database import db

P = ParamSpec("P")

desk = Blueprint("arranging", __name__, url_prefix="/-/arranging")


@desk.after_request
def keep_private(response: Response) -> Response:
    """Keep pages out of caches."""
    response.headers["Cache-Control"] = "no-store"
    return response


def overseen(view: View[P]) -> View[P]:
    """Let in who oversees the scheme."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not is_lead():
            raise NotAllowed
        return view(*args, **kwargs)

    return allowed(Permission.OVERSEE)(guarded)


def arranged(view: View[P]) -> View[P]:
    """Let in who oversees the scheme, and coordinators for what is theirs."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not (is_lead() or may(Permission.COORDINATE)):
            raise NotAllowed
        return view(*args, **kwargs)

    return allowed(Permission.OVERSEE, Permission.COORDINATE)(guarded)


def is_lead() -> bool:
    """Tell whether the one who is signed in oversees the scheme; read once a request."""
    if "is_lead" not in g:
        g.is_lead = organisations.is_lead(db(), current_account())
    found: bool = g.is_lead
    return found


def own_ids() -> frozenset[int]:
    """List the organisations that the one who is signed in coordinates for."""
    if not may(Permission.COORDINATE):
        return frozenset()
    return access.list_own_ids(db(), current_account())


def get_seen(public_id: str) -> Organisation:
    """Return an organisation that one may look at; raises NotFound."""
    found = access.get_by_public_id(db(), public_id)
    if not is_lead() and found.id not in own_ids():
        raise NotFound
    return found


@desk.context_processor
def speaking() -> dict[str, object]:
    """Tell the desk's pages which of them to lead to."""
    return {"leads": is_lead}
