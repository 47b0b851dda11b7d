"""Which translation engines there are."""

from collections.abc import Mapping
from types import MappingProxyType

from welcome.config import Settings
from welcome.translation.errors import NoSuchEngine

from .engine import Engine
from .pseudo import PseudoEngine


def list_engines(settings: Settings) -> Mapping[str, Engine]:
    """List the engines of an installation by name."""
    del settings
    return MappingProxyType({engine.name: engine for engine in (PseudoEngine(),)})


def list_offered(settings: Settings) -> list[Engine]:
    """List the engines whose drafts are of use, the installation's own choice first."""
    found = [e for e in list_engines(settings).values() if e.name != PseudoEngine.name]
    return sorted(found, key=lambda engine: engine.name != settings.machine_engine)


def get_engine(name: str, settings: Settings) -> Engine:
    """Return the engine of a name; raises NoSuchEngine."""
    engine = list_engines(settings).get(name)
    if engine is None:
        raise NoSuchEngine(name=name)
    return engine
