"""Opens the database for one command; a server may run beside."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from bot.database.engine import Sessions, open_engine, sessions_for
from bot.database.migrating import require_current
from bot.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Sessions]:
    """Yield the maker of sessions; a database that does not exist yet is made.

    Raises:
        DataError: it cannot be used as it is, or needs ``dapbot database upgrade``.
        SettingsError: its address is wrong.
    """
    with engine_opened(settings) as (_, sessions):
        yield sessions


@contextmanager
def engine_opened(settings: Settings) -> Iterator[tuple[Engine, Sessions]]:
    """Yield the engine too; otherwise as ``opened``."""
    engine = open_engine(settings)
    try:
        require_current(engine)
        yield engine, sessions_for(engine)
    finally:
        engine.dispose()
