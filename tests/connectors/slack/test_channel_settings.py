"""Admins set up a channel in a form: what is chosen holds for what is asked there, is told, and can be undone."""

import json
from typing import Any

import pytest

from bot.database import audit, places
from bot.database.audit import Wanted
from bot.wiring import Bot
from connectors.slack.channel_settings import open_settings
from connectors.slack.choices import Choices, choices_from
from connectors.slack.context import Context
from connectors.slack.settings_view import mark_of
from tests.connectors.slack.seen import PATIENCE, Mode, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_delivery import Delivery
from tests.servers.slack_forms import chosen, filled, options_of, picked
from tests.servers.slack_people import Person
from tests.servers.slack_workspace import Room

JSON = dict[str, Any]
FAQ, HANDBOOK = "hanbit-faq.jsonl", "handbook.md"


def form(slack: SlackServer, bot: Bot, person: Person, room: Room) -> JSON:
    """Have somebody open the form; return it."""
    context = Context(bot, bot.channels["slack"], lambda act: act() and None)  # type: ignore[arg-type]
    before = set(slack.workspace.views)
    assert open_settings(context, slack.workspace.trigger(person.id), room.id, person.id)
    views = slack.workspace.views.items()
    return next(view for name, view in list(views) if name not in before and view["type"] == "modal")


def submitted(slack: SlackServer, person: Person, view: JSON, **changes: JSON) -> Any:
    """Submit a form; return the answer to it."""
    return answer_to(slack, person.submits(view, filled(view, **changes)))


def answer_to(slack: SlackServer, delivery: Delivery) -> Any:
    slack.wait_for(lambda: delivery.acked, PATIENCE)
    return delivery.answer


def searched(slack: SlackServer, person: Person, view: JSON, action_id: str, typed: str) -> list[JSON]:
    return options_of(answer_to(slack, person.looks_up(view, action_id, typed)))


def told(slack: SlackServer, person: Person, *words: str) -> JSON:
    """Wait for a message to somebody alone that has these words."""

    def found() -> JSON | None:
        posts = slack.posts(person.direct)
        return next((post for post in posts if all(word in texts(post) for word in words)), None)

    return dict(slack.wait_for(found, PATIENCE))


def choices(bot: Bot, room: Room) -> Choices:
    with bot.sessions() as session:
        return choices_from(places.chosen(session, "slack", room.id))


def choose(bot: Bot, room: Room, **values: object) -> None:
    with bot.sessions.begin() as session:
        places.choose(session, "slack", room.id, **values)


def asked(slack: SlackServer, person: Person, room: Room, question: str) -> JSON:
    """Ask in a channel; return the reply."""
    return replies(slack, room, person.says(room, f"{slack.mention} {question}").ts)[0]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_documents_of_a_channel_are_chosen_used_and_undone(slack: SlackServer, working: Working, mode: Mode) -> None:
    jiyeon, minsu = slack.person("지연", admin=True), slack.person("민수")
    room, other = slack.channel("총무", jiyeon, minsu), slack.channel("고객지원", jiyeon, minsu)
    with working(mode=mode) as bot:
        view = form(slack, bot, jiyeon, room)
        found = searched(slack, jiyeon, view, "settings_documents", "HAND")
        assert [each["text"]["text"] for each in found] == [HANDBOOK]
        assert submitted(slack, jiyeon, view, settings_documents=chosen(*found)) in (None, "", {})
        assert choices(bot, room).documents == {HANDBOOK}
        note = told(slack, jiyeon, room.id, "모든 자료", HANDBOOK)
        reply = texts(asked(slack, minsu, room, "배송비는 얼마인가요?"))
        assert "3,000" not in reply
        assert "배송비는 얼마" not in reply  # not even as the nearest question
        assert "3,000" in texts(asked(slack, minsu, other, "배송비는 얼마인가요?"))
        assert "3층과 5층" in texts(asked(slack, minsu, room, "회의실은 몇 층에 있나요?"))
        jiyeon.clicks(jiyeon.direct, note, "settings_undo")
        told(slack, jiyeon, room.id, "되돌렸습니다")
        assert choices(bot, room) == Choices()
        assert "3,000" in texts(asked(slack, minsu, room, "배송비는 얼마인가요?"))
        with bot.sessions() as session:
            lines = audit.lines(session, Wanted(action="channel"), limit=10)
        assert [line.action for line in lines] == ["channel.settings_undone", "channel.settings"]
        assert lines[1].detail == {"documents": [HANDBOOK]}
        assert "지연" in lines[0].actor


def test_every_field_is_kept_and_shown_again(slack: SlackServer, working: Working) -> None:
    jiyeon, minsu, robot = slack.person("지연", admin=True), slack.person("민수"), slack.person("봇", bot=True)
    room = slack.channel("고객지원", jiyeon)
    team = slack.group("support", minsu, name="고객지원팀")
    with working() as bot:
        view = form(slack, bot, jiyeon, room)
        groups = searched(slack, jiyeon, view, "settings_groups", "고객")
        assert [each["text"]["text"] for each in groups] == ["고객지원팀 (@support)"]
        given: dict[str, JSON] = {
            "settings_auto": picked(view, "settings_auto", "auto"),
            "settings_private": picked(view, "settings_private", "private"),
            "settings_language": picked(view, "settings_language", "en"),
            "settings_politeness": picked(view, "settings_politeness", "hasipsio"),
            "settings_paused": chosen({"value": "paused"}),
            "settings_groups": chosen(*groups),
        }
        refused = submitted(slack, jiyeon, view, **given, settings_people={"selected_users": [robot.id]})
        assert refused["response_action"] == "errors"
        assert "봇" in refused["errors"]["people"]
        assert choices(bot, room) == Choices()
        submitted(slack, jiyeon, view, **given, settings_people={"selected_users": [minsu.id]})
        expected = Choices(
            language="en", auto=True, private=True, owners=(team, minsu.id), politeness="hasipsio", paused=True
        )
        assert choices(bot, room) == expected
        said = texts(told(slack, jiyeon, "자동으로", "고객지원팀 (@support)", "하십시오체"))
        assert "subteam" not in said
        again = form(slack, bot, jiyeon, room)
        submitted(slack, jiyeon, again)
        assert choices(bot, room) == expected
        assert len([post for post in slack.posts(jiyeon.direct) if "바꿨습니다" in texts(post)]) == 1  # nothing changed
        stale = submitted(slack, jiyeon, view, **given)  # a form of before
        assert stale["response_action"] == "update"
        assert "다른 관리자" in texts(stale["view"])
        assert choices(bot, room) == expected


def test_only_admins_set_up_channels(slack: SlackServer, working: Working) -> None:
    jiyeon, minsu = slack.person("지연", admin=True), slack.person("민수", locale="en-US")
    room = slack.channel("고객지원", jiyeon, minsu)
    slack.group("support", minsu)
    with working() as bot:
        assert "Only admins" in texts(form(slack, bot, minsu, room))
        assert "다이렉트 메시지" in texts(form(slack, bot, jiyeon, jiyeon.direct))
        view = form(slack, bot, jiyeon, room)
        assert searched(slack, minsu, view, "settings_documents", "") == []
        assert searched(slack, minsu, view, "settings_groups", "") == []
        answer = submitted(slack, minsu, view, settings_paused=chosen({"value": "paused"}))
        assert "Only admins" in texts(answer["view"])
        forged = {"value": "x" * 40_000}, {"value": mark_of("no-such.csv")}, {"value": mark_of(FAQ)}
        submitted(slack, jiyeon, view, settings_documents=chosen(*forged))
        assert choices(bot, room).documents == {FAQ}
        for metadata in ("", "[]", "{", json.dumps({"channel": "D123"}), json.dumps({"channel": "C1:<!channel>"})):
            answer_to(slack, jiyeon.submits(view | {"private_metadata": metadata}, {}))
        note = told(slack, jiyeon, FAQ)
        minsu.clicks(jiyeon.direct, note, "settings_undo")
        slack.wait_for(lambda: slack.calls("chat.postEphemeral"), PATIENCE)
        assert choices(bot, room).documents == {FAQ}
        choose(bot, room, paused=True)
        jiyeon.clicks(jiyeon.direct, note, "settings_undo")
        told(slack, jiyeon, "다시 바뀌어서")
        assert choices(bot, room) == Choices(documents=frozenset({FAQ}), paused=True)


def test_documents_that_are_gone_or_for_some_only(slack: SlackServer, working: Working) -> None:
    jiyeon, minsu = slack.person("지연", admin=True), slack.person("민수")
    room = slack.channel("인사", jiyeon, minsu)
    slack.group("staff", minsu)
    with working() as bot:
        choose(bot, room, documents=["없어진 자료.csv"])
        view = form(slack, bot, jiyeon, room)
        assert "없어진 자료.csv" in texts(view)
        assert filled(view)["documents"]["settings_documents"]["selected_options"][0]["text"]["text"] == (
            "없어진 자료.csv (없어진 자료)"
        )
        assert "3,000" not in texts(asked(slack, minsu, room, "배송비는 얼마인가요?"))  # nothing is not everything
        for question in ("회의실은 몇 층에 있나요?", "안녕하세요", "연차는 며칠까지 이월되나요?"):
            assert "3층" not in texts(asked(slack, minsu, room, question))
        submitted(slack, jiyeon, view, settings_documents=chosen({"value": mark_of(FAQ)}))
        reply = texts(asked(slack, minsu, room, "연차는 며칠까지 이월되나요?"))
        assert "5일까지" not in reply  # it is for staff, and others read along
        assert "연차는 며칠" not in reply.replace("질문: ", "")
        choose(bot, room, private=True)  # only who asked reads it
        minsu.says(room, f"{slack.mention} 연차는 며칠까지 이월되나요?")
        told(slack, minsu, "5일까지", FAQ)
        direct = minsu.says(minsu.direct, "연차는 며칠까지 이월되나요?")
        assert "5일까지" in texts(replies(slack, minsu.direct, direct.ts)[0])


def test_a_channels_language_holds_unless_somebody_prefers_another(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("global", minsu)
    with working() as bot:
        choose(bot, room, language="en")
        reply = texts(asked(slack, minsu, room, "중고 만년필도 매입해 주시나요?"))
        assert "documents" in reply
        assert "자료" not in reply
        said = minsu.says(minsu.direct, "앞으로 한국어로 답해 줘")
        replies(slack, minsu.direct, said.ts)
        assert "자료에서" in texts(asked(slack, minsu, room, "중고 만년필도 매입해 주시나요?"))
