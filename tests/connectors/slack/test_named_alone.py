"""The bot is called by its name and nothing else."""

from bot.channels import Earlier
from connectors.slack.named_alone import meant
from tests.connectors.slack.seen import Working, replies, texts
from tests.servers.slack import SlackServer

ASKED = Earlier("person", "배송비는 얼마인가요?")


def test_what_is_meant() -> None:
    assert meant("배송비?", None, "ko") == ("배송비?", None)
    assert meant(" ?!", None, None) == ("무엇을 할 수 있나요?", None)
    assert meant("", (), "en") == ("What can you do?", ())
    assert meant("", [Earlier("person", "안녕"), ASKED], "ko") == (ASKED.text, [Earlier("person", "안녕")])
    answered = [ASKED, Earlier("bot", "3,000원입니다.")]
    assert meant("", answered, "ko") == ("무엇을 할 수 있나요?", answered)
    assert meant("", [Earlier("person", "  ")], "ko")[0] == "무엇을 할 수 있나요?"


def test_it_says_what_it_can_do_and_answers_what_a_thread_asks(slack: SlackServer, working: Working) -> None:
    minsu, john = slack.person("민수"), slack.person("John", locale="en-US")
    room = slack.channel("고객지원", minsu, john)
    with working():
        called = john.says(room, slack.mention)
        assert "Ask in English or Korean" in texts(replies(slack, room, called.ts)[0])
        asked = minsu.says(room, "배송비는 얼마인가요?")
        john.says(room, f"{slack.mention}!", thread=asked.ts)
        john.says(room, slack.mention, thread=asked.ts)
        assert "3,000원" in "".join(texts(each) for each in replies(slack, room, asked.ts, 2))
