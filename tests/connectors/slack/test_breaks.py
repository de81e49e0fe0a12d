"""Slack is slow, refuses, hangs up: whoever asked is answered once, a little later."""

import time

from bot.llm.scripted import Script, ScriptedModel
from connectors.slack.channel import STREAMS_PER_MINUTE
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Broken, Cut, Hang, RateLimited

WRITTEN = "배송비는 3,000원이에요. [1] 50,000원 이상 주문하시면 무료예요. [1]"


def test_lines_that_break(slack: SlackServer, working: Working) -> None:
    """Told to come again, warned, cut off: what is said meanwhile is answered too."""
    minsu = slack.person("민수")
    slack.deliverer.patience = 0.5
    with working():
        asked = []
        for how in ("refresh_requested", "warning", ""):
            if how:
                slack.lines.disconnect(how)
            else:
                slack.lines.cut()
            asked.append(minsu.says(minsu.direct, "배송비는 얼마인가요?"))
            slack.wait_for(lambda: slack.lines.open, PATIENCE)
        for said in asked:
            assert len(replies(slack, minsu.direct, said.ts)) == 1
        assert len(slack.posts(minsu.direct)) == len(asked)


def test_posts_that_break(slack: SlackServer, working: Working) -> None:
    """A connection that breaks before or after a post was made, a proxy's error, a limit: one reply each."""
    with working() as bot:
        asked = []
        for fault in (Cut(after=True), Cut(), Broken(503), RateLimited(2)):
            minsu = slack.person("민수")  # somebody else each time: what one person asks is done in order
            slack.fails("chat.postMessage", fault)
            asked.append(minsu.says(minsu.direct, "배송비는 얼마인가요?"))
            slack.wait_for(lambda: len(slack.calls("chat.postMessage")) >= len(asked), PATIENCE)
        for said in asked:
            assert len(replies(slack, said.room, said.ts)) == 1
        slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)
        assert [len(slack.posts(said.room)) for said in asked] == [1] * len(asked)


def test_more_streams_than_may_be_begun(slack: SlackServer, working: Working) -> None:
    """Those who come later, and whoever Slack refuses a stream, are answered by a whole message."""
    minsu = slack.person("민수")
    slack.fails("chat.startStream", RateLimited(30))
    slack.fails("chat.appendStream", RateLimited(5), Hang(0.1, after=True))
    count = STREAMS_PER_MINUTE + 3
    with working(ScriptedModel([Script(WRITTEN)]), messages_per_minute=0, cache_days=0) as bot:
        asked = [minsu.says(minsu.direct, f"{n}번 고객이 물어요. 배송비는 얼마인가요?") for n in range(count)]
        for said in asked:
            found = replies(slack, minsu.direct, said.ts)
            assert len(found) == 1
            assert "배송비" in texts(found[0])
        slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)
        assert len(slack.calls("chat.startStream")) == STREAMS_PER_MINUTE
        assert not [post for post in slack.posts(minsu.direct) if post.get("streaming")]
        assert len(slack.posts(minsu.direct)) == count


def test_hearing_does_not_wait_for_what_only_shows(slack: SlackServer, working: Working) -> None:
    """The status takes seconds: Slack has its acknowledgement all the same, and the person the answer."""
    minsu = slack.person("민수")
    slack.fails("assistant.threads.setStatus", Hang(3.0))
    with working():
        began = time.monotonic()
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        replies(slack, minsu.direct, said.ts)
        assert time.monotonic() - began < 3.0
        assert said.acked
