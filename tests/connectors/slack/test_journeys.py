"""People talk to the bot in Slack: over Socket Mode and over HTTP, against a Slack of our own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pytest

from bot.llm.scripted import Script, ScriptedModel
from bot.wiring import Bot
from connectors import running
from connectors.slack.manifest import SCOPES
from connectors.slack.starting import listening_to_slack, slack_channel
from tests.samples import BotMaker
from tests.servers.slack import SlackServer
from tests.servers.slack_workspace import Room

Working = Callable[..., AbstractContextManager[Bot]]
PATIENCE = 20.0


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.scopes = set(SCOPES)  # what the manifest asks for is enough
        yield server


@pytest.fixture
def working(slack: SlackServer, make_bot: BotMaker) -> Working:
    """Return what makes a bot that listens to the loopback Slack."""

    @contextmanager
    def work(model: ScriptedModel | None = None, **settings: Any) -> Iterator[Bot]:
        bot = make_bot(
            model,
            slack_bot_token=slack.token,
            slack_app_token=slack.app_token,
            slack_api_url=slack.url,
            **settings,
        )
        channel = slack_channel(bot.settings)
        assert channel is not None
        channel.streams = model is not None
        bot.channels = {channel.name: channel}
        with ExitStack() as undo:
            undo.enter_context(running.at_work(bot, 4))
            app = undo.enter_context(listening_to_slack(bot))
            assert app is not None
            slack.wait_for(lambda: app.state == "ready", PATIENCE)
            yield bot

    return work


def texts(post: dict[str, Any]) -> str:
    """Return all that a post shows."""
    found = [str(post.get("text") or "")]
    for block in post.get("blocks") or ():
        found.append(str(block.get("text") if isinstance(block.get("text"), str) else ""))
        for element in block.get("elements") or ():
            text = element.get("text")
            found.append(str(text.get("text") if isinstance(text, dict) else text or ""))
    return "\n".join(found)


def replies(slack: SlackServer, room: Room, ts: str, count: int = 1) -> list[dict[str, Any]]:
    """Wait for so many replies of the bot in a thread; return them."""

    def ours() -> list[dict[str, Any]]:
        found = [post for post in slack.replies(room, ts) if post.get("bot_id") and post.get("metadata")]
        return found if len(found) >= count else []

    return list(slack.wait_for(ours, PATIENCE))


def test_a_direct_message_is_answered_in_its_thread(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working():
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        reply = replies(slack, minsu.direct, said.ts)[0]
        assert "배송비" in texts(reply)
        assert reply["thread_ts"] == said.ts
        assert any(block["type"] == "context_actions" for block in reply["blocks"])
        assert slack.calls("assistant.threads.setStatus")


def test_a_mention_told_twice_is_answered_once(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working():
        first = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, first.ts)
        second = minsu.says(room, f"{slack.mention} 교환은 어떻게 하나요?")
        replies(slack, room, second.ts)
        assert len(replies(slack, room, first.ts)) == 1
        minsu.says(room, "내일 점심 뭐 먹지?")
        third = minsu.says(room, f"{slack.mention} 고마워요")
        replies(slack, room, third.ts)
        assert len(slack.calls("chat.postMessage")) == 3


def test_a_follow_up_in_the_thread_needs_no_mention(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    with working():
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        minsu.says(room, "제주도는요?", thread=said.ts)
        replies(slack, room, said.ts, 2)
        jiyeon.says(room, "민수님, 그건 제가 알아요.", thread=said.ts)
        minsu.says(room, "아 그래요? 얼마예요?", thread=said.ts)  # people talk to each other
        asked = minsu.says(room, f"{slack.mention} 교환은 되나요?", thread=said.ts)
        assert asked.ts
        replies(slack, room, said.ts, 3)
        assert len(replies(slack, room, said.ts, 3)) == 3
        assert len(slack.calls("assistant.threads.setStatus")) == 3  # nothing is promised where nothing is said


def test_it_is_quiet_when_told(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working():
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        minsu.says(room, "조용히 해 줘", thread=said.ts)
        slack.wait_for(lambda: slack.calls("reactions.add"), PATIENCE)
        minsu.says(room, "교환은 어떻게 하나요?", thread=said.ts)
        minsu.says(room, f"{slack.mention} 환불은 어떻게 하나요?", thread=said.ts)
        assert len(replies(slack, room, said.ts, 2)) == 2


def test_an_edit_changes_the_answer(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working():
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        before = texts(replies(slack, room, said.ts)[0])
        minsu.edits(said, f"{slack.mention} 교환은 어떻게 신청하나요?")
        slack.wait_for(lambda: texts(replies(slack, room, said.ts)[0]) != before, PATIENCE)
        now = replies(slack, room, said.ts)
        assert len(now) == 1
        assert "교환" in texts(now[0])


def test_robots_and_joins_are_nothing(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working():
        slack.event({"type": "message", "channel": room.id, "channel_type": "channel", "bot_id": "B99", "user": "UBOT9",
                     "ts": "1764060000.000001", "text": f"{slack.mention} 배송비는 얼마인가요?"})  # fmt: skip
        slack.person("수진").joins(room)
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        assert len(slack.calls("chat.postMessage")) == 1


def test_the_nearest_questions_are_buttons(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working():
        said = minsu.says(minsu.direct, "중고 만년필도 매입해 주시나요?")
        reply = replies(slack, minsu.direct, said.ts)[0]
        buttons = [b for b in reply["blocks"] if b["type"] == "actions"]
        if not buttons:
            pytest.skip("the sample has nothing near")
        minsu.clicks(minsu.direct, reply, "nearest:0")
        assert len(replies(slack, minsu.direct, said.ts, 2)) == 2


def test_what_people_think_of_an_answer_is_kept(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working() as bot:
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        reply = replies(slack, minsu.direct, said.ts)[0]
        answer = reply["metadata"]["event_payload"]["answer"]
        minsu.clicks(minsu.direct, reply, "feedback", f"-1:{answer}")
        slack.wait_for(lambda: slack.calls("chat.postEphemeral"), PATIENCE)
        from bot.database.tables import Feedback

        with bot.sessions() as session:
            assert [row.rating for row in session.query(Feedback)] == [-1]


def test_a_model_is_shown_while_it_writes(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    model = ScriptedModel([Script("배송비는 3,000원이에요. [1] 5만 원 이상이면 무료예요. [1]", pause=0.02)])
    with working(model):
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        reply = replies(slack, minsu.direct, said.ts)[0]
        assert "배송비" in texts(reply)
        assert slack.calls("chat.startStream")
        assert slack.calls("chat.stopStream")
        assert len(slack.replies(minsu.direct, said.ts)) == 1


def test_a_rate_limit_is_waited_for(slack: SlackServer, working: Working) -> None:
    from tests.servers.slack_faults import RateLimited

    minsu = slack.person("민수")
    slack.fails("chat.postMessage", RateLimited(1))
    with working():
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        assert len(replies(slack, minsu.direct, said.ts)) == 1
        assert len(slack.calls("chat.postMessage")) == 2


@contextmanager
def over_http(slack: SlackServer, make_bot: BotMaker) -> Iterator[Bot]:
    """A bot that hears of Slack over HTTP, through its web server."""
    from connectors.slack.app import SlackApp
    from connectors.web.app import create_app
    from tests.servers.web import served_app

    secret = slack.signing_secret
    bot = make_bot(slack_bot_token=slack.token, slack_signing_secret=secret, slack_api_url=slack.url)
    channel = slack_channel(bot.settings)
    assert channel is not None
    bot.channels = {channel.name: channel}
    with ExitStack() as undo:
        undo.enter_context(running.at_work(bot, 4))
        app = undo.enter_context(SlackApp(bot, channel.client, channel))
        site = undo.enter_context(served_app(create_app(bot, events=app.answer), bot))
        slack.deliverer.url = f"http://{site.host}:{site.port}/slack/events"
        slack.deliverer.pauses = (0.1, 0.2, 0.5)
        slack.wait_for(lambda: app.state == "ready", PATIENCE)
        yield bot


def test_over_http_with_signatures(slack: SlackServer, make_bot: BotMaker) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with over_http(slack, make_bot):
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        assert said.acked
        slack.signing_secret = "somebody else's"
        forged = minsu.says(room, f"{slack.mention} 교환은 어떻게 하나요?")
        slack.wait_for(lambda: all(each.tries and each.tries[-1].answered for each in forged.events), PATIENCE)
        assert {attempt.status for each in forged.events for attempt in each.tries if attempt.answered} == {401}
        assert len(slack.calls("chat.postMessage")) == 1
