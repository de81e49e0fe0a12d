"""Logs hold no content and no secrets (C 30): marks that only a person, a mail or a secret has go through a server that
logs everything it can, and through everything that can fail; none may come out in its log, its errors or its figures.
"""

import json
import logging
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.accounts import Accounts
from bot.answer_log import Told
from bot.database.opening import opened
from bot.inbox import Incoming
from bot.log_form import JsonLines, TextLines
from bot.messages import Message, Reply, Tokens
from bot.settings import Settings
from bot.wiring import build_bot
from tests.reliability.recording import RecordingChannel, wait_for, working
from tests.servers.dapbot import Answer, Site, serving
from tests.servers.openai import Cut, Fail, Garbage, OpenAIServer, Say
from tests.servers.visitor import PageVisitor

MARKS = {
    "question": "xkanarie1question",
    "resident number": "900101-1234567",
    "phone": "010-9182-7364",
    "card": "4539-1488-0343-6467",
    "password": "xKanarie2-password-9",
    "token": "dap_xkanarie3token",
    "api key": "sk-xkanarie4apikey",
    "mail": "xkanarie5@example.com",
    "document": "xkanarie6document",
    "answer": "xkanarie7answer",
    "secret": "xkanarie8" + "s" * 40,
    "comment": "xkanarie9comment",
}
FORGED = "\r\n2026-11-25 00:00:00.000+09:00 ERROR bot: forged\u2028forged"


def talk(site: Site) -> list[str]:
    """Say every mark where it can be said; return what came back that is no answer: errors, figures, states."""
    said, back = " ".join(MARKS.values()), []
    owner = {"Authorization": f"Bearer {site.token}"}
    site.upload(("faq.csv", f"질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다 {MARKS['document']}\n".encode()), **owner)
    for n in range(5):
        line = {
            "question": f"환불은 언제 되나요? {said}{FORGED}",
            "conversation": f"c{n % 2}{FORGED}",
            "person": MARKS["mail"],
        }
        answer = site.post("/api/v1/ask", line, **owner)
        assert answer.status == 200, answer.text
    rated = {"answer_id": answer.json["answer_id"], "rating": 1, "comment": MARKS["comment"]}
    assert site.post("/api/v1/feedback", rated, **owner).status == 200
    wrong = [
        site.post("/api/v1/feedback", {**rated, "rating": 7, "reason": MARKS["comment"]}, **owner),
        site.post("/api/v1/ask", {"question": "x", "conversation": {said: FORGED}}, **owner),
        site.call("POST", "/api/v1/ask", f'{{"question": "{said}', {"Content-Type": "application/json", **owner}),
        site.call("POST", "/api/v1/ask", b"\xff" + said.encode(), {"Content-Type": "application/json", **owner}),
        site.call("GET", f"/api/v1/knowledge/{MARKS['question']}", headers=owner),
        site.call("GET", "/api/v1/knowledge", headers={"Authorization": f"Bearer {MARKS['token']}"}),
        signed_in_wrongly(site),
    ]
    assert all(each.status >= 400 for each in wrong)
    back += [each.text for each in wrong]
    back += [site.call("GET", path, headers=owner).text for path in ("/metrics", "/ready", "/health")]
    return back


def signed_in_wrongly(site: Site) -> Answer:
    visitor = PageVisitor(site)
    visitor.open("/sign-in")
    answer = visitor.send("/sign-in", name="kim", password=MARKS["password"])
    assert answer.status not in (303, 403), answer.text
    return answer


def test_nothing_that_was_said_comes_out_and_nothing_forges_a_line(tmp_path: Path) -> None:
    behaviours = [
        Say(f"{MARKS['answer']} 사흘 안에 됩니다 [1]"),
        Fail(401, message=f"wrong key {MARKS['api key']}: {MARKS['question']}"),
        Garbage(f"{{{MARKS['answer']}".encode()),
        Cut(MARKS["answer"]),
        Fail(400, message=MARKS["question"]),
    ]
    data = tmp_path / "data"
    with opened(Settings(data=data)) as sessions:
        Accounts(sessions).create("kim", "right-long-password-4711", actor="test")
    with OpenAIServer(behaviours) as server:
        settings = {
            "DAPBOT_LOG_LEVEL": "debug",
            "DAPBOT_LLM": "openai:gpt-4.1-mini",
            "OPENAI_API_KEY": MARKS["api key"],
            "OPENAI_BASE_URL": server.url,
            "DAPBOT_SECRET": MARKS["secret"],
            "DAPBOT_LLM_DEADLINE": "30",  # the first answer waits for the provider's library to be loaded
        }
        with serving(data, **settings) as site:
            site.wait_ready()
            back = talk(site)
        assert len(server.requests) >= 4
    log = (tmp_path / "serve.log").read_text("utf-8")
    found = [name for name, mark in MARKS.items() if mark in log or mark.encode("utf-8").hex() in log]
    assert found == [], log
    assert [name for name, mark in MARKS.items() if any(mark in each for each in back)] == []
    assert "forged" not in log
    answers = [line for line in log.splitlines() if '"answer_id"' in line]
    assert len(answers) == 5
    told = [json.loads(line[line.index("{") :]) for line in answers]
    assert {each["model"] for each in told} == {"openai:gpt-4.1-mini", "extractive"}
    assert any(str(each["error"]).startswith("model.") for each in told), told
    assert all(set(each) == KEYS for each in told)
    assert len({each["conversation"] for each in told if each["conversation"]}) == 2
    failed = [line for line in log.splitlines() if " dapbot.llm: " in line and " failed: " in line]
    assert failed
    assert all(any(f"(answer_id {each['answer_id']}" in line for each in told) for line in failed), failed


KEYS = {
    "answer_id", "conversation", "channel", "task", "language", "model", "latency_ms", "input_tokens", "output_tokens",
    "cost_usd", "answered", "confidence", "checks", "extract", "error",
}  # fmt: skip


def test_what_a_channel_says_of_its_failure_is_not_repeated(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody foresaw may quote anything: of it the kind is told, and no word."""

    def fail() -> None:
        raise ValueError(f"no such address: {MARKS['mail']} {MARKS['question']}")

    slack = RecordingChannel("slack", fail)
    with caplog.at_level(logging.DEBUG), build_bot(Settings(data=tmp_path / "data"), channels={"slack": slack}) as bot:
        bot.inbox.accept(Incoming("slack:1", Message(MARKS["question"], "slack", "c", MARKS["mail"])))
        with working(bot):
            wait_for(lambda: any(row.error for row in bot.inbox.list()))
        (row,) = bot.inbox.list()
    written = TextLines()
    said = "\n".join([str(row.error), *map(written.format, caplog.records)])
    assert "ValueError" in said
    assert [name for name, mark in MARKS.items() if mark in said] == []


def test_figures_name_nobody_and_have_few_labels(tmp_path: Path) -> None:
    """Channels, models and people that somebody makes up do not become labels."""
    settings = Settings(data=tmp_path / "data")
    with build_bot(settings) as bot:
        before = bot.metrics.page().decode()
        for n in range(60):
            reply = Reply(
                f"a{n}", f"c{n}", "", True, 0.5, "answer", "ko", model=f"m{n}", tokens=Tokens(1, 2), cost_usd=0.5
            )
            bot.metrics.answer(Told(f"channel{n}", reply, None if n % 2 else "model.limited"))
            bot.metrics.answer(Told("slack", replace(reply, error=f"{MARKS['question']} was wrong")))
        page = bot.metrics.page().decode()
        bot.engine.dispose()
    assert len(page.splitlines()) - len(before.splitlines()) < 160
    assert [name for name, mark in MARKS.items() if mark in page] == []
    assert 'dapbot_answers_total{channel="other",outcome="answered",task="answer"} 60.0' in page
    assert 'dapbot_tokens_total{direction="output",model="other"} 160.0' in page, "two a message, of 40 models"
    assert 'dapbot_answer_errors_total{kind="model.limited"} 30.0' in page
    assert 'dapbot_answer_errors_total{kind="other"} 60.0' in page
    for name in (
        "dapbot_database_up 1.0",
        'dapbot_inbox_rows{state="dead"} 0.0',
        "dapbot_index_lag 0.0",
        "process_cpu",
    ):
        assert name in page


def record(message: str, *values: object) -> logging.LogRecord:
    try:
        raise ValueError(f"at fault: {FORGED}")
    except ValueError:
        return logging.LogRecord("bot.x", logging.ERROR, __file__, 1, message, values, sys.exc_info())


def test_a_name_cannot_begin_a_line() -> None:
    lines = TextLines().format(record("uploaded by %s", f"kim{FORGED}\x1b[2J")).split("\n")
    assert lines[0].endswith(
        "ERROR bot.x: uploaded by kim\\r\\n2026-11-25 00:00:00.000+09:00 ERROR bot: forged\\u2028forged\\x1b[2J"
    )
    assert all(line.startswith("    ") for line in lines[1:]), "what belongs to a traceback is indented"
    assert "\r" not in "".join(lines)
    assert "\u2028" not in "".join(lines)
    name = f"kim{FORGED}\x85\x9b2J\u2029한글"
    (line,) = JsonLines().format(record("uploaded by %s", name)).splitlines()
    assert "\x9b" not in line
    assert "한글" in line
    assert json.loads(line)["message"] == f"uploaded by {name}"
    assert json.loads(line)["level"] == "error"
    assert "ValueError" in json.loads(line)["trace"]
