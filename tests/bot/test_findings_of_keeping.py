"""What the doctor says of backups, of old records and of SQLite's log."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import retention
from bot.database.backups_made import MADE, remember
from bot.database.columns import now
from bot.database.opening import engine_opened
from bot.database.tables import Conversation, State
from bot.database.versions import put as put_value
from bot.findings import Check
from bot.findings_of_keeping import of_keeping
from bot.settings import Settings
from tests.bot.database.exchanges import exchange, put
from tests.servers.databases import settings_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found: Settings = settings_of(tmp_path / "data")
    return found


def said(settings: Settings) -> dict[str, str]:
    """Return the phrase of each check; both languages can say it and what to do."""
    checks: list[Check] = list(of_keeping(settings))
    assert all(check.said(language) for check in checks for language in ("ko", "en"))
    assert all(bool(check.advised("ko")) == (check.state != "ok") for check in checks)
    return {check.name: check.phrase for check in checks}


def begun(settings: Settings, at: datetime) -> None:
    with engine_opened(settings) as (_, sessions):
        put(sessions, exchange(name="c"))
        with sessions.begin() as session:
            session.execute(sa.update(Conversation).values(created_at=at))


def test_a_new_database_needs_nothing(settings: Settings) -> None:
    assert said(settings) == {"backup": "doctor.no_backup"}
    begun(settings, now() - timedelta(hours=3))
    assert said(settings) == {"backup": "doctor.no_backup"}


def test_without_a_backup_and_retention_for_days_it_says_so(settings: Settings) -> None:
    begun(settings, now() - timedelta(days=8))
    with engine_opened(settings) as (_, sessions):
        assert [check.state for check in of_keeping(settings)] == ["note", "note"]
        assert said(settings) == {"backup": "doctor.no_backup", "retention": "doctor.retention_late"}
        retention.run(sessions.kw["bind"], sessions, settings, actor="schedule")
    assert said(settings)["retention"] == "doctor.retention"


def test_the_last_backup_is_named(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite3"
    file.write_bytes(b"")
    with engine_opened(settings) as (engine, sessions):
        remember(engine, file)
        assert said(settings)["backup"] == "doctor.backup"
        (check,) = of_keeping(settings)
        assert str(file) in check.said("ko")
        file.unlink()
        assert said(settings)["backup"] == "doctor.backup_moved"
        with sessions.begin() as session:
            old = {"file": str(file), "at": (now() - timedelta(days=8)).isoformat()}
            put_value(session, MADE, json.dumps([old]))
        assert said(settings)["backup"] == "doctor.backup_old"
        for n in range(60):
            remember(engine, tmp_path / f"{n}.sqlite3")
        with sessions() as session:
            kept = json.loads(session.get_one(State, MADE).value)
    assert len(kept) == 50
    assert kept[-1]["file"].endswith("59.sqlite3")
