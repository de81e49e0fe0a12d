"""`dapbot inbox`, `pause`, `resume`: what waits and what went wrong, in words and as JSON; on whichever database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.database.inbox_statements import INBOX
from bot.database.opening import opened
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.messages import Message
from tests.servers.databases import run, settings_of

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    return tmp_path / "data"


@contextmanager
def inbox_of(folder: Path) -> Iterator[Inbox]:
    with opened(settings_of(folder)) as sessions:
        yield Inbox(sessions)


def filled(folder: Path) -> None:
    """Put in what was given up, what is to be tried again, what is being worked on, and what waits."""
    with inbox_of(folder) as inbox:
        for name in ("gone", "later", "busy", "waits"):
            message = Message(f"{name} 환불은 언제 되나요?", "slack", conversation=name, person="U-KIM")
            assert inbox.accept(Incoming(f"slack:{name}", message, where={"channel": "C1"})) == "new"
        gone, later, busy = (inbox.claim(f"host:1/{n}") for n in range(3))
        assert gone
        assert later
        assert busy
        inbox.fail(gone, "account_inactive", permanent=True)
        inbox.fail(later, "service_unavailable", retry_after=600)


def listed(folder: Path, capsys: Captured, *words: str) -> dict[str, Any]:
    assert run(["inbox", "list", "--json", "--data", str(folder), *words]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def number_of(folder: Path, capsys: Captured, name: str) -> str:
    return next(str(row["id"]) for row in listed(folder, capsys)["rows"] if row["conversation"] == name)


def test_an_empty_inbox(folder: Path, capsys: Captured) -> None:
    assert run(["inbox", "list", "--data", str(folder)]) == 0
    assert "기다리거나 보내지 못한 메시지가 없습니다." in capsys.readouterr().out


def test_what_went_wrong_comes_first(folder: Path, capsys: Captured) -> None:
    filled(folder)
    assert run(["inbox", "list", "--data", str(folder)]) == 0
    first, gone, later, *others = capsys.readouterr().out.splitlines()
    assert first == "대기 3 · 답변 준비됨 0 · 보내는 중 0 · 끝남 0 · 포기함 1"
    assert "포기함 · slack gone" in gone
    assert gone.endswith("1번 시도 · account_inactive")
    assert "slack later" in later
    assert "다음 시도 20" in later
    assert "service_unavailable" in later
    assert any("처리 중 · slack busy" in line for line in others)
    assert "환불" not in "".join([gone, later, *others])  # a list shows nothing of what people wrote


def test_as_json(folder: Path, capsys: Captured) -> None:
    filled(folder)
    found = listed(folder, capsys)
    assert found["paused"] is False
    assert found["counts"] == {"new": 3, "answered": 0, "sending": 0, "done": 0, "dead": 1}
    by_name = {row["conversation"]: row for row in found["rows"]}
    assert by_name["gone"]["state"] == "dead"
    assert by_name["later"]["next_at"] > by_name["later"]["created_at"]
    assert by_name["busy"]["working"] is True
    assert by_name["waits"]["next_at"] is None
    assert [row["conversation"] for row in listed(folder, capsys, "--state", "dead")["rows"]] == ["gone"]
    assert len(listed(folder, capsys, "--limit", "2")["rows"]) == 2


def test_a_try_that_is_due_is_not_told_as_one_to_come(folder: Path, capsys: Captured) -> None:
    filled(folder)
    with opened(settings_of(folder)) as sessions, sessions.begin() as session:
        for row in Inbox(sessions).list():
            earlier = {"created_at": row.created_at - 900, "not_before": row.created_at - 300}
            session.execute(update(INBOX).where(INBOX.c.seq == row.seq).values(**earlier))
    assert [row["next_at"] for row in listed(folder, capsys, "--state", "new")["rows"]] == [None] * 3


def test_one_in_full(folder: Path, capsys: Captured) -> None:
    filled(folder)
    number = number_of(folder, capsys, "gone")
    assert run(["inbox", "show", number, "--data", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "gone 환불은 언제 되나요?" in said
    assert "U-KIM" in said
    assert "account_inactive" in said
    assert run(["inbox", "show", number, "--json", "--data", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "gone 환불은 언제 되나요?"


def test_tried_again_and_dropped_and_noted(folder: Path, capsys: Captured) -> None:
    filled(folder)
    gone, later = number_of(folder, capsys, "gone"), number_of(folder, capsys, "later")
    assert run(["inbox", "retry", gone, "--data", str(folder)]) == 0
    assert run(["inbox", "retry", later, "--data", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{gone}번을 다시 시도합니다.", f"{later}번을 다시 시도합니다."]
    assert listed(folder, capsys)["counts"]["dead"] == 0
    assert run(["inbox", "drop", gone, "--data", str(folder)]) == 0
    assert "되살리려면 dapbot inbox retry" in capsys.readouterr().out
    assert run(["inbox", "list", "--state", "dead", "--data", str(folder)]) == 0
    assert "관리자가 그만두게 했습니다" in capsys.readouterr().out
    assert run(["inbox", "drop", gone, "--data", str(folder)]) == 1
    assert "이미 포기했습니다" in capsys.readouterr().err
    assert run(["admin", "audit", "--action", "inbox", "--json", "--data", str(folder)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["action"], line["subject"]) for line in lines] == [
        ("inbox.dropped", f"#{gone}"),
        ("inbox.retried", f"#{later}"),
        ("inbox.retried", f"#{gone}"),
    ]
    assert lines[0]["detail"] == {"channel": "slack", "kind": "message"}


def given_up(folder: Path, *channels: str) -> None:
    with inbox_of(folder) as inbox:
        for n, channel in enumerate(channels):
            assert inbox.accept(Incoming(f"{channel}:{n}", Message("환불?", channel, conversation=f"c{n}"))) == "new"
            claimed = inbox.claim(f"host:1/{n}")
            assert claimed
            inbox.fail(claimed, "service_unavailable", permanent=True)


def test_all_that_were_given_up_are_tried_again(folder: Path, capsys: Captured) -> None:
    given_up(folder, "slack", "mail", "slack", "mail")
    assert run(["inbox", "retry", "--all", "--channel", "mail", "--data", str(folder)]) == 0
    assert capsys.readouterr().out == "포기했던 메시지 2건을 다시 시도합니다.\n"
    assert {row["channel"] for row in listed(folder, capsys, "--state", "dead")["rows"]} == {"slack"}
    dropped = number_of(folder, capsys, "c1")
    assert run(["inbox", "drop", dropped, "--data", str(folder)]) == 0
    capsys.readouterr()
    assert run(["inbox", "retry", "--all", "--data", str(folder)]) == 0
    assert "2건" in capsys.readouterr().out
    assert [str(row["id"]) for row in listed(folder, capsys, "--state", "dead")["rows"]] == [dropped]
    assert run(["inbox", "retry", "--all", "--data", str(folder)]) == 0
    assert "0건" in capsys.readouterr().out
    assert run(["admin", "audit", "--action", "inbox.retried", "--json", "--data", str(folder)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


@pytest.mark.parametrize("wrong", [[], ["3", "--all"], ["3", "--channel", "mail"], ["--channel", "mail"]])
def test_one_number_or_all(folder: Path, capsys: Captured, wrong: list[str]) -> None:
    assert run(["inbox", "retry", *wrong, "--data", str(folder)]) == 2
    assert "--all" in capsys.readouterr().err


def test_what_is_worked_on_is_left_alone(folder: Path, capsys: Captured) -> None:
    filled(folder)
    busy = number_of(folder, capsys, "busy")
    assert run(["inbox", "retry", busy, "--data", str(folder)]) == 1
    assert "지금 처리하고 있습니다" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["999", "0", "-- -1", str(2**70)])
@pytest.mark.parametrize("command", ["show", "retry", "drop"])
def test_a_number_that_is_none(folder: Path, capsys: Captured, command: str, number: str) -> None:
    assert run(["inbox", command, "--data", str(folder), *number.split()]) == 1
    assert "dapbot inbox list로 번호를 확인하세요." in capsys.readouterr().err


def test_wrong_words(folder: Path, capsys: Captured) -> None:
    assert run(["inbox", "list", "--state", "waiting", "--data", str(folder)]) == 2
    assert run(["inbox", "show", "one", "--data", str(folder)]) == 2


def test_paused_and_resumed(folder: Path, capsys: Captured) -> None:
    filled(folder)
    assert [run(["pause", "--data", str(folder)]) for _ in range(2)] == [0, 0]
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("답하는 일을 멈췄습니다.")
    assert second.startswith("이미 멈춰 있습니다.")
    with inbox_of(folder) as inbox:
        assert inbox.claim("host:2/0") is None
    assert listed(folder, capsys)["paused"] is True
    assert [run(["resume", "--data", str(folder)]) for _ in range(2)] == [0, 0]
    assert capsys.readouterr().out.splitlines() == ["다시 답하기 시작합니다.", "멈춰 있지 않습니다."]
    with inbox_of(folder) as inbox:
        assert inbox.claim("host:2/0") is not None


def test_workers_alone_need_postgresql(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_DATABASE_URL", "")
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    from connectors.cli import run as run_here

    assert run_here(["worker", "--data", str(tmp_path / "data")]) == 1
    assert "DAPBOT_DATABASE_URL에 PostgreSQL 주소를" in capsys.readouterr().err
    assert run_here(["worker", "--count", "0", "--data", str(tmp_path / "data")]) == 2
