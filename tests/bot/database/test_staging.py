"""Versions are written one after the other, whoever writes them: nothing is lost, each is compared with the last."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session, sessionmaker

from bot.database import aliases, originals, staging, version_rows, versions
from bot.database.documents import VERSIONS
from bot.database.engine import open_engine, sessions_for
from bot.database.migrating import require_current
from bot.database.staging import Staged, Upload
from bot.settings import Settings
from knowledge.splitting import Draft

Sessions = sessionmaker[Session]


def draft(key: str, answer: str = "네 그렇습니다", **more: object) -> Draft:
    return Draft(key, answer, "ko", question=f"{key}인가요?", row=1, **more)  # type: ignore[arg-type]


def stage(sessions: Sessions, *drafts: Draft, publish: bool = True, live: bool = True, data: bytes = b"") -> Staged:
    with sessions.begin() as session:
        upload = Upload("faq.csv", "sha-" + "".join(d.answer for d in drafts), "csv", "[]", drafts, data)
        staged = staging.stage(session, upload, publish=publish)
        if publish and live and staged.version:
            versions.publish(session, staged.version)
    return staged


def request(sessions: Sessions, version: int) -> None:
    with sessions.begin() as session:
        change = versions.raise_change(session)
        row = version_rows.one(session, version)
        assert row is not None
        staging.request(session, row, change)
        versions.publish(session, version)


def test_staged_is_compared_anew_when_it_is_asked_for(sessions: Sessions) -> None:
    stage(sessions, draft("a"), draft("b"))
    waiting = stage(sessions, draft("a"), draft("c"), publish=False)
    assert (waiting.added, waiting.changed, waiting.removed) == (1, 0, 1)
    stage(sessions, draft("a", "이제 아닙니다"), draft("b"))
    request(sessions, waiting.version or 0)
    with sessions() as session:
        (live, overtook, first) = version_rows.history(session, waiting.document)
    assert (live.id, live.number, live.added, live.changed, live.removed) == (waiting.version, 4, 1, 1, 1)
    assert (overtook.number, overtook.state, first.number, first.state) == (3, "superseded", 1, "superseded")
    assert (live.base, overtook.base, first.base) == (overtook.id, first.id, None)


def test_only_what_was_asked_for_is_published(sessions: Sessions) -> None:
    waiting = stage(sessions, draft("a"), publish=False)
    with sessions.begin() as session:
        versions.publish(session, waiting.version or 0)
        assert versions.requested(session) == []
        assert versions.pending(session) == [waiting.version]
    with sessions() as session:
        assert version_rows.basis(session, waiting.document) is None


def test_rows_and_places_of_a_version_are_told_again(sessions: Sessions) -> None:
    made = Draft("k", "네", "ko", question="되나요?", audience=("a",), aliases=("다른 말",), row=7, sheet="요금")
    staged = stage(sessions, made)
    with sessions() as session:
        said = version_rows.entries(session, staged.version)
    assert said.drafts == (made,)
    assert (said.drafts[0].row, said.drafts[0].sheet) == (7, "요금")
    assert said.hashes == (staging.content_hash(made),)


def test_a_file_is_kept_once_and_as_long_as_a_version_needs_it(sessions: Sessions) -> None:
    first = stage(sessions, draft("a"), data=b"first")
    stage(sessions, draft("b", "아니요 아닙니다"), data=b"second")
    with sessions.begin() as session:
        row = version_rows.one(session, first.version or 0)
        assert row is not None
        staging.restore(session, row, "", versions.raise_change(session))
        originals.drop_unused(session)
        assert session.execute(text("SELECT count(*) FROM originals")).scalar_one() == 2
        assert originals.original(session, row.sha256) == b"first"
        assert originals.size_of(session, first.document) == 11
        versions.remove(session, first.document)
        assert originals.original(session, row.sha256) is None


def test_the_alias_goes_with_the_entry(sessions: Sessions) -> None:
    staged = stage(sessions, draft("a"), draft("b"))
    with sessions.begin() as session:
        change = versions.raise_change(session)
        assert aliases.add(session, staged.document, "a", "다른 말", "kim", change)
        assert not aliases.add(session, staged.document, "a", "다른 말!", "kim", change)
        aliases.move(session, staged.document, {"a": "b", "b": "a"}, change)
        (row,) = aliases.listed(session)
        assert (row.key, row.question) == ("b", "b인가요?")
        assert aliases.remove(session, 99, change) is None


# --- several at once --------------------------------------------------------------------------------------------


def at_once(count: int, work: Callable[[int], object]) -> None:
    failed: list[BaseException] = []

    def run(at: int) -> None:
        try:
            work(at)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    threads = [threading.Thread(target=run, args=(at,)) for at in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []


def assert_in_line(sessions: Sessions, count: int) -> None:
    """Each version was compared with the one before it, and nothing is missing."""
    with sessions() as session:
        rows = session.execute(
            select(VERSIONS.c.number, VERSIONS.c.id, VERSIONS.c.base).order_by(VERSIONS.c.number)
        ).all()
        assert versions.change_number(session) == count
    assert [row.number for row in rows] == list(range(1, count + 1))
    assert [row.base for row in rows] == [None, *[row.id for row in rows][:-1]]


def test_threads_write_one_after_the_other(sessions: Sessions) -> None:
    at_once(6, lambda at: [stage(sessions, draft("a"), draft(f"{at}-{turn}")) for turn in range(5)])
    assert_in_line(sessions, 30)


def test_who_reads_before_writing_waits_for_the_turn(sessions: Sessions) -> None:
    """Without that, SQLite refuses one of the two: "database is locked"."""
    if sessions.kw["bind"].dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    with sessions.begin() as session:
        versions.put(session, "count", "0")

    def count(_: int) -> None:
        for _turn in range(20):
            with sessions.begin() as session:
                seen = int(versions.value(session, "count") or 0)
                versions.put(session, "count", str(seen + 1))

    at_once(6, count)
    with sessions() as session:
        assert versions.value(session, "count") == "120"


def test_what_fails_is_taken_back(sessions: Sessions) -> None:
    def fail() -> None:
        with sessions.begin() as session:
            versions.raise_change(session)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with sessions.begin() as session:
        assert versions.change_number(session) == 0


STAGE = """
import sys
from pathlib import Path
from tests.bot.database.test_staging import draft, stage
from bot.database.engine import open_engine, sessions_for
from bot.settings import Settings
sessions = sessions_for(open_engine(Settings(data=Path(sys.argv[1]))))
for turn in range(8):
    stage(sessions, draft("a"), draft(f"{sys.argv[2]}-{turn}"))
"""


def test_processes_write_one_after_the_other(tmp_path: Path) -> None:
    engine: Engine = open_engine(Settings(data=tmp_path))
    require_current(engine)
    processes = [
        subprocess.Popen([sys.executable, "-c", STAGE, tmp_path, str(at)], stderr=subprocess.PIPE) for at in range(3)
    ]
    for process in processes:
        _, said = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, b"")
    assert_in_line(sessions_for(engine), 24)
    engine.dispose()
