"""The writing desk's door: writers come to write, publishers to publish."""

from flask import Blueprint

from welcome.accounts.permissions import Permission
from welcome.errors import NotAllowed
from welcome.web.allowed import may, may_somewhere

desk = Blueprint("writing", __name__, url_prefix="/-/writing")


def refuse_strangers() -> None:
    """Refuse whoever neither writes nor publishes anywhere; raises NotAllowed."""
    if not (may_somewhere(Permission.WRITE) or may_somewhere(Permission.PUBLISH)):
        raise NotAllowed


@desk.context_processor
def rights() -> dict[str, object]:
    """Let the pages of this desk show only what one may do."""
    return {
        "may": may,
        "may_write": may_somewhere(Permission.WRITE),
        "may_publish": may_somewhere(Permission.PUBLISH),
    }
