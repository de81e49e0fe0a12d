"""The Slack channel as the settings have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Bot
    from connectors.slack.app import SlackApp
    from connectors.slack.channel import SlackChannel


def slack_channel(settings: "Settings") -> "SlackChannel | None":
    """Return the channel, None where no token is set.

    Raises:
        SettingsError: there is a token to write with, but nothing to hear events by.
    """
    if settings.slack_bot_token is None:
        return None
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise SettingsError("slack.no_events")
    from connectors.slack.calls import client_of
    from connectors.slack.channel import SlackChannel
    from connectors.slack.workspace import Workspace

    client = client_of(settings)
    return SlackChannel(client, Workspace(client), streams=bool(settings.llm), site=settings.public_url)


@contextmanager
def watching_slack(bot: "Bot") -> "Iterator[None]":
    """Look after what goes wrong with Slack while the block runs, where it is one of the bot's channels."""
    channel = bot.channels.get("slack")
    if channel is None:
        yield
        return
    from connectors.slack.channel import SlackChannel
    from connectors.slack.troubles import watched

    if not isinstance(channel, SlackChannel):
        yield
        return
    with watched(bot, channel):
        yield


@contextmanager
def listening_to_slack(bot: "Bot") -> "Iterator[SlackApp | None]":
    """Listen to Slack while the block runs, where it is one of the bot's channels."""
    channel = bot.channels.get("slack")
    if channel is None:
        yield None
        return
    from connectors.slack.app import SlackApp
    from connectors.slack.channel import SlackChannel

    if not isinstance(channel, SlackChannel):
        yield None
        return
    with SlackApp(bot, channel.client, channel) as app:
        yield app
