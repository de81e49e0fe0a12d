"""What is told later in Slack: in the thread, once; and what people answered there is a draft for everyone."""

from bot.database.tables import Conversation
from bot.people_said import people_said
from bot.telling import tell
from bot.unanswered import refresh
from bot.wiring import Bot
from tests.bot.test_unanswered import groups
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer

UNKNOWN = "중고 만년필도 매입해 주시나요?"


def conversation(bot: Bot) -> str:
    with bot.sessions() as session:
        return session.query(Conversation).one().id


def test_a_thread_is_told_once_and_gives_the_draft(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    with working() as bot:
        said = minsu.says(room, f"{slack.mention} {UNKNOWN}")
        replies(slack, room, said.ts)
        jiyeon.says(room, "민수님, 만년필은 매장에서만 매입해요. 문의는 010-1234-5678로 주세요.", thread=said.ts)
        refresh(bot)
        drafts = people_said(bot, groups(bot)[0].id, "ko")
        assert [each.question for each in drafts] == [UNKNOWN]
        assert "매장에서만 매입해요" in drafts[0].answer
        assert "010" not in drafts[0].answer
        assert [tell(bot, conversation(bot), "만년필은 매장에서만 매입해요.", "k1") for _ in range(3)] == [True] * 3
        told = replies(slack, room, said.ts, 2)
        assert "매장에서만" in texts(told[1])
        assert tell(bot, conversation(bot), "다음 소식이에요.", "k2")
        assert len(replies(slack, room, said.ts, 3)) == 3


def test_a_direct_message_is_told_there(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working() as bot:
        room = minsu.direct
        said = minsu.says(room, UNKNOWN)
        slack.wait_for(lambda: [post for post in slack.posts(room) if post.get("bot_id")], PATIENCE)
        assert said.ts
        assert tell(bot, conversation(bot), "매장에서만 매입해요.", "k1")
        slack.wait_for(lambda: [post for post in slack.posts(room) if "매장에서만" in texts(post)], PATIENCE)
