"""What publishing and printing refuse."""

from welcome.errors import NotFound, RuleBroken


class UnknownLocale(RuleBroken):
    """The pack does not appear in this locale."""

    code = "unknown_locale"


class NoStartPage(RuleBroken):
    """The pack has no start page, so readers would have no door."""

    code = "no_start_page"


class SiteAddressMissing(RuleBroken):
    """Links, QR codes and alternates need to know where the site stands."""

    code = "site_address_missing"


class NothingNew(RuleBroken):
    """What readers have is what would be published."""

    code = "nothing_new"


class MoveNotAllowed(RuleBroken):
    """An edition in this state cannot go to that one."""

    code = "edition_move_not_allowed"


class Overtaken(RuleBroken):
    """A newer edition became current in the meantime."""

    code = "edition_overtaken"


class NothingToRollBackTo(RuleBroken):
    """No earlier edition is left."""

    code = "nothing_to_roll_back_to"


class NotPublished(NotFound):
    """No edition of this pack is current in this locale."""

    code = "not_published"


class FolderTaken(RuleBroken):
    """The edition's folder holds something else, and a folder never changes."""

    code = "edition_folder_taken"


class LookChanged(RuleBroken):
    """Templates or phrases are newer than the edition, so it cannot be rebuilt here."""

    code = "edition_look_changed"


class NotWritten(RuleBroken):
    """The disk did not take the pages."""

    code = "edition_not_written"


class RunEnded(RuleBroken):
    """The run that was preparing the edition died."""

    code = "edition_run_ended"


class PublishingFailed(RuleBroken):
    """Some locales could not be published; params name them and say why."""

    code = "publishing_failed"


class PrintFailed(RuleBroken):
    """The print edition could not be made; params say why."""

    code = "print_failed"


class GlyphsMissing(PrintFailed):
    """The fonts lack characters that a section uses."""

    code = "print_glyphs_missing"


class EditionsFolderMissing(RuleBroken):
    """The folder that machines share is not there: another in its place helps nobody."""

    code = "editions_folder_missing"


class StoreUnreachable(RuleBroken):
    """The store that keeps editions for all machines does not answer."""

    code = "store_unreachable"


class StoreRefused(RuleBroken):
    """The store does not let us in, or has no such bucket."""

    code = "store_refused"


class StoreHarmed(RuleBroken):
    """The store does not hold what was kept there; params say what and how."""

    code = "store_harmed"


class StoreLibraryMissing(RuleBroken):
    """A store is set, but what speaks with it is not installed."""

    code = "store_library_missing"


class EditionNotHere(RuleBroken):
    """The edition lies on another machine, and no store has it."""

    code = "edition_not_here"
