"""A Slack of our own, and a bot that listens to it over Socket Mode or over HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from bot.llm.scripted import ScriptedModel
from bot.wiring import Bot
from connectors import running
from connectors.slack.app import SlackApp
from connectors.slack.context import Context
from connectors.slack.manifest import SCOPES
from connectors.slack.starting import listening_to_slack, slack_channel
from tests.connectors.slack.seen import PATIENCE, Mode, Working
from tests.samples import BotMaker
from tests.servers.slack import SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.scopes = set(SCOPES)  # what the manifest asks for is enough
        yield server


@pytest.fixture
def bot(slack: SlackServer, make_bot: BotMaker) -> Bot:
    """A bot whose Slack this is, and that does not listen to it."""
    return make_bot(slack_bot_token=slack.token, slack_app_token=slack.app_token, slack_api_url=slack.url)


@pytest.fixture
def context(bot: Bot) -> Context:
    """What its listeners have at hand; what nobody waits for is done at once."""
    channel = slack_channel(bot.settings)
    assert channel is not None

    def at_once(act: Callable[[], object]) -> None:
        act()

    return Context(bot, channel, at_once)


@pytest.fixture
def working(slack: SlackServer, make_bot: BotMaker) -> Working:
    """Return what makes a bot that listens to the loopback Slack, over Socket Mode or through its web server.

    With ``again`` it is the bot of before, at its next start.
    """

    @contextmanager
    def work(
        model: ScriptedModel | None = None, *, mode: Mode = "socket", again: Bot | None = None, **settings: Any
    ) -> Iterator[Bot]:
        secret = {"slack_app_token": slack.app_token}
        if mode == "http":
            secret = {"slack_signing_secret": slack.signing_secret}
        settings = {"slack_bot_token": slack.token, "slack_api_url": slack.url, **secret, **settings}
        bot = again or make_bot(model, **settings)
        channel = slack_channel(bot.settings)
        assert channel is not None
        channel.streams = model is not None
        bot.channels = {channel.name: channel}
        with ExitStack() as undo:
            undo.enter_context(running.at_work(bot, 4))
            app = undo.enter_context(listening_to_slack(bot))
            assert app is not None
            if mode == "http":
                _hear_over_http(slack, bot, app, undo)
            slack.wait_for(lambda: app.state == "ready", PATIENCE)
            yield bot

    return work


def _hear_over_http(slack: SlackServer, bot: Bot, app: SlackApp, undo: ExitStack) -> None:
    from connectors.web.app import create_app
    from tests.servers.web import served_app

    site = undo.enter_context(served_app(create_app(bot, events=app.answer, parts=lambda: {"slack": app.state}), bot))
    slack.deliverer.url = f"http://{site.host}:{site.port}/slack/events"
    slack.deliverer.pauses = (0.1, 0.2, 0.5)
