"""People talk to the bot in Slack: over Socket Mode and over HTTP, against a Slack of our own."""

import pytest

from bot.llm.scripted import Script, ScriptedModel
from tests.connectors.slack.seen import PATIENCE, Mode, Working, replies, texts
from tests.servers.slack import SlackServer

both_modes = pytest.mark.parametrize("mode", ["socket", "http"])


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


@both_modes
def test_a_follow_up_in_the_thread_needs_no_mention(slack: SlackServer, working: Working, mode: Mode) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    with working(mode=mode):
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


@both_modes
def test_what_people_think_of_an_answer_is_kept(slack: SlackServer, working: Working, mode: Mode) -> None:
    minsu = slack.person("민수")
    with working(mode=mode) as bot:
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


def test_what_is_not_signed_by_slack_is_refused(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working(mode="http"):
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        assert said.acked
        slack.signing_secret = "somebody else's"
        forged = minsu.says(room, f"{slack.mention} 교환은 어떻게 하나요?")
        slack.wait_for(lambda: all(each.tries and each.tries[-1].answered for each in forged.events), PATIENCE)
        assert {attempt.status for each in forged.events for attempt in each.tries if attempt.answered} == {401}
        assert len(slack.calls("chat.postMessage")) == 1
