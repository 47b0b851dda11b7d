"""The translating desk's door, and what its views share."""

from flask import Blueprint

from welcome.accounts.permissions import Permission
from welcome.errors import NotAllowed, NotFound
from welcome.packs import access
from welcome.packs.models import Pack
from welcome.translation.machine.noted import DraftNote, Note
from welcome.web.allowed import may, may_somewhere
from welcome.web.database import db
from welcome.web.words import language_name, word

desk = Blueprint("translating", __name__, url_prefix="/-/translating")

WORKING = (Permission.TRANSLATE, Permission.REVIEW, Permission.ACCEPT_ON_STATEMENT)
# Writers and publishers may look on: they ask what became of their words.
LOOKING_ON = (*WORKING, Permission.WRITE, Permission.PUBLISH)


def refuse_strangers() -> None:
    """Refuse whoever has nothing to do with a pack's words; raises NotAllowed."""
    if not any(may_somewhere(permission) for permission in LOOKING_ON):
        raise NotAllowed


def get_pack(slug: str, tag: str) -> Pack:
    """Return a pack that is translated into a locale; raises NotFound."""
    pack = access.get_pack(db(), slug)
    if tag not in pack.locales or tag == pack.source_tag:
        raise NotFound
    return pack


def list_work_tags(pack: Pack) -> list[str]:
    """List the locales of a pack that one works in; all for who only looks on."""
    tags = [tag for tag in pack.locales if tag != pack.source_tag]
    if not any(may_somewhere(each) for each in WORKING):
        return tags
    return [tag for tag in tags if any(may(each, tag) for each in WORKING)]


@desk.context_processor
def rights() -> dict[str, object]:
    """Let the pages of this desk show only what one may do, and say what they note."""
    return {"may": may, "may_somewhere": may_somewhere, "say_note": say_note}


def say_note(note: Note) -> str:
    """Say what should be known of a draft; languages by their names."""
    params = dict(note.params)
    if note.code is DraftNote.VIA:
        tags = params["through"].split(", ")
        params["through"] = ", ".join(language_name(tag) for tag in tags)
    return word(note.code, **params)
