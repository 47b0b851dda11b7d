"""The engine: sends the texts to the address that is set, and to no other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from welcome.config import Settings
from welcome.translation.errors import EngineFailed, NoRoute
from welcome.translation.machine.engine import Answer, Marks
from welcome.translation.machine.splitting import split

from .asking import Asking, Limits
from .knowing import Server, server_at
from .mending import is_whole, mend
from .talking import NAME

# What is asked for besides when the first answer went wrong.
ALTERNATIVES = 2
# A model that goes round for ever says more than that for a letter.
LONGEST, TIMES = 1000, 10


@dataclass
class LibreTranslateEngine:
    """Sends the texts to a LibreTranslate server."""

    settings: Settings
    limits: Limits = field(default_factory=Limits)
    name: str = field(default=NAME, init=False)

    @property
    def sends_to(self) -> str:
        """The address that gets the texts."""
        return self.settings.libretranslate_address

    def find_route(self, source: str, target: str) -> tuple[str, ...] | None:
        """Name the locales on the way; raises EngineAway, EngineFailed."""
        return self._server.look().find_route(source, target)

    def list_marks(self, source: str, target: str) -> tuple[Marks, ...]:
        """List both: what its models let through is not known before.

        Letters come last: the server changes the case of some texts.
        """
        del source, target
        return (Marks.BRACKETS, Marks.LETTERS)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        """Have texts translated in lists, equal ones once.

        The server knows no penalty for repetition. `careful` sends sentences apart,
        and takes the first of some answers that has lost nothing. Raises NoRoute,
        EngineAway, EngineFailed, EngineRefused.
        """
        known = self._server.look()
        pair = known.find_pair(source, target)
        if pair is None:
            raise NoRoute(engine=self.name, source=source, target=target)
        most = min(known.most or self.limits.characters, self.limits.characters)
        parts = {text: _cut(text, most, careful=careful) for text in texts}
        asking = Asking(
            self.sends_to.rstrip("/"),
            self.settings.libretranslate_key,
            pair,
            self.limits,
            alternatives=ALTERNATIVES if careful else 0,
        )
        try:
            said = self._ask(asking, parts, most, target)
        except NoRoute:
            # It is not what it was.
            self._server.forget()
            raise NoRoute(engine=self.name, source=source, target=target) from None
        return [Answer(_join([said[each] for each in parts[text]])) for text in texts]

    def _ask(
        self,
        asking: Asking,
        parts: Mapping[str, Sequence[str]],
        most: int,
        target: str,
    ) -> dict[str, str]:
        """Have all parts of texts translated; gives what is said for each."""
        wanted = list(dict.fromkeys(each for text in parts.values() for each in text))
        said: dict[str, str] = {}
        fitting = (each for each in wanted if len(each) <= most)
        for chunk in _chunk(fitting, self.limits.texts, most):
            for part, offered in zip(chunk, asking.ask(chunk), strict=True):
                said[part] = _choose(part, offered, target)
        if asking.stumbled and not any(said.values()):
            raise EngineFailed(engine=self.name, reason=asking.stumbled)
        return {part: said.get(part, "") for part in wanted}

    @property
    def _server(self) -> Server:
        return server_at(self.sends_to)


def _cut(text: str, most: int, *, careful: bool) -> list[str]:
    """Cut a text into its sentences where it must be; blanks need no translation."""
    if not text.strip():
        return []
    return split(text) if careful or len(text) > most else [text]


def _chunk(parts: Iterable[str], most: int, characters: int) -> Iterator[list[str]]:
    """Make lists of so many parts and characters at most."""
    chunk: list[str] = []
    for part in parts:
        length = sum(len(each) for each in chunk) + len(part)
        if chunk and (len(chunk) == most or length > characters):
            yield chunk
            chunk = []
        chunk.append(part)
    if chunk:
        yield chunk


def _choose(part: str, offered: Sequence[str], target: str) -> str:
    """Choose the first answer that lost nothing, or else the first one."""
    fitting = [
        mend(part, each, target)
        for each in offered
        if len(each) <= LONGEST + TIMES * len(part)
    ]
    return next((each for each in fitting if is_whole(part, each)), (*fitting, "")[0])


def _join(said: Sequence[str]) -> str:
    """Put sentences together; half a text is no offer."""
    return " ".join(said) if all(said) else ""
