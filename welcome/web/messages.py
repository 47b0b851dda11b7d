"""What a page tells after an act: done, or a problem and what to do about it."""

from flask import flash


def flash_done(sentence: str) -> None:
    """Tell on the next page that something was done."""
    flash(sentence, "done")


def flash_problem(sentence: str) -> None:
    """Tell on the next page what was wrong, what is kept, what to do."""
    flash(sentence, "problem")
