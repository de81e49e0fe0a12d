"""What a worker makes of a request to read: the text, a word for what was asked, and what was and was not read."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.channels import Delivery, Heard
from bot.messages import Message
from connectors.slack import readings
from connectors.slack.manifest import SCOPES
from connectors.slack.workspace import Workspace
from tests.servers.slack import SlackServer
from tests.servers.slack_people import Person


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=False) as server:
        server.scopes = set(SCOPES)
        yield server


def heard(slack: SlackServer, person: Person, task: str, language: str = "ko", **read: Any) -> Heard:
    client = WebClient(token=slack.token, base_url=slack.url)
    workspace = Workspace(client)
    message = Message("", "slack", person=person.id, task=task)
    at = float(slack.workspace.new_ts())
    delivery = Delivery("k", message, {"read": read, "language": language}, sent_after=at)
    return readings.heard(client, workspace, delivery, message, workspace.colleague(person.id))


def test_a_channel_is_read_as_talk_or_as_opinions(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    minsu.says(room, "배송이 늦어요")
    minsu.says(room, "- 포장도\n- 엉망이에요")
    talk = heard(slack, minsu, "summarize", channel=room.id, said="오늘")
    assert talk.message.material == "민수: 배송이 늦어요\n\n민수: - 포장도 - 엉망이에요"
    assert talk.message.text == "채널 대화 요약 (#고객지원)"
    assert "00:00부터 메시지 2개(1명)" in talk.message.notice
    assert talk.earlier == ()
    moods = heard(slack, minsu, "sentiment", "en", channel=room.id, said="what?")
    assert moods.message.material == "- 배송이 늦어요\n- - 포장도 - 엉망이에요"
    assert moods.message.text == "Mood of a channel (#고객지원)"
    assert "2 (people: 1)" in moods.message.notice


def test_one_message_is_read_as_it_stands(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("번역", minsu)
    said = minsu.says(room, "첫 줄\n\n둘째 줄")
    found = heard(slack, minsu, "translate", channel=room.id, ts=said.ts, alone=True)
    assert (found.message.material, found.message.notice) == ("첫 줄\n\n둘째 줄", "")
    assert found.message.text == "메시지 번역 (#번역)"


def test_a_day_that_is_over_has_an_end(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("어제", minsu)
    post = minsu.says(room, "어제 쓴 글").post
    ts = f"{float(post['ts']) - 24 * 3600:.6f}"
    room.posts[ts] = room.posts.pop(post["ts"]) | {"ts": ts}
    notice = heard(slack, minsu, "summarize", channel=room.id, said="어제").message.notice
    assert notice.count("00:00") == 2
    assert "까지 메시지 1개(1명)" in notice


@pytest.mark.parametrize("zone", ["", "Nowhere/City", "../../etc/passwd", "\x00"])
def test_a_zone_that_is_none(slack: SlackServer, zone: str) -> None:
    minsu = slack.person("민수", tz=zone)
    room = slack.channel("시간대", minsu)
    minsu.says(room, "글")
    assert heard(slack, minsu, "summarize", channel=room.id, said="").message.material == "민수: 글"


def test_what_cannot_be_read_is_said(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("밖", minsu, bot=False)
    assert "/invite @dapbot" in heard(slack, minsu, "summarize", channel=room.id).notice
    assert "/invite" in heard(slack, minsu, "summarize", channel="", said="").notice
    assert "Invite me" in heard(slack, minsu, "summarize", "en", channel="<!channel>", said="").notice
