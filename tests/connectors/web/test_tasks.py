"""Programs name the task, and how it is to be done."""

import json
from typing import Any

import pytest

from tests.samples import BotMaker
from tests.servers.web import served

TOKEN = "owner-of-this-test"


def asked(make_bot: BotMaker, **line: Any) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    with served(make_bot(), TOKEN) as site:
        answer = site.call("POST", "/api/v1/ask", json.dumps(line), headers)
    return answer.status, answer.json


def test_a_task_and_its_options(make_bot: BotMaker) -> None:
    options = {"kind": "notice", "target": "입주민", "ask": "no"}
    status, line = asked(make_bot, question="승강기 점검", task="draft", options=options)
    assert (status, line["task"]) == (200, "draft")
    assert "입주민" in line["answer"]


def test_the_words_decide_without_one(make_bot: BotMaker) -> None:
    assert asked(make_bot, question="감정 분석해줘: 배송이 늦어서 화가 나요.")[1]["task"] == "sentiment"


@pytest.mark.parametrize(
    "line",
    [
        {"task": "bake"},
        {"task": 3},
        {"options": {"x": 1}},
        {"options": ["a"]},
        {"options": {str(n): "x" for n in range(21)}},
        {"options": {"x": "y" * 2_001}},
    ],
)
def test_what_is_none_is_refused_in_a_sentence(make_bot: BotMaker, line: dict[str, Any]) -> None:
    status, said = asked(make_bot, question="배송비", **line)
    assert status == 422
    assert said["error"].startswith(("task", "options"))
