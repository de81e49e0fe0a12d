"""An empty inbox on SQLite and on PostgreSQL; its database is made once for all tests that ask for it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from bot.database.engine import Sessions, open_engine, sessions_for
from bot.database.inbox_statements import PAUSED
from bot.database.inbox_tables import InboxRow, LimitCounter
from bot.database.migrating import require_current
from bot.database.tables import State
from bot.settings import Settings
from tests.servers.postgres import new_database


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def rows_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    address = new_database() if request.param == "postgresql" else None
    settings = Settings(data=tmp_path_factory.mktemp("inbox"), database_url=address)
    engine = open_engine(settings)
    require_current(engine)
    engine.dispose()
    return settings


@pytest.fixture
def row_sessions(rows_database: Settings) -> Iterator[Sessions]:
    """Sessions of a database whose inbox is empty."""
    engine = open_engine(rows_database)
    sessions = sessions_for(engine)
    with sessions.begin() as session:
        session.execute(delete(InboxRow))
        session.execute(delete(LimitCounter))
        session.execute(delete(State).where(State.name == PAUSED))
    yield sessions
    engine.dispose()
