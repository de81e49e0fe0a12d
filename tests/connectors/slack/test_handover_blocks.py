"""What people see when somebody asks for a person: within Slack's limits, and nobody is called but the owners."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.messages import Reply
from bot.phrases import say
from connectors.slack.handover_blocks import (
    ASK,
    SOLVE,
    Call,
    ask_block,
    call_from,
    filled,
    reachable,
    shown,
    solving_view,
)
from connectors.slack.handover_messages import Spot, messages, spot_of
from connectors.slack.reasons import reason_view
from connectors.slack.workspace import Workspace
from knowledge.language import Language
from tests.bot.database.test_handovers import NEW
from tests.servers.slack import SlackServer
from tests.servers.slack_limits import check_message, check_view

HOSTILE = "<!channel> <@U0DAPBOT> *굵게* @here " + "가나다\x00\n" * 8_000


def reply(**known: Any) -> Reply:
    usual: dict[str, Any] = {"answered": True, "checks": "supported", "confidence": 0.9}
    given = {"task": "answer", "language": "ko", **usual, **known}
    return Reply("a1", "c", "답", **given)


def offered(said: Reply) -> str:
    block = ask_block(said)
    return "" if block is None else str(block["elements"][0]["type"])


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (reply(), "overflow"),
        (reply(answered=False), "button"),
        (reply(checks="partly"), "button"),
        (reply(error="stopped"), "button"),
        (reply(task="summarize"), ""),
        (reply(task="smalltalk", answered=False), ""),
        (replace(reply(task="smalltalk", answered=False), text=say("smalltalk.human", "ko")), "button"),
    ],
)
def test_where_a_person_is_offered(said: Reply, what: str) -> None:
    assert offered(said) == what
    if block := ask_block(said):
        check_message([block], "")
        assert block["elements"][0]["action_id"] == ASK


@pytest.mark.parametrize("language", ["ko", "en"])
def test_forms_are_within_limits(language: Language) -> None:
    check_view(solving_view(7, language))
    check_view(reason_view("a" * 32, language))


@pytest.mark.parametrize("state", [{}, {"values": None}, {"values": {"note": None}}, {"values": {"note": {"x": {}}}}])
def test_fields_that_are_not_there_are_empty(state: dict[str, Any]) -> None:
    assert filled({"state": state}, "note") == ""
    assert filled({}, "note") == ""


def test_only_the_call_mentions_and_only_its_owners(slack: SlackServer) -> None:
    bad = slack.person("<!channel> & <@U1>")
    owner, guest = slack.person("지연"), slack.person("손님", guest="ultra")
    group = slack.group("help<!here>", owner)
    people = Workspace(WebClient(token=slack.token, base_url=slack.url))
    called = (group, owner.id, guest.id, "U0NOBODY", "S0GONE")
    assert reachable(called, people) == (group, owner.id)
    call = Call("thread", 1, bad.id, HOSTILE, called=called)
    for each in (
        call,
        Call("thread", 1, bad.id, HOSTILE),
        Call("thread", 1, bad.id, HOSTILE, called=called, solver=bad.id, outcome="missing"),
        Call("asker", 1, bad.id, HOSTILE, written=called),
        Call("owner", 1, bad.id, HOSTILE, written=called, reader=owner.id),
        Call("offer", value="a|1.2"),
    ):
        text, blocks = shown(each, people, "ko")
        check_message(blocks, text, updating=True)
        said = str(blocks) + text
        assert "<!channel>" not in said
        assert "<!here>" not in said
        assert "<@U0DAPBOT>" not in said
        mentioned = {one for one in (*called, bad.id) if f"<@{one}>" in said or f"<!subteam^{one}>" in said}
        expected = {group, owner.id} if each is call else {bad.id} if each.shown_as == "owner" else set()
        assert mentioned == expected
        assert call_from({"handover": each.kept()}) == each
    assert call_from({}) is None
    assert call_from({"handover": "1"}) is None


def test_each_message_has_its_key_and_what_ended_takes_its_place() -> None:
    thread = Spot("C1", "5.5", "1.2", "U1MINSU1")
    (one,) = messages(NEW, thread, "en")
    assert (one.key, one.where["thread"], one.kind) == ("handover:0:thread", "1.2", "notice")
    assert one.message is not None
    assert one.message.language == "ko"
    direct = messages(NEW, Spot("D1", "5.5", "1.2", "U1MINSU1"), "en")
    assert [each.key for each in direct] == ["handover:0:asker", "handover:0:S1", "handover:0:U9OWNER9"]
    assert [each.where.get("private") for each in direct] == [None, True, True]


@pytest.mark.parametrize("body", [{}, {"container": None}, {"container": {"channel_id": "C1"}}, {"user": {"id": "U1"}}])
def test_what_is_pressed_nowhere_is_nothing(body: dict[str, Any]) -> None:
    assert spot_of(body) is None
    assert SOLVE != ASK
