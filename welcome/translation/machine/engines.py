"""Which translation engines there are."""

from collections.abc import Mapping
from types import MappingProxyType

from welcome.config import Settings
from welcome.translation.errors import NoSuchEngine

from .argos.engine import ArgosEngine
from .engine import Engine
from .libretranslate.engine import LibreTranslateEngine
from .pseudo import PseudoEngine

# The others are for trying things out, where an installation chooses them.
OF_USE = ("argos", "libretranslate")


def list_engines(settings: Settings) -> Mapping[str, Engine]:
    """List the engines of an installation by name."""
    listed: list[Engine] = [ArgosEngine(settings), PseudoEngine()]
    if settings.libretranslate_address:
        listed.append(LibreTranslateEngine(settings))
    return MappingProxyType({engine.name: engine for engine in listed})


def list_offered(settings: Settings) -> list[Engine]:
    """List the engines whose drafts are of use, the installation's own choice first."""
    chosen = settings.machine_engine
    found = [
        engine
        for engine in list_engines(settings).values()
        if engine.name in (chosen, *OF_USE)
    ]
    return sorted(found, key=lambda engine: engine.name != chosen)


def get_engine(name: str, settings: Settings) -> Engine:
    """Return the engine of a name; raises NoSuchEngine."""
    engine = list_engines(settings).get(name)
    if engine is None:
        raise NoSuchEngine(name=name)
    return engine
