"""An admin pins a person's answer: a draft in a direct message, added to the documents once they say so, and undone."""

from typing import Any

from bot.wiring import Bot
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_people import Person
from tests.servers.slack_workspace import Room

NAME = "답변 모음"


def shown(slack: SlackServer, person: Person, words: str) -> dict[str, Any]:
    """Wait for a message of the bot to somebody that says something; return it."""

    def found() -> dict[str, Any] | None:
        return next((post for post in slack.posts(person.direct) if words in texts(post)), None)

    post: dict[str, Any] = slack.wait_for(found, PATIENCE)
    return post


def entries(bot: Bot) -> dict[str, str]:
    found = [each for each in bot.library.documents() if each.name == NAME]
    return {each.question: each.answer for one in found for each in bot.library.show(one.id).passages}


def thread(slack: SlackServer, asker: Person, answerer: Person, room: Room) -> tuple[str, str]:
    """Somebody asks, a colleague answers; return the ``ts`` of both."""
    asked = asker.says(room, "주차 정산은 어디서 하나요?")
    answered = answerer.says(room, f"<@{asker.id}> 지하 1층 정산기에서 하시면 돼요. 010-1234-5678", thread=asked.ts)
    assert slack
    return asked.ts, answered.ts


def test_a_pin_becomes_an_entry_once(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연", admin=True)
    room = slack.channel("총무", minsu, jiyeon)
    with working() as bot:
        _, answered = thread(slack, minsu, jiyeon, room)
        minsu.reacts(room, answered, "pushpin")  # no admin
        jiyeon.reacts(room, answered, "pushpin")
        jiyeon.reacts(room, answered, "round_pushpin")
        draft = shown(slack, jiyeon, "FAQ 초안")
        assert "지하 1층 정산기에서 하시면 돼요. [전화번호]" in texts(draft)
        assert "전화번호 1" in texts(draft)
        assert not slack.posts(minsu.direct)
        jiyeon.clicks(jiyeon.direct, draft, "pin:add")
        jiyeon.clicks(jiyeon.direct, draft, "pin:add")
        added = shown(slack, jiyeon, "등록했어요")
        slack.wait_for(lambda: slack.calls("reactions.add"), PATIENCE)
        assert entries(bot) == {"주차 정산은 어디서 하나요?": "지하 1층 정산기에서 하시면 돼요. [전화번호]"}
        said = minsu.says(minsu.direct, "주차 정산은 어디서 하나요?")
        assert "정산기" in texts(replies(slack, minsu.direct, said.ts)[0])
        jiyeon.clicks(jiyeon.direct, added, "pin:undo")
        shown(slack, jiyeon, "다시 뺐어요")
        assert not entries(bot)
        assert len([post for post in slack.posts(jiyeon.direct) if "pin:" in str(post.get("metadata"))]) == 1


def test_a_draft_is_changed_in_a_form(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연", admin=True, locale="en-US")
    room = slack.channel("인사", minsu, jiyeon, kind="group")
    with working() as bot:
        _, answered = thread(slack, minsu, jiyeon, room)
        jiyeon.reacts(room, answered, "pushpin")
        draft = shown(slack, jiyeon, "The channel is private")
        jiyeon.clicks(jiyeon.direct, draft, "pin:edit")
        views = slack.workspace.views
        view = slack.wait_for(lambda: next((v for v in views.values() if v["callback_id"] == "pin_edited"), None))
        fields = {"question": {"question": {"value": "주차 정산은요?"}}, "answer": {"answer": {"value": " "}}}
        refused = jiyeon.submits(view, fields)
        slack.wait_for(lambda: refused.acked, PATIENCE)
        assert not entries(bot)
        forged = dict(view) | {"private_metadata": '{"place": "pin:C0:1"}'}
        fields["answer"] = {"answer": {"value": "지하 1층 정산기에서 하세요."}}
        minsu.submits(view, fields)  # no admin, with somebody else's form
        jiyeon.submits(forged, fields)
        jiyeon.submits(view, fields)
        shown(slack, jiyeon, "Added to")
        assert entries(bot) == {"주차 정산은요?": "지하 1층 정산기에서 하세요."}
        assert [each.number for each in bot.library.history(_id(bot))] == [1]


def _id(bot: Bot) -> int:
    return next(each.id for each in bot.library.documents() if each.name == NAME)
