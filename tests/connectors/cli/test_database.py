"""`dapbot database` as an admin types it, in Korean and English."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot.database.engine import HEAD, open_engine, sessions_for
from bot.database.tables import Answer, Conversation
from bot.inbox import Inbox, Incoming
from bot.messages import Message
from bot.owner import Ownership
from tests.bot.database.exchanges import exchange, put
from tests.connectors.cli.conftest import Dapbot
from tests.servers.databases import rows, settings_of


@pytest.fixture
def dapbot(database: Dapbot) -> Dapbot:
    return database


@contextmanager
def opened(data: Path) -> Iterator[Engine]:
    engine = open_engine(settings_of(data))
    yield engine
    engine.dispose()


def said(data: Path, *questions: str, person: str = "kim@example.com") -> None:
    engine = open_engine(settings_of(data))
    put(sessions_for(engine), *(exchange(question, name="c", person=person) for question in questions))
    engine.dispose()


def questions(data: Path) -> list[str]:
    return [text for (text,) in rows(data, "SELECT text FROM turns WHERE role = 'person' ORDER BY position")]


def test_the_life_of_a_database(dapbot: Dapbot, data: Path) -> None:
    assert dapbot("upgrade") == (0, f"데이터베이스를 만들었습니다({HEAD}).\n", "")
    assert dapbot("upgrade") == (0, f"데이터베이스가 이미 최신입니다({HEAD}).\n", "")
    said(data, "환불은 얼마나 걸리나요?")
    code, out, _ = dapbot("backup", data.parent / "백업.sqlite3")
    assert code == 0
    assert "대화 1개(말 2개)" in out
    said(data, "배송은요?")
    code, out, _ = dapbot("restore", data.parent / "백업.sqlite3", "--yes")
    assert code == 0
    assert "대화 1개(말 2개)" in out
    assert "dapbot.replaced." in out
    assert questions(data) == ["환불은 얼마나 걸리나요?"]
    code, out, err = dapbot("erase-person", "kim@example.com", "--yes")
    assert code == 0
    assert "1번 web kim@example.com: 대화 1개, 말 2개, 답변 1개, 평가 0개" in out
    assert "dapbot.replaced." in err, "the copy that still holds it is named"
    assert questions(data) == []
    code, out, _ = dapbot("downgrade", "--yes")
    assert (code, out.splitlines()[0]) == (0, f"데이터베이스를 {HEAD}에서 0002(으)로 바꿨습니다.")
    code, out, _ = dapbot("downgrade", "base", "--yes")
    assert (code, out.splitlines()[0]) == (0, "데이터베이스에 표가 하나도 없습니다.")


def test_a_backup_into_a_folder_is_named_by_the_date(dapbot: Dapbot, data: Path) -> None:
    dapbot("upgrade")
    code, out, _ = dapbot("backup", data.parent)
    assert code == 0
    (file,) = data.parent.glob("dapbot-2*.sqlite3")
    assert str(file) in out


@pytest.mark.parametrize("command", [("erase-person", "kim@example.com"), ("downgrade",), ("restore", "b")])
def test_what_cannot_be_undone_is_not_done_without_a_word(dapbot: Dapbot, data: Path, command: tuple[str, ...]) -> None:
    dapbot("upgrade")
    said(data, "질문")
    dapbot("backup", "b")
    code, _, err = dapbot(*command)
    assert code == 1
    assert "--yes" in err
    assert "Traceback" not in err
    assert questions(data) == ["질문"]


def test_errors_are_one_sentence(dapbot: Dapbot, data: Path) -> None:
    dapbot("upgrade")
    (data.parent / "사진.png").write_bytes(b"\x89PNG")
    for command in (
        ("backup", data.parent / "nowhere/b"),
        ("restore", data.parent / "nowhere", "--yes"),
        ("restore", data.parent / "사진.png", "--yes"),
        ("erase-person", "nobody", "--yes"),
        ("downgrade", "yesterday", "--yes"),
    ):
        code, out, err = dapbot(*command)
        assert (code, out, err.count("\n")) == (1, "", 1), err


def test_nothing_is_changed_under_a_server(dapbot: Dapbot, data: Path) -> None:
    dapbot("upgrade")
    said(data, "질문")
    dapbot("backup", "b")
    with Ownership(data) as server:
        assert server.take()
        for command in (("restore", "b", "--yes"), ("downgrade", "--yes")):
            code, _, err = dapbot(*command)
            assert code == 1
            assert "다른 Dapbot이 일하고 있습니다" in err
        assert dapbot("upgrade")[0] == 0, "nothing to do"
        assert dapbot("backup", "while-it-runs")[0] == 0
        assert dapbot("erase-person", "1", "--yes")[0] == 0
    assert questions(data) == []


def test_english_as_well(dapbot: Dapbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "en")
    assert dapbot("upgrade")[1] == f"The database was made ({HEAD}).\n"
    assert dapbot("erase-person", "nobody")[2].startswith("Nobody is known as nobody.")


def test_a_wrong_setting_is_one_sentence(dapbot: Dapbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_DATABASE_URL", "mysql://root:hunter2@localhost/x")
    code, _, err = dapbot("upgrade")
    assert (code, err.count("\n")) == (1, 1)
    assert "DAPBOT_DATABASE_URL" in err
    assert "hunter2" not in err


def test_what_is_old_goes_by_a_word(dapbot: Dapbot, data: Path) -> None:
    dapbot("upgrade")
    assert dapbot("retain") == (0, "지울 것이 없습니다(180일 보관).\n", "")
    said(data, "오래된 질문")
    with opened(data) as engine, sessions_for(engine).begin() as session:
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        session.execute(sa.update(Answer).values(created_at=long_ago))
        session.execute(sa.update(Conversation).values(created_at=long_ago, updated_at=long_ago))
    code, out, _ = dapbot("retain", "--dry-run")
    assert code == 0
    assert out.splitlines() == ["보관 기간(180일)이 지나 지울 것입니다. 아직 지우지 않았습니다.", "  답변: 1"]
    assert questions(data) == ["오래된 질문"]
    code, out, _ = dapbot("retain", "--compact")
    assert code == 0
    assert out.splitlines() == ["보관 기간(180일)이 지난 것을 지웠습니다.", "  답변: 1", "  대화: 1"]
    assert questions(data) == []


def test_whoever_is_erased_is_told_of_in_full(dapbot: Dapbot, data: Path) -> None:
    """The backup that was moved away is named; messages that wait count, and a way back would lose them."""
    dapbot("upgrade")
    said(data, "질문")
    dapbot("backup", data.parent / "a.sqlite3")
    dapbot("backup", data.parent / "b.sqlite3")
    (data.parent / "b.sqlite3").rename(data.parent / "elsewhere")
    with opened(data) as engine:
        Inbox(sessions_for(engine)).accept(Incoming("mail:1", Message("질문", "web", "c", "kim@example.com")))
    code, _, err = dapbot("downgrade", "--yes")
    assert (code, "1개" in err, "--force" in err) == (1, True, True)
    code, out, err = dapbot("erase-person", "kim@example.com", "--yes")
    assert code == 0
    assert "받은 메시지 1개" in out
    assert "  받은 메시지: 1" in out.splitlines()
    assert f"  {data.parent / 'a.sqlite3'}" in err.splitlines()
    assert f"  {data.parent / 'b.sqlite3'} (" in err, "nobody could look into it"
    assert dapbot("erase-person", "kim@example.com", "--yes")[0] == 1
    assert dapbot("downgrade", "--yes")[0] == 0


def test_a_way_back_is_forced(dapbot: Dapbot, data: Path) -> None:
    dapbot("upgrade")
    with opened(data) as engine:
        Inbox(sessions_for(engine)).accept(Incoming("mail:1", Message("질문", "web", "c", "kim@example.com")))
    assert dapbot("downgrade", "--yes")[0] == 1
    assert dapbot("downgrade", "--yes", "--force")[0] == 0
