"""Rules of packs that can be broken."""

from collections.abc import Sequence
from typing import Any

from welcome.errors import NotFound, RuleBroken


class NoSuchPack(NotFound):
    """No pack has this slug."""

    code = "no_such_pack"


class NoSuchPage(NotFound):
    """The pack has no page of this name."""

    code = "no_such_page"


class NoSuchVersion(NotFound):
    """The page never had a version of this number."""

    code = "no_such_version"


class NoSuchFact(NotFound):
    """The pack has no fact of this name."""

    code = "no_such_fact"


class EditConflict(RuleBroken):
    """Somebody saved the page first; params name the version they made."""

    code = "edit_conflict"


class FactConflict(RuleBroken):
    """Somebody changed the fact first."""

    code = "fact_conflict"


class BadPage(RuleBroken):
    """The page says something we cannot carry; params list the problems."""

    code = "bad_page"


class BadFact(RuleBroken):
    """The fact's value does not fit its kind."""

    code = "bad_fact"


class OtherNumber(BadFact):
    """A language's own form of a phone number dials another number."""

    code = "other_number"


class NameTaken(RuleBroken):
    """Another page or fact has this name or address; `field` says which it is."""

    code = "name_taken"


class StartTaken(RuleBroken):
    """Another page of the pack, `name`, is its start; there is one alone."""

    code = "start_taken"


class ContentRefused(RuleBroken):
    """A folder of content has problems; nothing of it was imported."""

    code = "content_refused"

    def __init__(self, problems: Sequence[Any]) -> None:
        self.problems = list(problems)
        super().__init__(count=len(self.problems))
