"""HTML as a reader's browser understands it, to compare two renderings."""

from html.parser import HTMLParser

_NAMES = "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr th td dl dt dd div"
BLOCKS = frozenset(_NAMES.split())


class Events(HTMLParser):
    """Tags with their attributes, and text; `bdi` and `rel` are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "bdi":
            kept = {name: value for name, value in attrs if name != "rel"}
            self.seen.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        if tag != "bdi":
            self.seen.append(("/" + tag, None))

    def handle_data(self, data: str) -> None:
        if self.seen and self.seen[-1][0] == "text":
            self.seen[-1] = ("text", f"{self.seen[-1][1]}{data}")
        else:
            self.seen.append(("text", data))


def events(html: str) -> list[tuple[str, object]]:
    """Everything the HTML says, in order."""
    reader = Events()
    reader.feed(html)
    reader.close()
    return reader.seen


def without_blanks(html: str) -> list[tuple[str, object]]:
    """The same with runs of blanks as one, as a browser shows them."""
    return [
        (name, " ".join(said.split()) if isinstance(said, str) else said)
        for name, said in events(html)
        if not (isinstance(said, str) and not said.strip())
    ]


def skeleton(html: str) -> list[str]:
    """The block elements in order, opening and closing."""
    return [name for name, _ in events(html) if name.removeprefix("/") in BLOCKS]
