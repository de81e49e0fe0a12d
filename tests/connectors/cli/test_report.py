"""`dapbot report answer`: why an answer says what it says, in both languages."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.database import handovers
from bot.database.conversations import Exchange, add_feedback
from bot.database.engine import open_engine, sessions_for
from bot.database.handovers import Handover
from bot.database.migrating import require_current
from bot.database.moods import TurnMood
from bot.messages import Nearest, Tokens
from bot.settings import Settings
from bot.tasks.request import SourceDetail
from connectors.cli import run
from tests.bot.database.exchanges import REPLY, exchange, put

ANSWER = "0123456789abcdef" * 2


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    engine = open_engine(Settings(data=tmp_path / "data"))
    require_current(engine)
    one = exchange("그럼 환불은요?", name="c", person="kim@example.com")
    reply = replace(one.reply, answer_id=ANSWER, checks="partly", model="openai:gpt-4.1-mini", tokens=Tokens(812, 64))
    reply = replace(reply, cost_usd=0.0021, latency_ms=812.4, nearest=(Nearest("반품-1", "반품은 어떻게 하나요?"),))
    full = Exchange(
        one.message,
        reply,
        completed="환불은 얼마나 걸리나요?",
        source_details=(SourceDetail(None, 12.5, 0.61),),
        check_details=(
            {"text": "이틀에서 사흘 걸려요.", "ok": True, "reasons": []},
            {"text": "5일 걸려요.", "ok": False, "reasons": ["number: 5일", "something new"]},
        ),
        legs={"keywords": "used", "vectors": "off: no passage needs them", "third": "off: why"},
        prompt="규칙: 문서에 있는 것만.\n질문: 환불은 얼마나 걸리나요?",
        prompt_version="ab12",
        at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
    )
    sessions = sessions_for(engine)
    put(sessions, full)
    with sessions.begin() as session:
        add_feedback(session, ANSWER, -1, channel="web", person="kim@example.com", reason="outdated", comment="옛날 것")
    engine.dispose()
    return tmp_path / "data"


def test_a_person_can_read_why(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "answer", ANSWER[:6], "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    for expected in (
        ANSWER,
        "그럼 환불은요?",
        "환불은 얼마나 걸리나요?",
        REPLY.text,
        "kim@example.com",
        "자주 묻는 질문.csv · 배송 (v3)",
        "0.870",
        "12.50",
        "0.61",
        "배송은 이틀에서 사흘 걸려요.",
        "반품은 어떻게 하나요? (반품-1)",
        "✓ 이틀에서 사흘 걸려요.",
        "✗ 5일 걸려요.  (숫자: 5일, something new)",
        "일부 문장의 근거만 확인함",
        "openai:gpt-4.1-mini (ab12)",
        "812 + 64, $0.0021",
        "812 ms",
        "낱말: 씀, 뜻: 쓰지 않음 (필요한 항목이 없음), third: 쓰지 않음 (why)",
        "2026-11-24 10:30:00 +0900",
        "-1 outdated 옛날 것",
        "규칙: 문서에 있는 것만.",
    ):
        assert expected in shown


def test_and_in_english(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "en")
    assert run(["report", "answer", ANSWER, "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "some sentences are backed by the documents" in shown
    assert "(number: 5일, something new)" in shown


def test_a_program_can_read_all_of_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "answer", ANSWER, "--json", "--data", str(data)]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["searched"] == "환불은 얼마나 걸리나요?"
    assert line["sources"][0]["keyword_score"] == 12.5
    assert line["feedback"][0]["reason"] == "outdated"
    assert line["prompt_version"] == "ab12"
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize("answer", ["ffffffff", "012", "", "한글", "%%%%%%%%"])
def test_an_answer_that_is_not_there_is_one_sentence(
    data: Path, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "answer", answer, "--data", str(data)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


# --- the last days ----------------------------------------------------------------------------------------------


def test_the_mood_of_the_last_days(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = open_engine(Settings(data=data))
    now = datetime.now(UTC)
    some = [replace(exchange(), mood=TurnMood(score, {"배송": score}), at=now) for score in (-0.8, -0.4, 0.6)]
    put(sessions_for(engine), *some)
    engine.dispose()
    assert run(["report", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "메시지 3건: 긍정 1, 중립 0, 부정 2. 평균 점수 -0.20" in shown
    assert "배송: 3건 (부정 2건), 평균 -0.20" in shown
    assert "사람을 평가하는 데 쓰면 안 됩니다" in shown
    assert run(["report", "--since", "2w", "--json", "--data", str(data)]) == 0
    whole = json.loads(capsys.readouterr().out)
    line = whole["sentiment"]
    assert whole["usage"]["answers"] >= 3
    assert (line["total"], line["negative"], line["mean"]) == (3, 2, -0.2)
    assert [day["total"] for day in line["days"]] == [3]
    assert line["aspects"] == [{"name": "배송", "count": 3, "negative": 2, "mean": -0.2}]


def test_a_time_without_messages_and_one_that_is_none(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--since", "1h", "--data", str(data)]) == 0
    assert "기록된 메시지가 없습니다" in capsys.readouterr().out
    assert run(["report", "--since", "어제", "--data", str(data)]) == 1
    assert "어제" in capsys.readouterr().err


def handed_over(data: Path) -> None:
    """Two people asked for a person on this machine; one of them has their answer."""
    engine = open_engine(Settings(data=data))
    at = datetime.now(UTC) - timedelta(hours=3)
    with sessions_for(engine).begin() as session:
        for place, question in (("C1:1.0", "교환은 되나요?"), ("C1:2.0", "줄이\n여러 개인 질문")):
            new = Handover(0, "slack", place, "U-MINSU", question, (), at)
            number = handovers.begin(session, new)
            if place == "C1:1.0":
                end = at + timedelta(minutes=90)
                handovers.solve(session, number, by="U-JIYEON", outcome="missing", note="", at=end)
    engine.dispose()


def test_what_people_thought_and_whom_they_asked_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--data", str(data)]) == 0
    assert "담당자를 찾은 사람이 없습니다." in capsys.readouterr().out
    handed_over(data)
    assert run(["report", "--json", "--data", str(data)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["feedback"] == {"good": 0, "bad": 1, "reasons": {"outdated": 1}}
    handed = found["handovers"]
    assert (handed["total"], handed["waiting"], handed["median_seconds"]) == (2, 1, 5_400.0)
    assert handed["outcomes"] == {"missing": 1}
    assert [(each["place"], each["asker"]) for each in handed["open"]] == [("C1:2.0", "U-MINSU")]
    assert run(["report", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    for expected in ("오래된 내용이에요: 1건", "2건: 해결 1건, 대기 1건", "중앙값 2시간", "줄이 여러 개인 질문"):
        assert expected in shown
