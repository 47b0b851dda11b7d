"""Rules of translation that can be broken."""

from welcome.errors import NotFound, NotNow, RuleBroken


class SaveConflict(RuleBroken):
    """Somebody saved first; params carry `theirs`, `typed` and the newest `revision`."""

    code = "save_conflict"


class ChangedMeanwhile(RuleBroken):
    """The text is not the one that was looked at; params give the newest `revision`."""

    code = "changed_meanwhile"


class MoveNotAllowed(RuleBroken):
    """A target cannot go from its `state` to where it was sent (`to`)."""

    code = "move_not_allowed"


class NobodyRead(RuleBroken):
    """A machine's text is handed in by nobody before somebody here has saved it."""

    code = "nobody_read"


class TooLong(RuleBroken):
    """The text is far longer than its source asks for; params give the `most` letters."""

    code = "target_too_long"


class OwnWork(RuleBroken):
    """Nobody reviews what they wrote themselves."""

    code = "own_work"


class BlockingFindings(RuleBroken):
    """Something is certainly wrong; params list the `codes` and the `targets`."""

    code = "blocking_findings"


class CommentRequired(RuleBroken):
    """Whoever gives a text back says why."""

    code = "comment_required"


class NoSuchFinding(RuleBroken):
    """The text has no open blocking finding with this `finding` code."""

    code = "no_such_finding"


class ReasonTooShort(RuleBroken):
    """An override needs a reason that others can follow; params give the `least` length."""

    code = "reason_too_short"


class BadStatement(RuleBroken):
    """The revision statement lacks something; `missing` names it."""

    code = "bad_statement"


class SecondReaderExists(RuleBroken):
    """Somebody here can read the text; an agency's statement does not replace them."""

    code = "second_reader_exists"


class LocaleNotOffered(RuleBroken):
    """The pack does not appear in this locale, or is written in it."""

    code = "locale_not_offered"


class NoSuchEngine(NotFound):
    """No translation engine has this name."""

    code = "no_such_engine"


class NoRoute(RuleBroken):
    """The engine cannot translate from `source` into `target`."""

    code = "no_route"


class PackageRefused(RuleBroken):
    """A `file` is no package that may be installed; `reason` says why."""

    code = "package_refused"


class IndexUnreadable(RuleBroken):
    """The list of packages at a `place` cannot be read; `reason` says why."""

    code = "index_unreadable"


class NoSuchPackage(NotFound):
    """No package leads from `source` to `target`."""

    code = "no_such_package"


class ModelUnusable(RuleBroken):
    """The model of an installed `package` cannot be loaded; `reason` says why."""

    code = "model_unusable"


class EngineMisset(RuleBroken):
    """The environment (`name`) tells a library to use what is not on this machine."""

    code = "engine_misset"


class NotDrafted(RuleBroken):
    """Some locales have no drafts; `problems` tells why, by locale."""

    code = "not_drafted"


class EngineFailed(RuleBroken):
    """The engine gave back what cannot be used, such as another number of texts."""

    code = "engine_failed"


class EngineAway(NotNow):
    """The server at `address` cannot be reached or has no time; `reason` says more."""

    code = "engine_away"


class EngineRefused(RuleBroken):
    """The server at `address` does not translate for us; it `said` why."""

    code = "engine_refused"


class TableRefused(RuleBroken):
    """The file cannot be read as one of our Word tables; `reason` says why."""

    code = "table_refused"
