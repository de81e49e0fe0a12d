"""What went wrong is said, and tried again at the press of a button."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.channels import Delivery, Earlier
from bot.errors import ModelError
from bot.inbox import GONE, Row
from bot.llm.scripted import Script, ScriptedModel
from bot.messages import Message, Reply
from connectors.slack.again_button import Again
from connectors.slack.trying_again import before, below, given_up
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer


def test_a_model_that_failed_is_asked_again(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    failure = Script(fails=ModelError("model.down", retryable=False))
    model = ScriptedModel([failure, Script("배송비는 3,000원이에요. [1]")])
    with working(model):
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        first = replies(slack, room, said.ts)[0]
        jiyeon.clicks(room, first, "again")
        slack.wait_for(lambda: room.ephemeral, PATIENCE)
        assert "질문하신 분만" in room.ephemeral[0]["text"]
        minsu.clicks(room, first, "again")
        minsu.clicks(room, first, "again")
        second = replies(slack, room, said.ts, 2)[1]
        assert "배송비는 3,000원이에요" in texts(second)
        assert '"again"' not in json.dumps(second["blocks"])


def test_a_message_that_was_given_up_is_taken_up_again(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working() as bot:
        bot.inbox.pause()
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        row = slack.wait_for(bot.inbox.list, PATIENCE)[0]
        bot.inbox.drop(row.seq)
        told = given_up(row, None)
        assert told is not None
        bot.inbox.accept(told)
        bot.inbox.resume()
        sorry = replies(slack, minsu.direct, said.ts)[0]
        assert "죄송해요" in texts(sorry)
        minsu.clicks(minsu.direct, sorry, "again")
        answer = replies(slack, minsu.direct, said.ts, 2)[1]
        assert "3,000원" in texts(answer)
        slack.wait_for(lambda: "다시 시도하고 있어요" in texts(replies(slack, minsu.direct, said.ts)[0]), PATIENCE)


def test_what_is_said_to_who_waits() -> None:
    said = Message("how much is it?", "slack", "C1:1.0", "U1")
    row = row_of(said)
    told = given_up(row, None)
    assert told is not None
    assert (told.key, told.kind, told.where["again"], told.where["channel"]) == ("k:given_up", "notice", 7, "C1")
    assert told.text.startswith("Sorry")
    assert given_up(replace(row, error=f"{GONE}is_archived"), None) is None
    assert given_up(replace(row, message=None), None) is None
    assert given_up(replace(row, kind="notice"), None) is None  # nothing is said about what was to be said


def row_of(said: Message) -> Row:
    usual: dict[str, Any] = dict.fromkeys(Row.__slots__)
    known = {"seq": 7, "key": "k", "kind": "message", "where": {"channel": "C1"}, "message": said}
    return Row(**{**usual, **known})


REPLY = Reply("a1", "C1", "네", answered=True, confidence=1.0, task="answer", language="ko")


def test_only_what_failed_can_be_tried_again() -> None:
    said = Delivery("k", Message("배송비?", "slack", "C1", "U1"))
    assert below(said, REPLY) == []
    assert below(said, replace(REPLY, failed=True))[0]["elements"][0]["value"] == '{"answer": "a1"}'
    whole = replace(said, message=replace(said.message, task="summarize"))
    assert below(whole, replace(REPLY, failed=True)) == []  # its text may be a whole channel
    named = replace(said, message=replace(said.message, task="translate", options={"to": "en" * 1_000}))
    assert below(named, replace(REPLY, failed=True)) == []  # more than a button holds


@pytest.mark.parametrize(
    "value", ["", "null", "[]", "{", '{"row": true}', '{"row": "1"}', '{"answer": ""}', "x" * 40_000]
)
def test_a_forged_value_does_nothing(value: str) -> None:
    acked = []
    again = Again.__new__(Again)  # nothing is asked of its context
    again.pressed(lambda: acked.append(1), {"actions": [{"value": value}], "user": {"id": "U1"}})
    assert acked == [1]


def test_the_thread_before_a_question_that_is_asked_once_more() -> None:
    said = [
        Earlier("person", "배송비?"),
        Earlier("bot", "3,000원"),
        Earlier("person", "제주도는?"),
        Earlier("bot", "!"),
    ]
    assert before({}, said, "제주도는?") == said
    assert before({"once_more": True}, said, "제주도는?") == said[:2]
    assert before({"once_more": True}, said, "다른 말") == said
