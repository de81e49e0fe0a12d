"""`dapbot summarize` as somebody types it."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.cli.conftest import Dapbot
from tests.knowledge.packaged_files import docx, written
from tests.servers.openai import Fail, OpenAIServer, Say

TEXT = (
    "이번 주 배송팀 회의에서 창고를 김포로 옮기기로 결정했습니다. 점심은 맛있었습니다. 이전 비용은 12,000,000원입니다. "
    "박 대리님은 12월 4일까지 업체와 계약해 주세요. 날씨가 추워졌습니다."
)
MAIL = (
    "From: =?utf-8?b?6rmA66+87KeA?= <minji@hanbit.example>\r\nTo: all@hanbit.example\r\n"
    "Subject: =?utf-8?b?7LC96rOgIOydtOyghA==?=\r\nDate: Tue, 24 Nov 2026 09:30:00 +0900\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + TEXT
).encode()


@contextmanager
def given(data: bytes) -> Iterator[None]:
    """Have standard input give these bytes."""
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_mail_in_three_lines(terminal: Dapbot, tmp_path: Path) -> None:
    mail = tmp_path / "이전.eml"
    mail.write_bytes(MAIL)
    code, out, said = terminal("summarize", mail)
    assert code == 0
    assert out.startswith("창고 이전 (김민지, 2026-11-24T09:30:00+09:00)")
    assert "1. 김민지: 박 대리님은 12월 4일까지 업체와 계약해 주세요" in out
    assert "(담당: 박 대리님, 기한: 2026-12-04(금)" in out
    assert "메일의 문장을 골라" in said
    code, out, _ = terminal("summarize", mail, "--json")
    line = json.loads(out)
    assert (line["id"], line["subject"], line["language"], line["model"]) == ("이전", "창고 이전", "ko", "extractive")
    assert line["from"] == {"name": "김민지", "address": "minji@hanbit.example"}
    assert len(line["lines"]) == len(line["evidence"]) == 3
    assert all(evidence in TEXT for evidence in line["evidence"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_standard_input_in_any_encoding(terminal: Dapbot, encoding: str) -> None:
    with given(TEXT.encode(encoding)):
        code, out, _ = terminal("summarize", "-", "--json")
    assert code == 0
    assert json.loads(out)["id"] is None
    assert "12,000,000원" in out


def test_a_model_writes_and_what_the_text_does_not_say_is_replaced(
    terminal: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "회의.txt"
    text.write_text(TEXT, "utf-8")
    told = {
        "lines": [
            {"text": "창고를 김포로 옮기기로 결정했습니다.", "sentences": [1]},
            {"text": "이전 비용은 99,000,000원입니다.", "sentences": [3]},
        ]
    }
    with OpenAIServer([Say(json.dumps(told)), Fail(500)]) as server:
        monkeypatch.setenv("DAPBOT_LLM", "openai:gpt-4.1-mini")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        _, out, said = terminal("summarize", text)
        assert "1. 창고를 김포로 옮기기로 결정했습니다." in out
        assert "99,000,000" not in out
        assert "확인되지 않은 1줄" in said
        code, out, said = terminal("summarize", text)
    assert code == 0
    assert "12,000,000원" in out
    assert "언어 모델에 연결할 수 없습니다. 대신 글에 있는 문장을" in said


def test_a_folder_of_anything(terminal: Dapbot, tmp_path: Path) -> None:
    folder, target = tmp_path / "받은 글", tmp_path / "요약.jsonl"
    (folder / "하위").mkdir(parents=True)
    files = {
        "a.eml": MAIL,
        "b.txt": TEXT.encode("cp949"),
        "c.docx": docx(written(TEXT)),
        "d.pdf": b"%PDF-1.7 broken",
        "e.txt": b"",
        "f.bin": bytes(range(256)) * 40,
        "하위/g": MAIL,
        ".hidden": b"x",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "pipe")
    code, out, said = terminal("summarize", "--input", folder, "--output", target)
    assert (code, out) == (0, "")
    lines = {line["id"]: line for line in lines_of(target)}
    assert list(lines) == ["a", "b.txt", "c.docx", "d.pdf", "e.txt", "f.bin", "pipe", "하위/g"]
    assert {name for name, line in lines.items() if "error" in line} == {"d.pdf", "e.txt", "f.bin", "pipe"}
    assert lines["a"]["subject"] == lines["하위/g"]["subject"] == "창고 이전"
    assert lines["b.txt"]["lines"] == lines["c.docx"]["lines"]
    assert lines["하위/g"]["lines"] == lines["a"]["lines"]
    assert "8개 중 4개는" in said
    assert not list(tmp_path.glob(".*.jsonl*"))


def test_lines_in_lines_out(terminal: Dapbot, tmp_path: Path) -> None:
    source = tmp_path / "글.jsonl"
    rows = [
        json.dumps({"id": 1, "text": TEXT}, ensure_ascii=False).encode("cp949"),
        json.dumps({"id": 2, "text": "We moved. Please call Kim by Friday.", "subject": "Move"}).encode("utf-8-sig"),
        b"",
        b'{"id": 4}',
        b'{"id": 5, "text": " "}',
        b'{"id": 6, "text": "x", "language": "fr"}',
        b"\xff\xfe\x00",
    ]
    source.write_bytes(b"\n".join(rows) + b"\n")
    code, out, said = terminal("summarize", "--input", source)
    assert code == 0
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in lines] == [1, 2, None, 4, 5, 6, None]
    assert ["error" in line for line in lines] == [False, False, True, True, True, True, True]
    assert (lines[1]["subject"], lines[1]["language"]) == ("Move", "en")
    assert "7개 중 5개는" in said


def test_three_hundred_pages(terminal: Dapbot, tmp_path: Path) -> None:
    book = tmp_path / "보고서.txt"
    page = "{0}쪽\n{0}번 창고의 재고는 {0}개로 늘었습니다. 담당자가 바뀌었습니다. 별일은 없었습니다.\n\n"
    pages = [page.format(n) for n in range(1, 301)]
    pages[150] = "결론: 모든 창고를 12월 31일까지 김포 한 곳으로 합치기로 결정했습니다.\n\n"
    book.write_text("".join(pages), "utf-8")
    code, out, _ = terminal("summarize", book, "--json")
    line = json.loads(out)
    assert code == 0
    assert len(line["lines"]) == 3
    assert any("김포 한 곳으로" in each for each in line["lines"])
    assert line["latency_ms"] < 60_000


def test_wrong_use_is_said(terminal: Dapbot, tmp_path: Path) -> None:
    empty = tmp_path / "빈 글.txt"
    empty.write_bytes(b" \n")
    assert terminal("summarize")[0] == 2
    assert terminal("summarize", empty, "--output", tmp_path / "o")[0] == 2
    assert terminal("summarize", empty, "--language", "fr")[0] == 2
    for path, said in ((empty, ""), (tmp_path, "--input"), (tmp_path / "없음", "")):
        code, out, told = terminal("summarize", path)
        assert (code, out) == (1, "")
        assert said in told
        assert "Traceback" not in told
        assert len(told.strip().splitlines()) == 1
