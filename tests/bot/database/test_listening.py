"""A change in one process wakes another one, also after the connection was lost."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.database import versions
from bot.database.engine import open_engine, sessions_for
from bot.database.listening import CHANGE, INBOX, Listener, notify
from bot.database.migrating import require_current
from bot.settings import Settings
from tests.servers import postgres


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(Settings(data=tmp_path, database_url=postgres.new_database()))
    require_current(made)
    yield made
    made.dispose()


class Bells:
    def __init__(self) -> None:
        self.rung = {CHANGE: threading.Event(), INBOX: threading.Event()}

    @property
    def wake(self) -> dict[str, Callable[[], None]]:
        return {word: bell.set for word, bell in self.rung.items()}

    def heard(self, word: str, within: float = 10.0) -> bool:
        """Wait until a word was heard, and forget that it was."""
        heard = self.rung[word].wait(within)
        self.rung[word].clear()
        return heard


def test_a_word_is_heard_when_its_transaction_is_committed(engine: Engine) -> None:
    bells = Bells()
    with Listener(engine, bells.wake):
        assert bells.heard(CHANGE), "whoever begins to listen looks for itself first"
        assert bells.heard(INBOX)
        with sessions_for(engine).begin() as session:
            versions.raise_change(session)
            session.flush()
            assert not bells.heard(CHANGE, within=0.3)
            said = time.monotonic()
        assert bells.heard(CHANGE)
        print(f"\nwoken after {(time.monotonic() - said) * 1000:.1f} ms")
        assert not bells.heard(INBOX, within=0.1)
        with sessions_for(engine).begin() as session:
            notify(session, INBOX)
            notify(session, "something of a later version")
        assert bells.heard(INBOX)


def test_a_lost_connection_is_made_again_and_what_was_missed_is_looked_for(engine: Engine) -> None:
    bells = Bells()
    with Listener(engine, bells.wake) as listener:
        assert bells.heard(INBOX)
        with engine.connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            assert connection.execute(text(others)).scalar()
        assert bells.heard(INBOX), "it looks for itself after the loss"
        assert listener.connected
        with sessions_for(engine).begin() as session:
            notify(session, INBOX)
        assert bells.heard(INBOX)


def test_on_sqlite_nobody_speaks_and_nobody_listens(tmp_path: Path) -> None:
    made = open_engine(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'rows.sqlite3'}"))
    require_current(made)
    bells = Bells()
    with Listener(made, bells.wake) as listener, sessions_for(made).begin() as session:
        notify(session, CHANGE)
        assert not bells.heard(CHANGE, within=0.1)
        assert not listener.connected
    made.dispose()
