"""Replies that stand there already are changed; where that cannot be, they are sent anew, and nothing is lost."""

from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Refuse


def test_a_reply_that_cannot_be_changed_is_sent_anew(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working() as bot:
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        first = replies(slack, room, said.ts)[0]
        slack.fails("chat.update", Refuse("msg_blocks_too_long"))
        minsu.edits(said, f"{slack.mention} 교환은 어떻게 신청하나요?")
        slack.wait_for(lambda: first["ts"] not in room.posts and slack.replies(room, said.ts), PATIENCE)
        slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)
        second = replies(slack, room, said.ts)
        assert ["교환 신청" in texts(each) for each in second] == [True]
        slack.fails("chat.update", Refuse("message_not_found"))
        minsu.edits(said, f"{slack.mention} 환불은 얼마나 걸리나요?")
        assert "영업일" in texts(replies(slack, room, said.ts, 2)[1])
