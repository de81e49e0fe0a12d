"""The channels that the inbox is answered through, as the settings have them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels import Channel
    from bot.settings import Settings


def channels_of(settings: "Settings") -> "Mapping[str, Channel]":
    """Return the channels by name; nothing of one that is not set up is loaded.

    Raises:
        SettingsError: what is set for one is not enough.
    """
    from connectors.mail.starting import mail_channel
    from connectors.slack.starting import slack_channel

    made: tuple[Channel | None, ...] = (slack_channel(settings), mail_channel(settings))
    return {each.name: each for each in made if each is not None}
