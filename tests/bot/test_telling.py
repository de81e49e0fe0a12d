"""People are told something later where they asked: on the page at once, elsewhere through the inbox, once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.database import notices
from bot.database.erasing import erase, find_people
from bot.database.tables import Conversation
from bot.telling import tell
from bot.wiring import Bot
from tests.bot.database.exchanges import exchange, put
from tests.samples import BotMaker

EVERYTHING = {
    "smtp_url": "smtp://127.0.0.1:9",
    "mail_address": "bot@company.com",
    "slack_bot_token": "xoxb-1",
    "slack_app_token": "xapp-1",
}


def conversation(bot: Bot, channel: str, name: str, person: str = "kim") -> str:
    put(bot.sessions, replace(exchange(name=name, person=person, channel=channel)))
    with bot.sessions() as session:
        chosen = select(Conversation.id).where(Conversation.channel == channel, Conversation.external_id == name)
        return session.scalars(chosen).one()


@pytest.mark.postgresql
def test_the_page_has_it_at_once_and_once(make_bot: BotMaker) -> None:
    bot = make_bot()
    there = conversation(bot, "web", "tab")
    assert [tell(bot, there, text, "k") for text in ("답이 생겼어요.", "답이 생겼어요.", "다른 말")] == [True] * 3
    with bot.sessions() as session:
        assert [each.text for each in notices.of_place(session, "web", "tab")] == ["답이 생겼어요."]
    assert bot.inbox.list() == ()
    with bot.sessions() as session:
        gone = find_people(session, "kim")
    erase(bot.engine, gone)
    with bot.sessions() as session:
        assert notices.told(session, "k") == []
    assert not tell(bot, there, "x", "k2"), "the conversation is gone"


def test_slack_and_mail_are_told_through_the_inbox(make_bot: BotMaker) -> None:
    bot = make_bot(**EVERYTHING)
    thread = conversation(bot, "slack", "C012AB3CD:1764051010.000300", "U1")
    direct = conversation(bot, "slack", "D012AB3CD", "U1")
    mail = conversation(bot, "mail", "0" * 32, "minsu@company.com")
    for at, there in enumerate((thread, direct, mail)):
        assert [tell(bot, there, "답이 생겼어요.", f"k{at}") for _ in range(2)] == [True, True]
    rows = bot.inbox.list("new")
    assert [(row.kind, row.channel, row.person) for row in rows] == [
        ("notice", "slack", "U1"),
        ("notice", "slack", "U1"),
        ("notice", "mail", "minsu@company.com"),
    ]
    assert [(row.where.get("channel"), row.where.get("thread")) for row in rows[:2]] == [
        ("C012AB3CD", "1764051010.000300"),
        ("D012AB3CD", ""),
    ]
    assert rows[2].where["to"] == "minsu@company.com"


def test_what_cannot_be_reached_is_said(make_bot: BotMaker) -> None:
    bot, bare = make_bot(**EVERYTHING), make_bot()
    assert not tell(bot, conversation(bot, "terminal", "t"), "x", "k1")
    assert not tell(bot, conversation(bot, "http", "t"), "x", "k2")
    assert not tell(bot, conversation(bot, "slack", "somewhere"), "x", "k3")
    assert not tell(bot, conversation(bot, "mail", "t", "nobody"), "x", "k4")
    assert not tell(bot, "nothing", "x", "k5")
    assert not tell(bare, conversation(bare, "slack", "D012AB3CD"), "x", "k6")
    assert bot.inbox.list() == ()
