"""What is said where something is missing or broken; readers of editions meet it too."""

from flask_babel import gettext as _


def missing() -> str:
    """Say that there is no page."""
    return str(
        _("There is no page here. It may have moved, or its address was mistyped.")
    )


def busy() -> str:
    """Say that the database does not answer."""
    return str(
        _(
            "The database cannot be reached just now. Nothing was changed. Go back and"
            " try again in a minute."
        )
    )


def broken() -> str:
    """Say that it is our fault."""
    return str(
        _(
            "Something broke on our side. Nothing was changed. It has been written"
            " down; go back and try again."
        )
    )


def failed() -> str:
    """Say no more than that it did not work."""
    return str(_("This did not work."))
