"""App Home: people see what the bot knows, ask, and say what they prefer; admins see how it goes."""

from typing import Any

from bot.database.people import preferences_of
from bot.messages import Message
from bot.preferences import Preferences
from bot.wiring import Bot
from tests.connectors.slack.seen import PATIENCE, Working, texts
from tests.servers.slack import SlackServer
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


def preferred(bot: Bot, person: Person) -> Preferences:
    with bot.sessions() as session:
        return preferences_of(session, Message("", "slack", person=person.id))


def test_somebody_sees_what_it_knows_and_asks_an_example(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working():
        view = opened(slack, minsu)
        said = texts(view)
        assert "hanbit-faq.jsonl" in said
        assert "지난 7일" not in said
        minsu.clicks_in(view, "home_ask:0")
        reply = slack.wait_for(lambda: [p for p in slack.posts(minsu.direct) if p.get("metadata")], PATIENCE)[0]
        question = next(b for b in view["blocks"] if b["type"] == "actions")["elements"][0]["value"]
        assert question in texts(reply)
        again = shown(slack, minsu, lambda now: question in texts(now) and now["hash"] != view["hash"])
        assert "메시지에서 답해 드릴게요" in texts(again)
