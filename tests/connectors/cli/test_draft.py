"""`dapbot draft` as somebody types it."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.llm.scripted import ScriptedModel
from connectors.cli.draft import drafted
from connectors.cli.drafts import draft_line
from tests.connectors.cli.conftest import Dapbot
from tests.samples import BotMaker
from tests.servers.openai import OpenAIServer, Say


@contextmanager
def given(data: bytes) -> Iterator[None]:
    """Have standard input give these bytes."""
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


def test_in_a_pipe_it_writes_and_says_what_it_chose(terminal: Dapbot) -> None:
    with given("승강기 점검 공지문 작성해줘".encode("cp949")):
        code, out, said = terminal("draft", "-", "--target", "입주민", "--versions", 1)
    assert code == 0
    assert out.startswith("제목: 안내: 승강기 점검\n\n입주민 여러분께")
    assert "[날짜와 시간]" in said
    assert "DAPBOT_LLM" in said
    assert "DAPBOT_LLM" not in out
    assert "말씀이 없던 것(톤, 길이)" in terminal("draft", "이메일 써줘")[2]


def test_options_alone_are_an_order(terminal: Dapbot) -> None:
    code, out, _ = terminal("draft", "--kind", "홍보 문구", "--product", "텀블러", "--versions", 3, "--json")
    line = json.loads(out)
    assert (code, line["task"], line["kind"], len(line["versions"])) == (0, "draft", "copy", 3)
    assert line["versions"][1] == "텀블러, [가장 큰 장점 한 가지]"
    assert line["gaps"][:2] == ["[받는 분]", "[가장 큰 장점 한 가지]"]


def test_a_model_writes_within_the_options(terminal: Dapbot, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json.dumps({"versions": [{"subject": "점검", "body": "금요일에 승강기를 점검합니다."}]})
    with OpenAIServer([Say(answer)]) as server:
        monkeypatch.setenv("DAPBOT_LLM", "openai:gpt-4.1-mini")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        code, out, _ = terminal(
            "draft", "승강기 점검 알림", "--kind", "notice", "--tone", "정중하게", "--length", "100자 이내"
        )
    assert (code, out) == (0, "제목: 점검\n\n금요일에 승강기를 점검합니다.\n")
    asked = str(server.requests[0].body)
    assert "톤: 정중하게" in asked
    assert "100자 이내" in asked


def test_on_a_terminal_it_asks_once(make_bot: BotMaker) -> None:
    questions: list[str] = []

    def read(question: str) -> str:
        questions.append(question)
        return "20-30대 직장인, 프리미엄 커피 구독"

    with make_bot() as bot:
        reply = drafted(bot, "이메일 써줘", {"tone": "친근하게"}, read)
        left = drafted(bot, "이메일 써줘", {}, lambda _question: "")
        whole = drafted(
            bot, "이메일 써줘", {"target": "학생", "product": "캠프", "tone": "밝게", "length": "짧게"}, read
        )
    assert len(questions) == 1
    assert "- 대상:" in questions[0]
    assert "- 톤:" not in questions[0]
    assert "프리미엄 커피 구독에 대해 말씀드리려고" in reply.text
    assert "[제품·주제]" in left.text
    assert "캠프" in whole.text


def test_versions_are_told_apart(make_bot: BotMaker) -> None:
    bodies = ["여름을 반값에\n\n■ 2026년", "더위도 할인"]
    answer = json.dumps({"versions": [{"body": body} for body in bodies]})
    options = {"kind": "copy", "versions": "2"}
    with make_bot(ScriptedModel([answer])) as bot:
        line = draft_line(drafted(bot, "여름 할인", options, None), "여름 할인", options)
    assert line["versions"] == bodies
    assert line["answer"].startswith("■ 1안\n")


def test_lines_in_lines_out(terminal: Dapbot, tmp_path: Path) -> None:
    source, target = tmp_path / "주문.jsonl", tmp_path / "초안.jsonl"
    lines = [
        '{"id": 1, "order": "승강기 점검 공지", "target": "입주민"}'.encode(),
        '{"id": 2, "order": "Write an email", "product": "spring camp"}'.encode("utf-8-sig"),
        '{"id": 3, "order": "방학 캠프 안내문", "kind": "공지"}'.encode("cp949"),
        b"",
        b"[1]",
        b'{"id": 6, "order": " ", "kind": "x", "versions": 0, "tone": 3, "language": "fr"}',
        b'{"id": 7, "order": "' + "글 ".encode() * 50_000 + b'"}',
        b"\xff\xfe{",
    ]
    source.write_bytes(b"\n".join(lines))
    code, out, said = terminal("draft", "--input", source, "--output", target, "--tone", "친근하게")
    assert (code, out) == (0, "")
    found = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [line["id"] for line in found] == [1, 2, 3, None, None, 6, 7, None]
    assert ["error" in line for line in found] == [False, False, False, True, True, True, False, True]
    assert "입주민 여러분께" in found[0]["answer"]
    assert found[1]["answer"].startswith("Subject: Spring camp")
    assert found[2]["kind"] == "notice"
    assert all(name in found[5]["error"] for name in ("order", "kind", "versions", "tone", "language"))
    assert "8줄 중 4줄" in said


def test_wrong_use_is_said(terminal: Dapbot, tmp_path: Path) -> None:
    assert terminal("draft")[0] == 2
    assert terminal("draft", "x", "--output", tmp_path / "o")[0] == 2
    assert terminal("draft", "x", "--kind", "뭐지")[0] == 2
    assert terminal("draft", "x", "--versions", "9")[0] == 2
    assert terminal("draft", "--input", tmp_path / "none.jsonl")[0] == 1
    code, _, said = terminal("draft", "--input", tmp_path)
    assert code == 1
    assert "폴더입니다" in said
