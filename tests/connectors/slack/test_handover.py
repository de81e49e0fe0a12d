"""People ask for a person, the owners are called once, and how it ended is kept; over the loopback Slack."""

from typing import Any

from bot.database import handovers
from bot.database.handovers import Handover
from bot.database.tables import HandoverRow
from bot.handing_over import HandingOver
from bot.wiring import Bot
from connectors.slack.choices import Choices, kept
from connectors.slack.handover_blocks import ASK, REOPEN, SOLVE
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_people import Person
from tests.servers.slack_workspace import Room

UNKNOWN = "중고 만년필도 매입해 주시나요?"


def owned(bot: Bot, room: Room, *owners: str) -> None:
    from bot.database import places

    with bot.sessions.begin() as session:
        places.choose(session, "slack", room.id, **kept(Choices(owners=owners)))


def whispers(slack: SlackServer, room: Room, person: Person, count: int = 1) -> list[str]:
    """Wait for so many words in a channel that only this person sees; return what they say."""

    def theirs() -> list[str]:
        found = [texts(post) for post in room.ephemeral if post["user_shown"] == person.id]
        return found if len(found) >= count else []

    return list(slack.wait_for(theirs, PATIENCE))


def form(slack: SlackServer, person: Person, callback: str) -> dict[str, Any]:
    """Wait for a form that is open to somebody."""
    views = slack.workspace.views

    def theirs() -> dict[str, Any] | None:
        return next(
            (view for view in views.values() if view["user"] == person.id and view["callback_id"] == callback), None
        )

    found: dict[str, Any] = slack.wait_for(theirs, PATIENCE)
    return found


def chosen(outcome: str, note: str | None) -> dict[str, Any]:
    """Return what is in the fields of the form."""
    return {
        "how": {"how": {"type": "radio_buttons", "selected_option": {"value": outcome}}},
        "note": {"note": {"type": "plain_text_input", "value": note}},
    }


def all_of_them(bot: Bot) -> list[Handover]:
    with bot.sessions() as session:
        numbers = [row.id for row in session.query(HandoverRow).order_by(HandoverRow.id)]
        return [each for each in (handovers.handover(session, number) for number in numbers) if each]


def test_a_channels_owners_are_called_once_and_one_ends_it(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon, sujin = slack.person("민수"), slack.person("지연"), slack.person("수진")
    room = slack.channel("고객지원", minsu, jiyeon, sujin)
    group = slack.group("helpdesk", jiyeon)
    with working() as bot:
        owned(bot, room, group)
        said = minsu.says(room, f"{slack.mention} {UNKNOWN}")
        reply = replies(slack, room, said.ts)[0]
        assert minsu.clicks(room, reply, ASK).id
        call = replies(slack, room, said.ts, 2)[1]
        assert f"<!subteam^{group}>" in texts(call)
        assert UNKNOWN in texts(call)
        assert "민수" in texts(call)
        sujin.clicks(room, reply, ASK)
        assert "helpdesk" in whispers(slack, room, sujin)[0]
        assert "<!" not in whispers(slack, room, sujin)[0]
        jiyeon.says(room, "제가 볼게요", thread=said.ts)
        minsu.says(room, "언제 되나요?", thread=said.ts)  # it is quiet now
        sujin.clicks(room, call, SOLVE)
        assert "담당자" in whispers(slack, room, sujin, 2)[1]
        jiyeon.clicks(room, call, SOLVE)
        jiyeon.submits(form(slack, jiyeon, SOLVE), chosen("missing", "전화로 답했어요"))
        slack.wait_for(lambda: "지연님이 해결" in texts(replies(slack, room, said.ts, 2)[1]), PATIENCE)
        ended = replies(slack, room, said.ts, 2)[1]
        assert SOLVE not in str(ended["blocks"])
        assert "<!subteam" not in texts(ended)
        (over,) = all_of_them(bot)
        assert (over.asker, over.solver, over.outcome, over.note) == (minsu.id, jiyeon.id, "missing", "전화로 답했어요")
        sujin.clicks(room, ended, REOPEN)
        whispers(slack, room, sujin, 3)
        jiyeon.clicks(room, ended, REOPEN)
        slack.wait_for(lambda: SOLVE in str(replies(slack, room, said.ts, 2)[1]["blocks"]), PATIENCE)
        assert [(each.solver, each.outcome, each.note) for each in all_of_them(bot)] == [(None, None, None)]
        minsu.clicks(room, replies(slack, room, said.ts, 2)[1], SOLVE)
        minsu.submits(form(slack, minsu, SOLVE), chosen("answered", None))
        slack.wait_for(lambda: "민수님이 해결" in texts(replies(slack, room, said.ts, 2)[1]), PATIENCE)
        again = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?", thread=said.ts)
        assert "배송비" in texts(replies(slack, room, said.ts, 3)[2])
        assert again.ts
        assert len(slack.replies(room, said.ts)) == 3


def test_by_words_and_with_nobody_in_charge_the_admins_are_told(slack: SlackServer, working: Working) -> None:
    boss, minsu = slack.person("사장", owner=True, locale="en-US"), slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working() as bot:
        said = minsu.says(room, f"{slack.mention} 담당자 연결해 줘")
        assert "관리자" in texts(replies(slack, room, said.ts)[0])
        told = slack.wait_for(lambda: slack.posts(boss.direct), PATIENCE)[0]
        assert room.id in texts(told)
        assert "asking for a person" in texts(told)
        owned(bot, room, "S0GONE")
        other = minsu.says(room, f"{slack.mention} 사람 불러 주세요")
        assert "Slack에 없어서" in texts(replies(slack, room, other.ts)[0])
        told = slack.wait_for(lambda: slack.posts(boss.direct)[1:], PATIENCE)[0]
        assert "S0GONE" in texts(told)
        assert [each.called for each in all_of_them(bot)] == [(), ("S0GONE",)]
        root = minsu.says(room, "안녕하세요")
        over = HandingOver(bot.sessions, bot.clock)  # begun, and then the process died
        begun = over.begin(Handover(0, "slack", f"{room.id}:{root.ts}", minsu.id, "교환 되나요?", (), bot.clock()))
        minsu.says(room, f"{slack.mention} 담당자 연결해 줘", thread=root.ts)
        assert "교환 되나요?" in texts(replies(slack, room, root.ts)[0])
        assert [each.id for each in all_of_them(bot)][2:] == [begun.handover.id]
        assert not room.ephemeral  # a mention is told twice: that is no second wish


def test_from_a_direct_message_the_owners_are_written_to(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon, guest = (
        slack.person("민수"),
        slack.person("지연", locale="en-US"),
        slack.person("손님", guest="ultra"),
    )
    group = slack.group("helpdesk", minsu, jiyeon, guest)
    with working(slack_owners=f"{group}, U0NOBODY") as bot:
        said = minsu.says(minsu.direct, UNKNOWN)
        replies(slack, minsu.direct, said.ts)
        words = minsu.says(minsu.direct, "담당자 연결해 줘", thread=said.ts)
        offer = replies(slack, minsu.direct, said.ts, 2)[1]
        assert words.acked
        assert not all_of_them(bot)
        minsu.clicks(minsu.direct, offer, ASK)
        passed = replies(slack, minsu.direct, said.ts, 3)[2]
        assert "지연" in texts(passed)
        assert "<@" not in texts(passed)
        told = slack.wait_for(lambda: slack.posts(jiyeon.direct), PATIENCE)[0]
        assert UNKNOWN in texts(told)
        assert f"<@{minsu.id}>" in texts(told)
        assert "Please answer" in texts(told)
        jiyeon.clicks(jiyeon.direct, told, SOLVE)
        jiyeon.submits(form(slack, jiyeon, SOLVE), chosen("answered", None))
        slack.wait_for(lambda: "지연님이 해결" in texts(replies(slack, minsu.direct, said.ts, 3)[2]), PATIENCE)
        slack.wait_for(lambda: "Solved by" in texts(slack.posts(jiyeon.direct)[0]), PATIENCE)
        assert [each.called for each in all_of_them(bot)] == [(jiyeon.id,)]


def test_who_is_not_content_is_asked_why(slack: SlackServer, working: Working) -> None:
    from bot.database.tables import Feedback

    minsu = slack.person("민수")
    with working(mode="http") as bot:
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        reply = replies(slack, minsu.direct, said.ts)[0]
        answer = reply["metadata"]["event_payload"]["answer"]
        minsu.clicks(minsu.direct, reply, "feedback", f"-1:{answer}")
        view = form(slack, minsu, "feedback_reason")
        offer = slack.wait_for(lambda: minsu.direct.ephemeral, PATIENCE)[0]
        assert "담당자" in texts(offer)

        def opinions() -> list[tuple[int, str | None, str | None]]:
            with bot.sessions() as session:
                return [(row.rating, row.reason, row.comment) for row in session.query(Feedback)]

        assert opinions() == [(-1, None, None)]
        fields: dict[str, dict[str, dict[str, Any]]] = {
            "reason": {"reason": {"type": "radio_buttons", "selected_option": {"value": "outdated"}}},
            "comment": {"comment": {"type": "plain_text_input", "value": "가" * 1_001}},
        }
        refused = minsu.submits(view, fields)
        slack.wait_for(lambda: refused.answer, PATIENCE)
        assert refused.answer["response_action"] == "errors"
        fields["comment"]["comment"]["value"] = "작년\x00 가격이에요 <!channel>"
        minsu.submits(view, fields)
        slack.wait_for(lambda: opinions() == [(-1, "outdated", "작년 가격이에요 <!channel>")], PATIENCE)
        minsu.clicks(minsu.direct, offer, ASK)
        assert "정해져 있지 않아서" in whispers(slack, minsu.direct, minsu, 2)[1]  # there is nobody else
        assert not all_of_them(bot)
        minsu.clicks(minsu.direct, reply, "feedback", f"1:{answer}")
        slack.wait_for(lambda: opinions() == [(1, None, None)], PATIENCE)


def test_from_a_private_answer_the_owners_of_its_channel_are_written_to(slack: SlackServer, working: Working) -> None:
    from bot.database import places

    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("인사", minsu, jiyeon)
    with working() as bot:
        with bot.sessions.begin() as session:
            places.choose(session, "slack", room.id, **kept(Choices(owners=(jiyeon.id,), private=True)))
        minsu.says(room, f"{slack.mention} {UNKNOWN}")
        answer = slack.wait_for(lambda: slack.posts(minsu.direct), PATIENCE)[0]
        values = {ASK: "x|1.1", SOLVE: "'; --"}
        buttons = [{"type": "button", "action_id": name, "value": value} for name, value in values.items()]
        forged = dict(answer, blocks=[{"type": "actions", "elements": buttons}])
        minsu.clicks(minsu.direct, forged, SOLVE)
        assert whispers(slack, minsu.direct, minsu)
        minsu.clicks(minsu.direct, answer, ASK)
        told = slack.wait_for(lambda: slack.posts(jiyeon.direct), PATIENCE)[0]
        assert UNKNOWN in texts(told)
        minsu.clicks(minsu.direct, forged, ASK)
        assert "지연" in whispers(slack, minsu.direct, minsu, 2)[1]
        assert len(all_of_them(bot)) == 1
