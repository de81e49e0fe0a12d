"""Every test here runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.database.engine import open_engine, sessions_for
from bot.database.migrating import require_current
from bot.settings import Settings
from tests.servers.postgres import new_database


def settings_for(kind: str, folder: Path) -> Settings:
    return Settings(data=folder, database_url=new_database() if kind == "postgresql" else None)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(kind: str, tmp_path: Path) -> Settings:
    return settings_for(kind, tmp_path / "데이터")


@pytest.fixture
def empty(settings: Settings) -> Iterator[Engine]:
    """A database that holds no table yet."""
    engine = open_engine(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """A database with its tables."""
    require_current(empty)
    return empty


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessions_for(engine)
