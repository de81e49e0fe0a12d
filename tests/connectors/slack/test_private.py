"""Answers for the asker alone, in a direct message."""

import json
from typing import Any

from bot.database import places
from bot.llm.scripted import Script, ScriptedModel
from bot.wiring import Bot
from tests.connectors.slack.seen import PATIENCE, Working, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Cut
from tests.servers.slack_workspace import Room


def posted(slack: SlackServer, room: Room, count: int = 1) -> list[dict[str, Any]]:
    """Wait for so many replies of the bot in a channel, wherever they stand; return them."""

    def ours() -> list[dict[str, Any]]:
        found = [post for post in slack.posts(room) if (post.get("metadata") or {}).get("event_type") == "dapbot_reply"]
        return found if len(found) >= count else []

    return list(slack.wait_for(ours, PATIENCE))


def test_a_channel_set_to_private_answers(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working() as bot:
        with bot.sessions.begin() as session:
            places.choose(session, "slack", room.id, private=True)
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        reply = posted(slack, minsu.direct)[0]
        assert "질문: “배송비는 얼마인가요?”" in texts(reply)
        assert f"archives/{room.id}/p{said.ts.replace('.', '')}" in texts(reply)
        assert "thread_ts" not in reply
        slack.wait_for(lambda: room.ephemeral, PATIENCE)
        assert room.ephemeral[0]["user_shown"] == minsu.id
        assert minsu.direct.id in room.ephemeral[0]["text"]
        assert not slack.posts(room)
        assert not slack.calls("assistant.threads.setStatus")  # others would see it
        before = texts(reply)
        minsu.edits(said, f"{slack.mention} 교환은 어떻게 신청하나요?")
        slack.wait_for(lambda: texts(posted(slack, minsu.direct)[0]) != before, PATIENCE)
        now = posted(slack, minsu.direct)
        assert len(now) == 1
        assert "교환은 어떻게 신청하나요?" in texts(now[0])


def test_a_private_answer_is_shared_once(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    with working() as bot:
        with bot.sessions.begin() as session:
            places.choose(session, "slack", room.id, private=True)
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        reply = posted(slack, minsu.direct)[0]
        for _ in range(2):  # twice, before anything has come of it
            minsu.clicks(minsu.direct, reply, "share")
        shared = posted(slack, room)[0]
        assert shared["thread_ts"] == said.ts
        assert "민수님이 공유한 답변" in texts(shared)
        assert "<@" not in texts(shared)
        slack.wait_for(lambda: "공유했어요" in texts(posted(slack, minsu.direct)[0]), PATIENCE)
        slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)
        assert len(posted(slack, room)) == 1
        assert len(posted(slack, minsu.direct)) == 1
        assert '"share"' not in json.dumps(posted(slack, minsu.direct)[0]["blocks"])


def test_what_not_everyone_may_read_stays_private(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    slack.group("staff", minsu)
    guest = slack.person("손님", guest="ultra")
    room = slack.channel("고객지원", minsu, guest)
    with working() as bot:
        with bot.sessions.begin() as session:
            places.choose(session, "slack", room.id, private=True)
        minsu.says(room, f"{slack.mention} 연차는 며칠까지 이월되나요?")
        reply = posted(slack, minsu.direct)[0]
        assert "5일" in texts(reply)
        minsu.clicks(minsu.direct, reply, "share")
        said = posted(slack, minsu.direct, 2)[1]
        assert "모두가 볼 수는 없는 자료" in texts(said)
        assert said["thread_ts"] == reply["ts"]
        assert not slack.posts(room)
        guest.says(room, f"{slack.mention} 연차는 며칠까지 이월되나요?")
        assert "5일" not in texts(posted(slack, guest.direct)[0])


def test_a_question_that_was_taken_back_is_not_answered(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working() as bot:
        bot.inbox.pause()
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        slack.wait_for(bot.inbox.list, PATIENCE)
        minsu.deletes(said)
        slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)
        row = bot.inbox.list("dead")[0]
        assert (row.error, row.message) == ("gone:message_deleted", None)  # what was said is not kept
        bot.inbox.resume()
        other = minsu.says(room, f"{slack.mention} 교환은 어떻게 신청하나요?")
        slack.wait_for(lambda: slack.replies(room, other.ts), PATIENCE)
        assert len(slack.posts(room)) == 1


def test_what_was_sent_before_a_break_is_not_sent_again(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working() as bot:
        with bot.sessions.begin() as session:
            places.choose(session, "slack", room.id, private=True)
        slack.fails("chat.postMessage", Cut(after=True))
        minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        tried_again(slack, bot)
        reply = posted(slack, minsu.direct)[0]
        slack.fails("chat.postMessage", Cut(after=True))
        minsu.clicks(minsu.direct, reply, "share")
        tried_again(slack, bot)
        assert (len(posted(slack, minsu.direct)), len(posted(slack, room))) == (1, 1)
        assert len(slack.calls("chat.postMessage")) == 2


def tried_again(slack: SlackServer, bot: Bot) -> None:
    """Wait until a row has failed, and see it through at once."""
    slack.wait_for(lambda: [row for row in bot.inbox.list() if row.error], PATIENCE)
    bot.inbox.hurry("slack")
    slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)


def test_a_question_taken_back_while_it_is_answered(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working(ScriptedModel([Script("배송비는 3,000원이에요. [1] " * 20, pause=0.01)])) as bot:
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        slack.wait_for(lambda: slack.calls("chat.appendStream"), PATIENCE)
        minsu.deletes(said)
        slack.wait_for(lambda: not slack.posts(room) and not bot.inbox.list(), PATIENCE)
        other = minsu.says(minsu.direct, "고마워요")
        slack.wait_for(lambda: slack.replies(minsu.direct, other.ts), PATIENCE)
        assert not slack.posts(room)
