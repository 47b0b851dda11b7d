"""The installation that commands work on."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy.engine import Engine

from welcome import config
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions

# Hosts that nobody reaches from elsewhere.
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Installation:
    """Settings, and the database they name."""

    settings: Settings
    engine: Engine
    sessions: Sessions


@cache
def installation() -> Installation:
    """Open the installation in the instance folder."""
    settings = config.load()
    engine = connect(settings.database)
    return Installation(settings, engine, sessions(engine))


def let_go() -> None:
    """Close every connection, so that processes may be forked from this one."""
    if installation.cache_info().currsize:
        installation().engine.dispose()
        installation.cache_clear()
