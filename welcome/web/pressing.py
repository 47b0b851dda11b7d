"""One page set on paper, as the answer to whoever asked for it."""

from flask import Response

from welcome import locales
from welcome.editions.print import fonts, pdf
from welcome.web.database import db
from welcome.web.installed import settings

# Somebody waits for it, and so does the server that may end whoever takes longer.
SECONDS = 25


def answer(page: str, tag: str, name: str) -> Response:
    """Answer with a page as a PDF, once nothing is left to be written; raises PrintFailed.

    No lock on the database is held meanwhile.
    """
    db().rollback()
    here = settings()
    fonts.require({locales.get("en"), locales.get(tag)})
    seconds = min(here.print_seconds, SECONDS)
    limits = pdf.Limits(seconds, here.print_memory_mb)
    made = Response(pdf.press(page, here.site_url, limits), mimetype="application/pdf")
    made.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return made
