"""`dapbot translate`: one text, or one for each line; what cannot be used is one sentence."""

import json
from pathlib import Path

import pytest

from tests.connectors.cli.conftest import Dapbot
from tests.servers.openai import OpenAIServer, Say


def with_model(server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LLM", "openai:gpt-4.1-mini")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "k")


def test_a_file_in_cp949(terminal: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "안내.txt"
    text.write_bytes("환불은 3일 걸립니다.".encode("cp949"))
    with OpenAIServer([Say("Refunds take 3 days.")]) as server:
        with_model(server, monkeypatch)
        _, out, _ = terminal("translate", text, "--to", "en", "--json")
    line = json.loads(out)
    assert (line["translation"], line["to"], line["task"]) == ("Refunds take 3 days.", "en", "translate")


def test_lines(terminal: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "a", "text": "환불은 3일 걸립니다."},
        {"id": "b", "text": ""},
        {"id": "c", "text": "안녕", "to": "elvish"},
    ]
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\nno json\n", "utf-8")
    with OpenAIServer([Say("Refunds take 3 days.")]) as server:
        with_model(server, monkeypatch)
        _, _, told = terminal("translate", "--input", source, "--output", target)
    found = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [line["translation"] for line in found] == ["Refunds take 3 days.", None, None, None]
    assert [line["id"] for line in found] == ["a", "b", "c", None]
    assert "4줄 중 3줄" in told


def test_without_a_model(terminal: Dapbot, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("{name}님, 환불은 3일 걸립니다.", "utf-8")
    line = json.loads(terminal("translate", text, "--json")[1])
    assert line["translation"] is None
    assert "{name}" in line["answer"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.txt", "--input", "b"),
        ("a.txt", "--to", "elvish"),
        ("a.txt", "--glossary", "none.csv"),
        ("none.txt",),
        (".",),
    ],
)
def test_what_cannot_be_done(terminal: Dapbot, arguments: tuple[str, ...]) -> None:
    code, _, told = terminal("translate", *arguments)
    assert code
    assert "Traceback" not in told


def test_subtitles_with_the_line_ends_of_windows(
    terminal: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subtitles = "1\r\n00:00:01,000 --> 00:00:02,000\r\n안녕하세요\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n네\r\n"
    file = tmp_path / "film.srt"
    file.write_bytes(subtitles.encode())
    with OpenAIServer([Say("[[1]]\nHello\n[[2]]\nYes")]) as server:
        with_model(server, monkeypatch)
        _, out, _ = terminal("translate", file)
    wanted = subtitles.replace("\r\n", "\n").replace("안녕하세요", "Hello").replace("네", "Yes")
    assert out.strip() == wanted.strip()
