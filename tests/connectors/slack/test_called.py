"""Somebody on the page asks for a person: a channel and people are told in Slack, once, over the loopback Slack."""

from functools import partial

from bot import calling
from bot.handing_over import HandingOver, Handover
from bot.wiring import Bot
from tests.connectors.slack.seen import PATIENCE, Working, texts
from tests.servers.slack import SlackServer

QUESTION = "중고 <만년필>도 *매입*해 주시나요?"


def asked(bot: Bot) -> Handover:
    new = Handover(0, "web", "abc.t", "abc", QUESTION, calling.owners_of(bot.settings), bot.clock())
    return HandingOver(bot.sessions, bot.clock).begin(new).handover


def test_a_channel_and_people_are_told_once(slack: SlackServer, working: Working) -> None:
    jiyeon = slack.person("지연")
    room = slack.channel("고객지원", jiyeon)
    owners = f"slack:{room.id}, slack:{jiyeon.id}"
    with working(web_owners=owners, public_url="https://faq.company.example") as bot:
        over = asked(bot)
        assert over.called == (f"slack:{room.id}", f"slack:{jiyeon.id}")
        for _ in range(2):
            assert calling.call(bot, over) == 2
        for place in (room, jiyeon.direct):
            post = slack.wait_for(partial(slack.posts, place), PATIENCE)[0]
            assert "만년필" in texts(post)
            assert f"https://faq.company.example/admin/handovers/{over.id}" in texts(post)
        assert (len(slack.posts(room)), len(slack.posts(jiyeon.direct))) == (1, 1)
