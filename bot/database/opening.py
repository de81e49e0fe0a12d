"""Opens the database for one command; a server may run beside."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from bot.database.engine import Sessions, database_url, is_current, open_engine, sessions_for
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
def opened_if_there(settings: Settings) -> Iterator[Sessions | None]:
    """Yield the maker of sessions, None where there are no tables of this revision; nothing is made."""
    url = database_url(settings)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        yield None
        return
    engine = open_engine(settings)
    try:
        yield sessions_for(engine) if is_current(engine) else None
    finally:
        engine.dispose()


@contextmanager
def engine_opened(settings: Settings) -> Iterator[tuple[Engine, Sessions]]:
    """Yield the engine too; otherwise as ``opened``."""
    engine = open_engine(settings)
    try:
        require_current(engine)
        yield engine, sessions_for(engine)
    finally:
        engine.dispose()
