"""App Home: people see what the bot knows, ask, and say what they prefer; admins see how it goes."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from bot.database import audit
from bot.database.people import preferences_of
from bot.messages import Message
from bot.preferences import Preferences
from bot.wiring import Bot
from connectors.slack.channel import SlackChannel
from connectors.slack.context import Context
from connectors.slack.home import Home
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Cut, Slow
from tests.servers.slack_people import Person

JSON = dict[str, Any]


def opened(slack: SlackServer, person: Person) -> JSON:
    """Have somebody open App Home; return it once it is shown."""
    before = slack.workspace.homes.get(person.id, {}).get("hash")
    person.opens_home()
    return shown(slack, person, lambda view: view["hash"] != before)


def shown(slack: SlackServer, person: Person, holds: Any = lambda _view: True) -> JSON:
    """Wait for a Home of which something holds."""

    def found() -> JSON | None:
        view = slack.workspace.homes.get(person.id)
        return view if view is not None and holds(view) else None

    return dict(slack.wait_for(found, PATIENCE))


def suggested(slack: SlackServer, person: Person) -> JSON:
    """Wait for what the messages tab suggests to somebody."""
    room = person.direct.id
    return dict(slack.wait_for(lambda: [p for p in slack.workspace.prompts if p["channel"] == room], PATIENCE)[0])


def preferred(bot: Bot, person: Person) -> Preferences:
    with bot.sessions() as session:
        return preferences_of(session, Message("", "slack", person=person.id))


def test_somebody_sees_what_it_knows_and_asks_an_example(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working(mode="http"):
        view = opened(slack, minsu)
        said = texts(view)
        assert "hanbit-faq.jsonl" in said
        assert "지난 7일" not in said
        for _ in range(2):  # a double click
            minsu.clicks_in(view, "home_ask:0")
        reply = slack.wait_for(lambda: [p for p in slack.posts(minsu.direct) if p.get("metadata")], PATIENCE)[0]
        question = next(b for b in view["blocks"] if b["type"] == "actions")["elements"][0]["value"]
        assert question in texts(reply)
        again = shown(slack, minsu, lambda now: question in texts(now) and now["hash"] != view["hash"])
        assert "메시지에서 답해 드릴게요" in texts(again)
        minsu.clicks_in(again, "home_ask:1")
        slack.wait_for(lambda: len(slack.posts(minsu.direct)) > 1, PATIENCE)
        assert [question in texts(post) for post in slack.posts(minsu.direct)] == [True, False]


def test_what_somebody_prefers_is_chosen_forgotten_and_brought_back(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working() as bot:
        opened(slack, minsu)
        minsu.clicks_in(shown(slack, minsu), "home_language", "en")
        english = shown(slack, minsu, lambda view: "My settings" in texts(view))
        minsu.clicks_in(english, "home_level", "expert")
        slack.wait_for(lambda: preferred(bot, minsu) == Preferences("en", "expert"), PATIENCE)
        before = len(slack.calls("views.publish"))
        minsu.clicks_in(english, "home_politeness", selected_option={"value": "rude"})  # forged
        slack.wait_for(lambda: len(slack.calls("views.publish")) > before, PATIENCE)
        minsu.clicks_in(shown(slack, minsu, lambda view: "home_forget" in str(view)), "home_forget")
        forgotten = shown(slack, minsu, lambda view: "설정을 모두 지웠습니다" in texts(view))
        assert preferred(bot, minsu) == Preferences()
        minsu.clicks_in(forgotten, "home_undo")
        shown(slack, minsu, lambda view: "Your settings are back" in texts(view))
        assert preferred(bot, minsu) == Preferences("en", "expert")
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        assert "There is nothing in English on this" in texts(replies(slack, minsu.direct, said.ts)[0])


def test_admins_see_how_it_goes_and_pause_everything(slack: SlackServer, working: Working) -> None:
    minsu, boss = slack.person("민수"), slack.person("사장", admin=True)
    room = slack.channel("고객지원", minsu, boss)
    with working(public_url="https://bot.example") as bot:
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        view = opened(slack, boss)
        assert "질문 *1*건" in str(view)
        assert "답한 비율 *100%*" in str(view)
        assert f"<#{room.id}>\n부를 때만 답변" in texts(view)
        assert "https://bot.example/admin/inbox" in str(view)
        boss.clicks_in(view, "home_web")
        boss.clicks_in(view, f"home_settings:{room.id}")
        form = slack.wait_for(lambda: [v for v in slack.workspace.views.values() if v["type"] == "modal"], PATIENCE)[0]
        assert room.id in str(form)
        minsu.clicks_in(view, "home_pause")  # what somebody else was shown
        shown(slack, minsu, lambda now: "관리자만 할 수 있는 일이에요" in texts(now))
        assert not bot.inbox.paused()
        boss.clicks_in(view, "home_pause")
        paused = shown(slack, boss, lambda now: "지금은 모두 멈춰 두었습니다" in texts(now))
        assert bot.inbox.paused()
        boss.clicks_in(opened(slack, boss), "home_ask:0")
        shown(slack, boss, lambda now: "멈춰 두어 바로 답하지 못해요" in texts(now))
        boss.clicks_in(paused, "home_resume")
        slack.wait_for(lambda: slack.posts(boss.direct), PATIENCE)
        with bot.sessions() as session:
            lines = audit.lines(session, audit.Wanted(action="inbox"), limit=5)
        assert [(line.actor, line.action) for line in lines] == [
            ("slack:사장", "inbox.resumed"),
            ("slack:사장", "inbox.paused"),
        ]


def test_who_opens_it_again_and_again_is_shown_the_latest(slack: SlackServer, working: Working) -> None:
    boss, guest = slack.person("사장"), slack.person("손님", guest="restricted")
    slack.group("staff", boss, guest)
    acts: list[Callable[[], object]] = []
    with working() as bot:
        channel = bot.channels["slack"]
        assert isinstance(channel, SlackChannel)
        page = Home(Context(bot, channel, acts.append))

        def opens(person: Person, times: int) -> None:
            for _ in range(times):
                page.opened({"type": "app_home_opened", "user": person.id, "tab": "home"})

        opens(boss, 10)
        slack.fails("views.publish", Slow(0.2), Cut())
        at_work = Thread(target=lambda: [act() for act in acts[:10]])
        at_work.start()
        slack.wait_for(lambda: slack.calls("views.publish"), PATIENCE)
        bot.library.add([("새 안내.md", "# 새 안내\n\n주차장은 3층입니다.".encode())])
        opens(boss, 5)
        for act in acts[10:]:
            act()
        at_work.join(PATIENCE)
        assert 2 <= len(slack.calls("views.publish")) <= 3  # of fifteen; the second one was cut: nothing breaks
        opens(boss, 1)
        opens(guest, 1)
        for act in acts[15:]:
            act()
        staff, everyone = texts(slack.workspace.homes[boss.id]), texts(slack.workspace.homes[guest.id])
        assert "새 안내.md" in staff
        assert "항목 9개" in staff  # one entry is for the staff
        assert "항목 8개" in everyone


def test_the_messages_tab_suggests_what_it_can_answer(slack: SlackServer, working: Working) -> None:
    minsu, john = slack.person("민수"), slack.person("John", locale="en-US")
    with working():
        for person, title in ((minsu, "이런 것을 물어보세요"), (john, "Try asking")):
            person.opens_home("messages")
            found = suggested(slack, person)
            assert found["title"] == title
            assert len(found["prompts"]) == 4
        assert found["prompts"][-1]["message"] == "What can you do?"
