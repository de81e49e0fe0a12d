"""Opening the database, and its revisions up and down, on SQLite and PostgreSQL."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from bot.database import engine as database
from bot.database.copies import copies_of
from bot.database.engine import HEAD, current, is_current, open_engine
from bot.database.migrating import downgrade, require_current, revisions, upgrade
from bot.database.tables import Moment, Table
from bot.errors import DataError, SettingsError
from bot.phrases import say
from bot.settings import Settings
from tests.bot.database.conftest import settings_for

ROOT = Path(__file__).parents[3]


def sentences(error: DataError | SettingsError) -> str:
    """Both languages can be said, in one line each."""
    said = [say(error.phrase, language, **error.values) for language in ("ko", "en")]
    assert all("\n" not in line for line in said)
    return " ".join(said)


# --- revisions --------------------------------------------------------------------------------------------------


def test_there_is_one_head_and_the_program_knows_it() -> None:
    assert revisions()[0] == HEAD
    assert len(revisions()) == len(set(revisions()))
    assert len(list((ROOT / "alembic/versions").glob("*.py"))) == len(revisions())


def test_the_folder_does_not_hide_the_library() -> None:
    assert not Path(ROOT / "alembic/__init__.py").exists()
    assert not Path(ROOT / "alembic/versions/__init__.py").exists()


def test_revisions_import_nothing_of_ours() -> None:
    for path in (ROOT / "alembic/versions").glob("*.py"):
        text = path.read_text("utf-8")
        assert "import bot" not in text
        assert "from bot" not in text


def described(_item: object, name: str | None, *_rest: object) -> bool:
    """Leave out the full-text index of what was said: each database has its own, which no model describes."""
    return not (name or "").startswith(("said_index", "ix_said_grams"))


def test_the_tables_are_what_the_migrations_make(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": described}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Table.metadata) == []


def test_up_down_and_up_again(empty: Engine) -> None:
    assert current(empty) is None
    for revision in reversed(revisions()):
        upgrade(empty, revision)
        assert current(empty) == revision
    assert is_current(empty)
    assert upgrade(empty) is None, "nothing to do, nothing copied"
    for _ in revisions():
        downgrade(empty)
    assert current(empty) is None
    assert set(sa.inspect(empty).get_table_names()) <= {"alembic_version"}
    require_current(empty)
    assert is_current(empty)


def test_what_is_at_head_starts_without_alembic(settings: Settings, engine: Engine) -> None:
    engine.dispose()
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    program = (
        "import sys; from pathlib import Path; from bot.settings import Settings\n"
        "from bot.database.engine import open_engine\nfrom bot.database.migrating import require_current\n"
        "require_current(open_engine(Settings(data=Path(sys.argv[1]), database_url=sys.argv[2] or None)))\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(settings.data), url], cwd=ROOT, check=True)


def test_an_older_database_is_not_touched_by_a_start(empty: Engine) -> None:
    require_current(empty)
    with empty.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'f00d'")
    with pytest.raises(DataError) as caught:
        require_current(empty)
    assert caught.value.phrase == "database.newer"
    for step in (upgrade, downgrade):
        with pytest.raises(DataError) as caught:
            step(empty)
        assert caught.value.phrase == "database.newer"
    assert "f00d" in sentences(caught.value)
    assert current(empty) == "f00d"


def test_an_unknown_revision_is_one_sentence(engine: Engine) -> None:
    with pytest.raises(DataError) as caught:
        downgrade(engine, "어제")
    assert "어제" in sentences(caught.value)
    assert HEAD in sentences(caught.value)
    assert is_current(engine)


@pytest.fixture
def later(tmp_path: Path) -> Callable[[str], Path]:
    """Return a migrations folder with one more revision, whose upgrade does what is given."""

    def write(upgrade_body: str, downgrade_body: str = "pass") -> Path:
        folder = tmp_path / "later 100%"
        (folder / "versions").mkdir(parents=True)
        (folder / "env.py").write_text((ROOT / "alembic/env.py").read_text("utf-8"), "utf-8")
        for step in (ROOT / "alembic/versions").glob("0*.py"):
            (folder / "versions" / step.name).write_text(step.read_text("utf-8"), "utf-8")
        (folder / "versions/9999_next.py").write_text(
            f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "9999"\ndown_revision = "{HEAD}"\n\n'
            f"def upgrade():\n    {upgrade_body}\n\ndef downgrade():\n    {downgrade_body}\n",
            "utf-8",
        )
        return folder

    return write


ADD_COLUMN = """with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("team", sa.String(40)))"""
DROP_COLUMN = """with op.batch_alter_table("people") as table:
        table.drop_column("team")"""
PERSON = "INSERT INTO people (channel, external_id, name, created_at) VALUES ('web', 'u1', '김하나', '2026-11-24')"


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in sa.inspect(engine).get_columns("people")}


def test_a_step_keeps_the_rows_and_what_hangs_on_them(engine: Engine, later: Callable[..., Path]) -> None:
    """SQLite makes a table anew to change it; that must not empty the tables that point to it."""
    folder = later(ADD_COLUMN, DROP_COLUMN)
    with engine.begin() as connection:
        connection.exec_driver_sql(PERSON)
        connection.exec_driver_sql(
            "INSERT INTO conversations (id, channel, external_id, person_id, audience, created_at, updated_at) "
            "SELECT 'c1', 'web', 'c1', id, '[]', '2026-11-24', '2026-11-24' FROM people"
        )
    for step, held in ((upgrade, True), (downgrade, False)):
        copy = step(engine, folder=folder)
        assert ("team" in columns(engine)) is held
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT name FROM people").scalar() == "김하나"
            assert connection.exec_driver_sql("SELECT person_id FROM conversations").scalar() is not None
            if engine.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert (copy is not None) is (engine.dialect.name == "sqlite")


@pytest.mark.parametrize("failing", ["op.execute('INSERT INTO nowhere VALUES (1)')", "raise ValueError('bad row')"])
def test_a_step_that_fails_leaves_everything_as_it_was(
    engine: Engine, later: Callable[..., Path], failing: str
) -> None:
    folder = later(f"{ADD_COLUMN}\n    op.execute('DELETE FROM people')\n    {failing}")
    with engine.begin() as connection:
        connection.exec_driver_sql(PERSON)
    with pytest.raises(DataError) as caught:
        upgrade(engine, folder=folder)
    assert caught.value.phrase == "database.migration_failed"
    assert f"it is at {HEAD} now" in sentences(caught.value)
    assert current(engine) == HEAD
    assert "team" not in columns(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM people").scalar() == "김하나"


def test_a_step_that_leaves_rows_pointing_nowhere_is_taken_back(tmp_path: Path, later: Callable[..., Path]) -> None:
    """On SQLite; PostgreSQL refuses the statement itself."""
    engine = open_engine(Settings(data=tmp_path / "d"))
    require_current(engine)
    folder = later('op.execute("INSERT INTO version_passages (version_id, position, passage_id) VALUES (7, 0, 7)")')
    with pytest.raises(DataError, match="do not exist"):
        upgrade(engine, folder=folder)
    assert current(engine) == HEAD
    engine.dispose()


def test_a_sqlite_file_is_copied_before_it_is_changed(tmp_path: Path, later: Callable[..., Path]) -> None:
    engine = open_engine(Settings(data=tmp_path / "d"))
    assert upgrade(engine) is None, "there was nothing to copy"
    with engine.begin() as connection:
        connection.exec_driver_sql(PERSON)
    copy = upgrade(engine, folder=later(ADD_COLUMN))
    engine.dispose()
    assert copy is not None
    for file in (copy, tmp_path / "d/dapbot.sqlite3"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert copies_of(tmp_path / "d/dapbot.sqlite3") == [copy]
    with sqlite3.connect(copy) as old:
        assert old.execute("SELECT name FROM people").fetchall() == [("김하나",)]
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    old.close()
    assert [p.name for p in copy.parent.iterdir() if p.name.startswith(copy.name)] == [copy.name], "one file"


def test_processes_that_start_together_make_the_tables_once(settings: Settings) -> None:
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    program = (
        "import sys; from pathlib import Path; from bot.settings import Settings\n"
        "from bot.database.engine import open_engine, is_current\nfrom bot.database.migrating import require_current\n"
        "import alembic.command\n"
        "engine = open_engine(Settings(data=Path(sys.argv[1]), database_url=sys.argv[2] or None))\n"
        "sys.stdin.read(1); require_current(engine); assert is_current(engine)"
    )
    command = [sys.executable, "-c", program, str(settings.data), url]
    started = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    outputs = []
    threads = [threading.Thread(target=lambda p=p: outputs.append(p.communicate(b"\n")[1])) for p in started]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == [b"", b""]


# --- opening ----------------------------------------------------------------------------------------------------


def test_sqlite_is_opened_for_many_readers_and_a_writer(tmp_path: Path) -> None:
    engine = open_engine(Settings(data=tmp_path / "새 폴더/안쪽"))
    with engine.connect() as connection:
        found = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "foreign_keys")}
        assert found == {"journal_mode": "wal", "foreign_keys": 1}
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_MS
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:hunter2@localhost/x",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://u:hunter2@h:port/x",
        "hunter2",
        "sqlite+aiosqlite:///x",
    ],
)
def test_another_kind_of_database_is_refused_without_showing_the_address(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_engine(Settings(data=tmp_path, database_url=url))
    assert "DAPBOT_DATABASE_URL" in sentences(caught.value)
    assert "hunter2" not in sentences(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_is_understood(tmp_path: Path, scheme: str) -> None:
    settings = Settings(data=tmp_path, database_url=f"{scheme}://u:p@h:5433/%ED%95%9C?sslmode=require")
    url = database.database_url(settings)
    assert (url.drivername, url.host, url.port, url.database) == ("postgresql+psycopg", "h", 5433, "한")
    assert url.query == {"sslmode": "require"}


def test_a_server_that_does_not_answer_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        open_engine(Settings(data=tmp_path, database_url="postgres://dapbot:hunter2@127.0.0.1:1/dapbot"))
    said = sentences(caught.value)
    assert "127.0.0.1:1/dapbot" in said
    assert "hunter2" not in said


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "dapbot.sqlite3").write_text("이것은 데이터베이스가 아닙니다. " * 100, "utf-8")
    with pytest.raises(DataError) as caught:
        open_engine(Settings(data=tmp_path))
    assert "dapbot.sqlite3" in sentences(caught.value)


def test_a_missing_folder_of_a_named_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        open_engine(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/x.db"))
    assert "nowhere" in sentences(caught.value)


def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    for folder in (tmp_path / "data", tmp_path / "data/inside"):
        with pytest.raises(DataError) as caught:
            open_engine(Settings(data=folder))
        assert str(folder) in sentences(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions here")
def test_a_folder_without_permission_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path if os.geteuid() else Path("/proc/dapbot")  # root may write everywhere but there
    if os.geteuid():
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o500)
    with pytest.raises(DataError) as caught:
        open_engine(Settings(data=folder))
    assert str(folder) in sentences(caught.value)


def test_a_missing_driver_is_one_sentence(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pathlib import Path; from bot.settings import Settings; from bot.database.engine import open_engine\n"
        "from bot.errors import SettingsError\n"
        "try: open_engine(Settings(data=Path(sys.argv[1]), database_url='postgresql://h/x'))\n"
        "except SettingsError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "dapbot[postgres]" in done.stdout


def test_the_bot_goes_on_after_the_server_was_restarted(tmp_path: Path) -> None:
    settings = settings_for("postgresql", tmp_path)
    engine, other = open_engine(settings), open_engine(settings)
    require_current(engine)
    with other.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert is_current(engine)
    engine.dispose()
    other.dispose()


def test_authors_can_use_alembic_itself(tmp_path: Path) -> None:
    """On their own database, kept whole as by ``dapbot database upgrade``."""
    surroundings = os.environ | {"DAPBOT_DATA": str(tmp_path / "d")}
    for command in (["upgrade", "head"], ["check"]):
        called = [sys.executable, "-m", "alembic", *command]
        subprocess.run(called, cwd=ROOT, env=surroundings, check=True, capture_output=True)
    engine = open_engine(Settings(data=tmp_path / "d"))
    assert is_current(engine)
    engine.dispose()


# --- types ------------------------------------------------------------------------------------------------------


def test_times_are_utc_on_both(engine: Engine) -> None:
    seoul = timezone(timedelta(hours=9))
    table = sa.Table("moments", sa.MetaData(), sa.Column("at", Moment))
    table.create(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"at": datetime(2026, 11, 24, 9, tzinfo=seoul)}, {"at": None}])
        assert connection.scalars(sa.select(table.c.at)).all() == [datetime(2026, 11, 24, tzinfo=UTC), None]
