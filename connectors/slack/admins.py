"""Who may set up the bot in Slack, and how they are told what they should know."""

import logging
import re
from typing import TYPE_CHECKING

from bot.channels import ChannelError
from bot.database.audit import Actor
from bot.phrases import say
from connectors.slack.calls import said_no
from connectors.slack.listening import NOTE

if TYPE_CHECKING:
    from bot.settings import Settings
    from connectors.slack.channel import SlackChannel
    from connectors.slack.workspace import Workspace

log = logging.getLogger(__name__)


class Admins:
    """The people whom ``SLACK_ADMINS`` names; where it names none, the admins and owners of the workspace."""

    def __init__(self, settings: "Settings", workspace: "Workspace") -> None:
        self._named = tuple(filter(None, re.split(r"[\s,]+", settings.slack_admins)))
        self._workspace = workspace

    def has(self, user: str) -> bool:
        """Tell whether somebody is an admin; guests and people of other workspaces never are."""
        if not user:
            return False
        try:
            colleague = self._workspace.colleague(user)
        except ChannelError:
            return False
        return colleague.member and (user in self._named if self._named else colleague.admin)

    def actor(self, user: str) -> Actor:
        """Return somebody as the audit log names them."""
        try:
            name = self._workspace.colleague(user).name
        except ChannelError:
            name = ""
        return Actor(f"slack:{name or user}")

    def told(self) -> tuple[str, ...]:
        """Return whom to tell what an admin should know: those who are named, else the workspace's first owner."""
        return self._named or self._workspace.owners()


def tell_admins(channel: "SlackChannel", admins: Admins, phrase: str, **values: object) -> bool:
    """Say something to the admins in direct messages, each in their language; tell whether one of them has it."""
    reached = False
    for user in admins.told():
        try:
            language = channel.workspace.colleague(user).language or "ko"
            with said_no():
                place = channel.client.conversations_open(users=[user])["channel"]["id"]
                channel.client.chat_postMessage(
                    channel=place, text=say(phrase, language, **values), metadata=NOTE, unfurl_links=False
                )
        except ChannelError as error:
            log.warning("an admin could not be told in Slack: %s", error)
        else:
            reached = True
    return reached
