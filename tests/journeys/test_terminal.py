"""The terminal from end to end: what a person types, what they read, what is recorded; the real program each time."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from tests.servers import databases
from tests.servers.databases import copy_folder, count, rows, run

ROOT = Path(__file__).parent.parent.parent
ANSWER_KEYS = {
    "id", "answer_id", "conversation", "answer", "answered", "confidence", "task", "language", "sources", "nearest",
    "checks", "model", "tokens", "cost_usd", "latency_ms",
}  # fmt: skip
SOURCE_KEYS = {"document", "passage", "version", "title", "page", "score", "quote"}


def environment(data: object, **more: str) -> dict[str, str]:
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8", "TERM": "xterm"}
    return {**os.environ, **ours, **databases.environment(("--data", data)), **more}


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from connectors.cli import main; main()", *map(str, words)]


def dapbot(*words: object, said: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*words), input=said, capture_output=True, text=True, timeout=120, cwd="/",
        env=environment(words[words.index("--data") + 1], **more),
    )  # fmt: skip


@pytest.fixture(scope="module")
def data(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample FAQ."""
    return copy_folder(sample_folder, tmp_path_factory.mktemp("terminal") / "data")


# --- dapbot ask -------------------------------------------------------------------------------------------------


def test_a_question_is_answered_with_its_source(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "배송비는 얼마인가요?", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "3만 원 이상이면 무료" in shown
    assert "발췌" in shown
    assert "[1] duruchae-faq-ko.csv · 배송" in shown


def test_json_is_the_contract_and_the_report_explains_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "How do I return something?", "--json", "--data", str(data)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) >= ANSWER_KEYS
    assert set(answer["sources"][0]) == SOURCE_KEYS
    assert answer["answered"] is True
    assert answer["language"] == "en"
    assert answer["sources"][0]["passage"] == "E09"

    assert run(["report", "answer", answer["answer_id"][:8], "--json", "--data", str(data)]) == 0
    ledger = json.loads(capsys.readouterr().out)
    assert ledger["asked"] == "How do I return something?"
    assert ledger["sources"][0]["passage"] == "E09"

    assert run(["report", "answer", answer["answer_id"], "--data", str(data)]) == 0
    assert "within 7 days" in capsys.readouterr().out


def test_a_conversation_goes_on(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for question in ("배송비는 얼마인가요?", "그럼 반품할 때는요?"):
        assert run(["ask", question, "--json", "--conversation", "test", "--data", str(data)]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert [answer["conversation"] for answer in answers] == ["test", "test"]
    assert answers[1]["sources"][0]["passage"] == "K10"


def test_a_question_from_standard_input(data: Path) -> None:
    done = dapbot("ask", "-", "--data", data, said="매장은 몇 시에 여나요?\n")
    assert "오전 11시" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


# --- many questions ---------------------------------------------------------------------------------------------


def test_a_file_of_questions_is_answered_and_not_logged(data: Path, tmp_path: Path) -> None:
    lines: list[Any] = [
        {"id": 1, "question": "배송비는 얼마인가요?", "conversation": "c"},
        {"id": 2},
        {"id": 3, "question": "그럼 반품할 때는요?", "conversation": "c"},
    ]
    source, target = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    source.write_text("\n".join([json.dumps(lines[0]), "{broken", *map(json.dumps, lines[1:])]), "utf-8")
    before = count(data, "conversations"), count(data, "answers")
    done = dapbot("ask", "--input", source, "--output", target, "--data", data)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "2 of 4" in done.stderr
    answers = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, 2, 3]
    assert answers[3]["sources"][0]["passage"] == "K10"
    assert (count(data, "conversations"), count(data, "answers")) == before


def test_a_reader_that_hangs_up_is_no_error(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "q.jsonl"
    source.write_text('{"id": 1, "question": "안녕하세요"}\n' * 2000, "utf-8")
    with subprocess.Popen(
        command("ask", "--input", source, "--data", data),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(data), cwd="/",
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        said = process.stderr.read()
        process.wait(60)
    assert said == b""


# --- dapbot chat ------------------------------------------------------------------------------------------------


def test_chat_through_a_pipe(data: Path) -> None:
    done = dapbot("chat", "--data", data, said="배송비는 얼마인가요?\n/sources\n그럼 반품할 때는요?\n/quit\n안녕\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3만 원 이상이면 무료" in done.stdout
    assert "왕복 배송비 6,000원" in done.stdout
    assert "\x1b" not in done.stdout
    assert "> " not in done.stdout


IN_A_TERMINAL = """
import os, signal, sys
os.setsid()
os.close(os.open(os.ttyname(0), os.O_RDWR))  # the first terminal that a session opens is the one Ctrl-C comes from
signal.signal(signal.SIGINT, signal.SIG_DFL)  # a run in the background hands on that it is ignored
os.execv(sys.argv[1], sys.argv[1:])
"""


class Terminal:
    """A real terminal with the program in it; ``press`` presses keys, ``until`` reads what is shown."""

    def __init__(self, words: list[str], env: dict[str, str]) -> None:
        self.end, inner = pty.openpty()
        streams = {"stdin": inner, "stdout": inner, "stderr": inner}
        self.process = subprocess.Popen([sys.executable, "-c", IN_A_TERMINAL, *words], env=env, cwd="/", **streams)  # type: ignore[call-overload]
        os.close(inner)
        self.shown = ""
        self.seen = 0

    def press(self, text: str) -> None:
        time.sleep(0.3)  # as a person would: a Ctrl-C in the instant in which readline starts waits for the next key
        os.write(self.end, text.encode())

    def until(self, text: str, seconds: float = 60) -> str:
        """Read until ``text`` was shown; return what was shown since what the last call waited for."""
        start, deadline = self.seen, time.monotonic() + seconds
        while text not in self.shown[start:]:
            ready, _, _ = select.select([self.end], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"{text!r} was not shown: {self.shown[start:]!r}"
            self.shown += os.read(self.end, 65536).decode("utf-8", "replace")
        self.seen = self.shown.index(text, start) + len(text)
        return self.shown[start : self.seen]

    def exit_code(self) -> int:
        """Wait for the end, reading on: a program whose output nobody reads does not end."""
        with suppress(OSError):  # that is how the end of a terminal is told
            while os.read(self.end, 65536):
                pass
        return int(self.process.wait(60))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.end)


def test_chat_in_a_terminal(data: Path) -> None:
    with Terminal(command("chat", "--data", data), environment(data, LANG="ko_KR.UTF-8")) as terminal:
        assert "무엇이든 물어보세요" in terminal.until("> ")
        terminal.press("매장은 몇 시에 여나요?\r")
        assert "오전 11시부터" in terminal.until("[1] ")
        terminal.until("> ")
        terminal.press("반쯤 쓰다 만 말\x03")
        assert "한 번 더" in terminal.until("> ")
        terminal.press("/history\r")
        terminal.until("> 매장은 몇 시에 여나요?")
        terminal.until("쉽니다")
        terminal.until("> ")
        terminal.press("\x04")
        assert terminal.exit_code() == 0
        assert "Traceback" not in terminal.shown


def test_chat_without_colours(data: Path) -> None:
    with Terminal(command("chat", "--data", data), environment(data, NO_COLOR="1")) as terminal:
        terminal.until("> ")
        terminal.press("배송비는 얼마인가요?\r")
        terminal.until("[1] ")
        terminal.until("> ")
        terminal.press("\x03")
        terminal.until("> ")
        terminal.press("\x03")
        assert terminal.exit_code() == 0
        assert not re.findall(r"\x1b\[[0-9;]*3[0-9]m", terminal.shown)


# --- what goes wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nope"], 2, "nope"),
        (["ask"], 2, "--input"),
        (["ask", "a", "--input", "b"], 2, "--input"),
        (["ask", "a", "--output", "b"], 2, "--input"),
        (["ask", "--input", "/none.jsonl"], 1, "/none.jsonl"),
        (["report", "answer", "ffffffff"], 1, "ffffffff"),
        (["doctor", "--data", "/dev/null/x"], 1, "/dev/null/x"),
    ],
)
def test_errors_are_one_sentence(
    words: list[str],
    code: int,
    said: str,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DAPBOT_DATA", str(data))
    assert run(words) == code
    captured = capsys.readouterr()
    assert said in captured.err + captured.out
    assert "Traceback" not in captured.err
    assert len(captured.err.splitlines()) <= (1 if code == 1 else 4)


def test_a_traceback_only_on_demand(data: Path) -> None:
    assert "Traceback" not in dapbot("ask", "--input", "/none", "--data", data).stderr
    assert "Traceback" in dapbot("ask", "--input", "/none", "--data", data, "--debug").stderr


def test_a_wrong_setting_is_named(data: Path) -> None:
    done = dapbot("ask", "a", "--data", data, DAPBOT_LINE="brave")
    assert done.returncode == 1
    assert "DAPBOT_LINE" in done.stderr
    assert "balanced" in done.stderr


# --- doctor -----------------------------------------------------------------------------------------------------


def test_doctor_says_what_is_there_and_what_to_do(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--json", "--data", str(data)]) == 0
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert "52" in found["documents"]["said"]
    assert "DAPBOT_EMBEDDING_MODEL" in found["search_ko"]["advice"]
    assert found["model"]["state"] == "note"

    assert run(["doctor", "--data", str(tmp_path / "none")]) == 1
    assert "database upgrade" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()

    monkeypatch.setenv("DAPBOT_LLM", "openai:gpt-4.1-mini")
    assert run(["doctor", "--json", "--data", str(data)]) == 1
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert "OPENAI_API_KEY" in found["model"]["said"]


# --- beside a running server ------------------------------------------------------------------------------------


@pytest.fixture
def server(data: Path) -> Iterator[str]:
    """The server that owns the data folder; yields its address and stops it at the end."""
    with subprocess.Popen(
        command("serve", "--port", "0", "--data", data),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(data), cwd="/",
    ) as process:  # fmt: skip
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address, process.stderr and process.stderr.read()
        yield address[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_commands_go_through_the_server_that_owns_the_folder(
    server: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = count(data, "answers")
    assert run(["ask", "배송비는 얼마인가요?", "--data", str(data)]) == 0
    assert "3만 원 이상이면 무료" in capsys.readouterr().out
    assert count(data, "answers") == before + 1
    channels = {channel for (channel,) in rows(data, "SELECT channel FROM conversations")}
    assert channels == {"terminal"}  # the same as without the server: a conversation goes on either way

    questions = [
        {"id": n, "question": text, "conversation": "c"}
        for n, text in enumerate(["배송비는 얼마인가요?", "그럼 반품할 때는요?"])
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, questions)))
    assert (
        run(["ask", "--input", str(tmp_path / "q.jsonl"), "--output", str(tmp_path / "a.jsonl"), "--data", str(data)])
        == 0
    )
    answers = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [answer["conversation"] for answer in answers] == ["c", "c"]
    assert answers[1]["sources"][0]["passage"] == "K10"
    assert count(data, "answers") == before + 1

    done = dapbot("chat", "--data", data, said="매장은 몇 시에 여나요?\n")
    assert "오전 11시부터" in done.stdout

    assert run(["doctor", "--data", str(data)]) == 0
    assert server in capsys.readouterr().out
    assert run(["serve", "--data", str(data)]) == 0
    assert server in capsys.readouterr().out
