"""The press: sets HTML on paper in a child process and says what went wrong.

It is the only importer of WeasyPrint. Works in a folder of its own: `in.html` is set as
`out.pdf`, `report.json` lists what was wrong, `words.txt` holds the last words.
"""

import json
import logging
import os
import resource
import sys
import threading
from pathlib import Path


def press(folder: Path, address: str, fonts: Path, megabytes: int) -> None:
    """Set a document under a limit of memory; the entry of the child process."""
    _write_last_words(folder / "words.txt")
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    # Read once, when the library is first loaded.
    os.environ["FONTCONFIG_FILE"] = str(fonts)
    report = _set_on_paper(folder, address, _listen())
    (folder / "report.json").write_text(json.dumps(report), "utf-8")


def _set_on_paper(
    folder: Path, address: str, warnings: list[str]
) -> dict[str, list[str]]:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    refused: list[str] = []

    class Nothing(URLFetcher):
        """Fetches nothing at all: a document carries what it needs."""

        def fetch(
            self, url: str, headers: dict[str, str] | None = None
        ) -> URLFetcherResponse:
            del headers
            refused.append(url)
            raise ValueError(f"refused {url}")

    html = (folder / "in.html").read_text("utf-8")
    source = HTML(string=html, base_url=address, url_fetcher=Nothing())
    document = source.render(pdf_variant="pdf/ua-1")
    document.write_pdf(folder / "out.pdf", pdf_variant="pdf/ua-1")
    boxes = {chr(code) for font in document.fonts.values() for code in font.missing}
    return {"boxes": sorted(boxes), "refused": refused, "warnings": warnings}


def _listen() -> list[str]:
    """Collect what WeasyPrint says."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Ear(level=logging.WARNING)]
    logger.propagate = False
    return heard


def _write_last_words(file: Path) -> None:
    """Send standard error into a file."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(handle, 2)
    os.close(handle)


def _end_with_whoever_asked() -> None:
    # Standard input stays open as long as somebody waits for the print.
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_whoever_asked, daemon=True).start()
    press(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
