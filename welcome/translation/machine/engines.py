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


def get_engine(name: str, settings: Settings) -> Engine:
    """Return the engine of a name; raises NoSuchEngine."""
    engine = list_engines(settings).get(name)
    if engine is None:
        raise NoSuchEngine(name=name)
    return engine
