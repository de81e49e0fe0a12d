"""What people see when something breaks inside: a sentence, an error number, never a traceback."""

import logging
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.errors import ModelError
from bot.llm.scripted import ScriptedModel
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.web import served

JSON = {"Content-Type": "application/json", "Accept-Language": "ko"}
QUESTION = '{"question": "배송비는 얼마인가요?"}'


@pytest.fixture
def broken(make_bot: BotMaker) -> Iterator[Site]:
    """A server whose database has lost tables while it ran."""
    bot = make_bot()
    with served(bot) as site:
        with bot.sessions.begin() as session:
            for table in ("answer_sources", "feedback", "answers", "turns", "conversations", "version_passages"):
                session.execute(text(f"DROP TABLE {table}"))
        yield site


def test_a_crash_is_a_sentence_with_a_number_that_is_in_the_log(broken: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answers = [
            broken.call("POST", "/api/v1/ask", QUESTION, JSON),
            broken.call("GET", "/api/v1/knowledge", headers={"Accept-Language": "ko"}),
            broken.call("GET", "/documents", headers={"Accept": "text/html", "Accept-Language": "ko"}),
        ]
    for answer in answers:
        assert answer.status == 500
        assert "Traceback" not in answer.text
        assert "sqlite" not in answer.text.lower()
        number = re.search(r"오류 번호 ([0-9a-f]{8})", answer.text)
        assert number
        assert number[1] in caplog.text
        assert answer.headers["content-security-policy"]
    assert "<html" in answers[2].text


def test_a_crash_within_a_stream_is_its_last_event(broken: Site) -> None:
    events = broken.call("POST", "/api/v1/ask", QUESTION, {**JSON, "Accept": "text/event-stream"}).events
    assert events[-1][0] == "error"
    assert "오류 번호" in events[-1][1]["error"]


def test_a_model_that_is_down_gives_the_extract_and_says_so(make_bot: BotMaker) -> None:
    with served(make_bot(ScriptedModel([ModelError("model.broken")]))) as site:
        line = site.call("POST", "/api/v1/ask", QUESTION, JSON).json
    assert line["answered"]
    assert line["extract"]
    assert line["notice"]
