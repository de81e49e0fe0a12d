"""Channels that are set to answer by themselves, and channels that are paused."""

import time

from bot.channels import Delivery
from bot.database import places
from bot.messages import Message
from bot.wiring import Bot
from connectors.slack.gate import is_ours
from connectors.slack.listening import AUTO
from connectors.slack.starting import slack_channel
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.samples import BotMaker
from tests.servers.slack import SlackServer
from tests.servers.slack_people import Said
from tests.servers.slack_workspace import Room


def chosen(bot: Bot, room: Room, **choices: object) -> None:
    """Set something for a channel, as an admin does."""
    with bot.sessions.begin() as session:
        places.choose(session, "slack", room.id, **choices)


def settled(slack: SlackServer, bot: Bot) -> None:
    """Wait until nothing is left to be done."""
    slack.wait_for(lambda: not any(bot.inbox.counts()[state] for state in ("new", "sending")), PATIENCE)


def test_questions_and_problems_are_answered_where_that_is_set(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room, other = slack.channel("고객지원", minsu, jiyeon), slack.channel("잡담", minsu, jiyeon)
    with working() as bot:
        chosen(bot, room, auto=True)
        asked = minsu.says(room, "배송비는 얼마예요")
        trouble = jiyeon.says(room, "주문한 만년필이 아직 안 왔어요")
        assert "배송비" in texts(replies(slack, room, asked.ts)[0])
        replies(slack, room, trouble.ts)
        minsu.says(room, "그럼 제주도는요", thread=asked.ts)
        replies(slack, room, asked.ts, 2)
        for chat in (
            "다들 수고 많으셨어요!",
            "저는 오늘 회의에 못 가요",
            "지연님, 배송비가 얼마였죠?",
            f"<@{jiyeon.id}> 교환은 어떻게 하나요?",
            "<!here> 반품은 어떻게 하나요?",
            "점심 뭐 먹을까요?",
            "방금 배송비 안내를 고쳤습니다.",
        ):
            minsu.says(room, chat)
        minsu.says(other, "배송비는 얼마인가요?")
        last = jiyeon.says(room, "How much is shipping?")
        replies(slack, room, last.ts)
        settled(slack, bot)
        assert len(slack.calls("chat.postMessage")) == 4
        assert len(slack.calls("assistant.threads.setStatus")) == 4  # nothing is promised where nothing is said


def test_a_paused_channel_is_silent_and_says_so_once_to_who_asks(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working() as bot:
        chosen(bot, room, auto=True, paused=True)
        minsu.says(room, "배송비는 얼마인가요?")
        minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        slack.wait_for(lambda: room.ephemeral, PATIENCE)
        assert [(post["user_shown"], "멈췄어요" in post["text"]) for post in room.ephemeral] == [(minsu.id, True)]
        chosen(bot, room, paused=None)
        last = minsu.says(room, "교환은 어떻게 하나요")
        replies(slack, room, last.ts)
        settled(slack, bot)
        assert len(slack.calls("chat.postMessage")) == 1
        assert len(room.ephemeral) == 1


def test_what_people_answered_while_the_bot_was_away_is_left_to_them(slack: SlackServer, make_bot: BotMaker) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    bot = make_bot(slack_bot_token=slack.token, slack_app_token=slack.app_token, slack_api_url=slack.url)
    channel = slack_channel(bot.settings)
    assert channel is not None
    channel.settle(bot.sessions)

    def ours(said: Said, *, waited: float) -> bool:
        where = {"channel": room.id, "ts": said.ts, "thread": said.ts, "kind": "channel", "asked": AUTO}
        message = Message(said.post["text"], "slack", person=minsu.id)
        return is_ours(channel, Delivery("k", message, where, sent_after=time.time() - waited), None)

    said = minsu.says(room, "배송비는 얼마예요")
    assert not ours(said, waited=0)  # nobody has set the channel to that
    chosen(bot, room, auto=True)
    assert ours(said, waited=0)
    assert ours(said, waited=600)
    minsu.says(room, "급해요", thread=said.ts)
    assert ours(said, waited=600)
    jiyeon.says(room, "3,000원이에요", thread=said.ts)
    assert not ours(said, waited=600)
    assert not ours(minsu.says(room, "오늘 회식합니다"), waited=0)
    assert not ours(minsu.says(room, "\x00" + "가" * 39_000), waited=0)
    chosen(bot, room, paused=True)
    assert not ours(minsu.says(room, "교환은 어떻게 하나요"), waited=0)
