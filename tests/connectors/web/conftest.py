"""A bot with the Korean documents, its pages on a free port, and somebody without a script who looks at them."""

from collections.abc import Iterator

import pytest

from bot.wiring import Bot
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot()


@pytest.fixture
def site(bot: Bot) -> Iterator[Site]:
    with served(bot) as site:
        yield site


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    return PageVisitor(site)
