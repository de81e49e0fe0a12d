"""Files of questions: a line out for each line in, in order, whatever the lines are."""

import io
import json
import threading
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.errors import DataError, UserError
from bot.llm import model_from
from bot.messages import Message, Reply
from bot.settings import Settings
from connectors.cli.batch import MOST_THREADS, answer_all, at_once, lines_at_once, parse, read_lines, written_aside
from tests.samples import BotMaker
from tests.servers.openai import OpenAIServer, Say


class Echo:
    """Says what it was asked, the later the shorter, and how many came before it in the conversation."""

    def __init__(self) -> None:
        self.turns: dict[str | None, list[str]] = defaultdict(list)
        self.lock = threading.Lock()

    def __call__(self, message: Message) -> Reply:
        time.sleep(0.01 / (1 + len(message.text)))
        if message.text == "crash":
            raise RuntimeError("boom")
        if message.text == "down":
            raise DataError("cli.server_silent", address="http://127.0.0.1:1", reason="gone")
        with self.lock:
            before = len(self.turns[message.conversation]) if message.conversation else 0
            self.turns[message.conversation].append(message.text)
        return Reply("a", message.conversation or "new", f"{before}:{message.text}", True, 1.0, "answer", "en")


def answered(*lines: str | bytes) -> list[dict[str, Any]]:
    output = io.StringIO()
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    answer_all(Echo(), raw, output, lambda _done, _total: None)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def line(**fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_one_line_for_each_in_order() -> None:
    found = answered(*(line(id=f"q{n}", question="x" * (n % 17)) for n in range(200)))
    assert [answer["id"] for answer in found] == [f"q{n}" for n in range(200)]
    assert [answer["answer"] for answer in found] == ["0:" + "x" * (n % 17) for n in range(200)]


def test_turns_follow_each_other_and_other_conversations_stay_apart() -> None:
    found = answered(
        line(id=1, question="a", conversation="한"),
        line(id=2, question="b", conversation="two"),
        line(id=3, question="c"),
        line(id=4, question="d", conversation="한"),
        line(id=5, question="e", conversation="한"),
    )
    assert [answer["answer"] for answer in found] == ["0:a", "0:b", "0:c", "1:d", "2:e"]
    assert [answer["conversation"] for answer in found] == ["한", "two", "new", "한", "한"]


@pytest.mark.parametrize(
    ("bad", "identity"),
    [
        ("", None),
        ("{", None),
        ("[1]", None),
        ("null", None),
        ("[" * 100_000, None),
        (b"\xff\xfe\xff", None),
        (line(id="q"), "q"),
        (line(id="q", question=None), "q"),
        (line(id="q", question=["a"]), "q"),
        (line(id=["q"], question=1), None),
        (line(id=7, question="a", language="fr"), 7),
        (line(id="q", question="a", conversation=""), "q"),
        (line(id="q", question="a", conversation=5), "q"),
        (line(id="q", question="a", audience="staff"), "q"),
        (line(id="q", question="a", audience=[1]), "q"),
    ],
)
def test_a_bad_line_costs_no_other(bad: str | bytes, identity: Any) -> None:
    first, second, third = answered(line(id="a", question="a"), bad, line(id="b", question="b"))
    assert first["answer"] == "0:a"
    assert third["answer"] == "0:b"
    assert second["id"] == identity
    assert "2" in second["error"]
    assert set(second) == {"id", "error"}


@pytest.mark.parametrize(("question", "said"), [("crash", "boom"), ("down", "127.0.0.1:1")])
def test_an_error_costs_one_line(question: str, said: str) -> None:
    found = answered(line(id=1, question=question), line(id=2, question="fine"))
    assert said in found[0]["error"]
    assert found[1]["answer"] == "0:fine"


def test_fields_reach_the_message() -> None:
    message = parse(line(question="q", language="ko", audience=["staff"], person="p").encode(), 1).message
    assert message == Message("q", "terminal", person="p", audience=frozenset({"staff"}), language="ko")


def test_encodings_and_halves_of_characters() -> None:
    found = answered(
        line(id=1, question="배송비").encode("utf-8-sig"),
        line(id=2, question="배송비").encode("cp949"),
        '{"id": 3, "question": "\\ud800"}',
    )
    assert [answer["answer"] for answer in found[:2]] == ["0:배송비"] * 2
    assert found[2]["id"] == 3


def test_empty_files_and_last_lines(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    for content, lines in ((b"", []), (b"a", [b"a"]), (b"a\n", [b"a"]), (b"a\n\nb\r\n", [b"a", b"", b"b\r"])):
        file.write_bytes(content)
        assert read_lines(file) == lines
    with pytest.raises(UserError, match="cannot be read"):
        read_lines(tmp_path / "none.jsonl")


def test_the_output_takes_its_place_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), written_aside(target) as file:  # noqa: PT012 - half is written before it
        file.write("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    with written_aside(target) as file:
        file.write("new \ud800")
        assert target.read_text() == "old"
    assert target.read_text() == "new ?"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"), written_aside(tmp_path / "none" / "out.jsonl"):
        pass
    with written_aside(Path("/dev/null")) as file:
        file.write("gone")


def test_as_many_lines_at_once_as_the_model_may_be_asked() -> None:
    assert lines_at_once(Settings(llm="", llm_concurrency=16)) == 4
    assert lines_at_once(Settings(llm="openai:x", llm_concurrency=16)) == 16
    assert lines_at_once(Settings(llm="openai:x", llm_concurrency=16, llm_attempts=3)) == 5
    assert lines_at_once(Settings(llm="openai:x", llm_concurrency=1, llm_attempts=5)) == 1
    assert lines_at_once(Settings(llm="openai:x", llm_concurrency=10_000)) == MOST_THREADS


def test_work_goes_at_once_and_comes_in_order() -> None:
    together = threading.Barrier(8)

    def work(number: int) -> int:
        together.wait(30)  # only passes where eight are here at the same time
        return number

    assert list(at_once(work, range(16), 8)) == list(range(16))


def test_who_stops_listening_stops_the_work() -> None:
    begun: list[int] = []
    release = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number:
            release.wait(30)
        return number

    working = at_once(work, range(100), 2)
    assert next(working) == 0
    working.close()
    release.set()
    assert len(begun) <= 4


def test_a_batch_with_a_model_keeps_lines_turns_and_the_limit_of_calls(make_bot: BotMaker) -> None:
    good = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다. [1]"
    with OpenAIServer([Say(good, wait=0.1)]) as server:
        settings = Settings(llm="openai:first", openai_base_url=server.url, llm_concurrency=6)
        model = model_from(settings)
        assert model is not None
        model.warm()
        bot = make_bot(model=model, llm_deadline=20.0)
        raw = [
            line(id=n, question="환불은 얼마나 걸리나요?", conversation=f"c{n % 3}" if n % 2 else None).encode()
            for n in range(18)
        ]
        output = io.StringIO()
        ask = partial(bot.ask, record=False)
        assert answer_all(ask, raw, output, lambda _done, _total: None, lines_at_once(settings)) == 0
        assert 1 < server.most_at_once <= 6
    found = [json.loads(each) for each in output.getvalue().splitlines()]
    assert [answer["id"] for answer in found] == list(range(18))
    assert {answer["model"] for answer in found} <= {"openai:first"}
