"""What every translation engine answers to, and which there are."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from welcome.translation.errors import NoSuchEngine

from .pseudo import PseudoEngine


class Engine(Protocol):
    """Something that offers translations; it never decides anything."""

    @property
    def name(self) -> str:
        """The name under which its drafts are kept."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate inline Markdown from one locale (BCP 47 tag) into another.

        The answer has one text for each text given, in the same order.
        """


def engines() -> Mapping[str, Engine]:
    """List the engines by name."""
    return MappingProxyType({engine.name: engine for engine in (PseudoEngine(),)})


def get_engine(name: str) -> Engine:
    """Return the engine of a name; raises NoSuchEngine."""
    engine = engines().get(name)
    if engine is None:
        raise NoSuchEngine(name=name)
    return engine
