"""A backup holds everything, from either database to either; what is restored replaces all or nothing."""

import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot.database.backup import Holding, back_up, check, restore
from bot.database.copies import copies_of
from bot.database.engine import HEAD, current, is_current, open_engine, sessions_for
from bot.database.migrating import require_current
from bot.database.tables import Document, PassageRow, Person, State, Table, Turn, Version, VersionPassage
from bot.database.versions import identity
from bot.errors import DataError, UserError
from bot.owner import Ownership
from bot.phrases import say
from bot.settings import Settings
from tests.bot.database.conftest import settings_for
from tests.bot.database.exchanges import exchange, put

Fill = Callable[[Engine], None]


def one_sentence(error: DataError | UserError) -> str:
    return " ".join(say(error.phrase, language, **error.values) for language in ("ko", "en"))


def fill(engine: Engine) -> None:
    """Put something into every table."""
    sessions = sessions_for(engine)
    put(
        sessions,
        exchange("환불은 얼마나 걸리나요? 😀", name="c1", person="kim@example.com"),
        exchange("How long?", name="c2"),
    )
    with sessions.begin() as session:
        session.add(Document(id=7, name="자주 묻는 질문.csv", current_version=9))
        session.flush()
        session.add(
            Version(
                id=9, document_id=7, number=1, sha256="a", state="published", filename="f", kind="csv", reading="[]"
            )
        )
        session.add(
            PassageRow(
                id=4,
                document_id=7,
                key="환불-1",
                content_hash="h",
                question="환불은 언제 되나요?",
                answer="사흘 안에 돼요.",
                aliases=["돈은 언제 돌려받나요?"],
                language="ko",
                audience=["직원"],
                valid_from=date(2026, 11, 1),
            )
        )
        session.flush()
        session.add(VersionPassage(version_id=9, position=0, passage_id=4))
        identity(session)


def rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Return everything but the identity, which a restored database has anew, and when it was restored."""
    with engine.connect() as connection:
        found = {
            table.name: [
                dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Table.metadata.sorted_tables
        }
    found["state"] = [row for row in found["state"] if row["name"] not in ("database", "restored")]
    return found


def opened(settings: Settings) -> Engine:
    engine = open_engine(settings)
    require_current(engine)
    return engine


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_everything_comes_back_on_either_database(engine: Engine, tmp_path: Path, target: str) -> None:
    fill(engine)
    held = back_up(engine, tmp_path / "백업.sqlite3")
    assert held == Holding(conversations=2, turns=4, documents=1, passages=1)
    settings = settings_for(target, tmp_path / "another")
    restored = restore(settings, tmp_path / "백업.sqlite3")
    assert (restored.holding, restored.revision, restored.replaced) == (held, HEAD, None)
    other = open_engine(settings)
    assert is_current(other)
    assert rows(other) == rows(engine)
    with sessions_for(other)() as session, sessions_for(engine)() as original:
        assert identity(session) != identity(original), "indexes of the one are not taken for the other's"
    with sessions_for(other).begin() as session:  # the counters go on behind the rows that came with their ids
        session.add_all([Person(channel="web", external_id="lee"), Document(name="새 문서")])
    with sessions_for(other)() as session:
        assert session.scalar(sa.select(sa.func.max(Document.id))) == 8
    put(sessions_for(other), exchange("그 다음 질문", name="c1", person="kim@example.com"))
    other.dispose()


def test_what_is_replaced_is_kept_aside_and_can_be_brought_back(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    fill(engine)
    before = rows(engine)
    back_up(engine, tmp_path / "b")
    put(sessions_for(engine), exchange("백업 뒤의 질문", name="c3"))
    after = rows(engine)
    restored = restore(settings, tmp_path / "b")
    assert restored.replaced is not None
    assert restored.replaced.parent == settings.data
    assert rows(engine) == before
    restore(settings, restored.replaced)
    assert rows(engine) == after


def test_a_backup_is_one_file_for_its_owner_only(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / ".b.sqlite3.part").write_text("left by a power cut")
    back_up(engine, folder / "b.sqlite3")
    assert [path.name for path in folder.iterdir()] == ["b.sqlite3"]
    assert stat.S_IMODE((folder / "b.sqlite3").stat().st_mode) == 0o600
    folder.chmod(0o500)
    check(folder / "b.sqlite3")
    assert [path.name for path in folder.iterdir()] == ["b.sqlite3"]


def test_a_backup_is_whole_while_others_write(engine: Engine, tmp_path: Path) -> None:
    """Each answer has both of its turns in it, whenever the backup is taken."""
    stop = threading.Event()
    sessions = sessions_for(engine)

    def write() -> None:
        while not stop.is_set():
            put(sessions, exchange("질문", name="c", person="kim"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        held = [back_up(engine, tmp_path / f"b{n}") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for n, found in enumerate(held):
        with closing(sqlite3.connect(tmp_path / f"b{n}")) as copy:
            assert copy.execute("SELECT count(*) FROM turns").fetchone() == (found.turns,)
            assert copy.execute("SELECT 2 * count(*) FROM answers").fetchone() == (found.turns,)
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert held[2].turns > held[0].turns


# --- what cannot be backed up or restored -----------------------------------------------------------------------


def test_a_backup_writes_over_nothing(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("important")
    with pytest.raises(UserError) as caught:
        back_up(engine, tmp_path / "b")
    assert str(tmp_path / "b") in one_sentence(caught.value)
    assert (tmp_path / "b").read_text() == "important"


def test_a_backup_into_a_folder_that_is_not_there_is_one_sentence(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        back_up(engine, tmp_path / "nowhere/b")
    assert "nowhere" in one_sentence(caught.value)


def test_an_empty_database_is_not_backed_up(empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        back_up(empty, tmp_path / "b")
    assert caught.value.phrase == "backup.nothing"


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data")
    engine = opened(settings)
    fill(engine)
    engine.dispose()
    return settings


def refused(settings: Settings, source: Path) -> UserError | DataError:
    """Restore, expect a refusal, and that nothing was changed or left behind."""
    engine = open_engine(settings)
    before = rows(engine)
    files = {path.name for path in settings.data.iterdir()} | {"owner.lock"}
    with pytest.raises((UserError, DataError)) as caught:
        restore(settings, source)
    assert rows(engine) == before
    engine.dispose()
    assert {path.name for path in settings.data.iterdir()} <= files | {"dapbot.sqlite3-wal", "dapbot.sqlite3-shm"}
    assert str(source) in one_sentence(caught.value) or caught.value.phrase == "database.newer"
    return caught.value


def test_a_file_that_is_no_backup_is_refused(here: Settings, tmp_path: Path) -> None:
    wrong = tmp_path / "사진.png"
    for content in (b"", b"\x89PNG\r\n", "질문,답변\n".encode("cp949")):
        wrong.write_bytes(content)
        assert refused(here, wrong).phrase == "backup.not_one"
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    assert refused(here, tmp_path / "other.sqlite3").phrase == "backup.not_one"
    assert refused(here, tmp_path / "없는 파일").phrase == "backup.cannot_read"
    assert refused(here, tmp_path).phrase == "backup.cannot_read"


@pytest.mark.parametrize("kept", [20, 100, 4096, 50_000, 0.5, 0.99])
def test_a_backup_that_is_cut_short_is_refused(here: Settings, tmp_path: Path, kept: float) -> None:
    engine = open_engine(here)
    back_up(engine, tmp_path / "b")
    engine.dispose()
    whole = (tmp_path / "b").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    assert refused(here, tmp_path / "cut").phrase == "backup.damaged"


def test_a_backup_with_a_damaged_page_is_refused(here: Settings, tmp_path: Path) -> None:
    engine = open_engine(here)
    back_up(engine, tmp_path / "b")
    engine.dispose()
    data = bytearray((tmp_path / "b").read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    (tmp_path / "b").write_bytes(data)
    assert refused(here, tmp_path / "b").phrase == "backup.damaged"


def test_a_backup_of_a_newer_program_is_refused(here: Settings, tmp_path: Path) -> None:
    engine = open_engine(here)
    back_up(engine, tmp_path / "b")
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "b")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "9999" in one_sentence(refused(here, tmp_path / "b"))


def test_nothing_is_restored_under_a_server(here: Settings, tmp_path: Path) -> None:
    engine = open_engine(here)
    back_up(engine, tmp_path / "b")
    engine.dispose()
    with Ownership(here.data) as server:
        assert server.take()
        with pytest.raises(UserError) as caught:
            restore(here, tmp_path / "b")
    assert caught.value.phrase == "backup.in_use"


def test_a_broken_database_is_moved_away_and_replaced(here: Settings, tmp_path: Path) -> None:
    engine = open_engine(here)
    before = rows(engine)
    back_up(engine, tmp_path / "b")
    engine.dispose()
    (here.data / "dapbot.sqlite3").write_bytes("망가진 파일".encode() * 1_000)
    with pytest.raises(DataError):
        open_engine(here)
    restored = restore(here, tmp_path / "b")
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == "망가진 파일".encode() * 1_000
    engine = open_engine(here)
    assert rows(engine) == before
    engine.dispose()


def test_copies_are_found_again(here: Settings, tmp_path: Path) -> None:
    engine = open_engine(here)
    back_up(engine, tmp_path / "b")
    engine.dispose()
    kept = [restore(here, tmp_path / "b").replaced for _ in range(2)]
    assert copies_of(here.data / "dapbot.sqlite3") == sorted(path for path in kept if path)
    assert len(set(kept)) == 2


def test_the_moment_survives_the_way_over_either_database(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    back_up(engine, tmp_path / "b")
    settings = Settings(data=tmp_path / "another")
    restore(settings, tmp_path / "b")
    other = open_engine(settings)
    with sessions_for(other)() as session:
        at = session.scalars(sa.select(Turn.created_at)).first()
    assert at is not None
    assert abs(datetime.now(UTC) - at).total_seconds() < 60
    assert current(other) == HEAD
    with sessions_for(other)() as session:
        assert set(session.scalars(sa.select(State.name))) == {"database", "restored"}
    other.dispose()
