"""What every listener has at hand: the bot, the channel, and a way to do what Slack need not wait for."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.database import places
from bot.incoming import Accepted, Incoming
from connectors.slack.admins import Admins
from connectors.slack.choices import Choices, choices_from
from connectors.slack.listening import NAME, UNSURE
from knowledge.language import Language

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.wiring import Bot
    from connectors.slack.channel import SlackChannel

log = logging.getLogger(__name__)

Soon = Callable[[Callable[[], object]], None]


class Context:
    """Shared by all listeners, which run in several threads. ``soon`` does what Slack need not wait for."""

    def __init__(self, bot: "Bot", channel: "SlackChannel", soon: Soon) -> None:
        self.bot = bot
        self.channel = channel
        self.soon = soon
        self.admins = Admins(bot.settings, channel.workspace)
        self.show_home: Callable[[str], None] = lambda _user: None
        """Shows somebody's App Home as it is by now, after something on it was changed."""

    @property
    def client(self) -> "WebClient":
        """The client that writes."""
        return self.channel.client

    def own(self) -> str:
        """Return the bot's user."""
        return self.channel.workspace.identity().user

    def chosen(self, place: str) -> Mapping[str, Any]:
        """Return what is kept for a channel, or for a thread (``channel:ts``)."""
        with self.bot.sessions() as session:
            return places.chosen(session, NAME, place)

    def choose(self, place: str, **values: Any) -> None:
        """Keep something for a channel or a thread."""
        with self.bot.sessions.begin() as session:
            places.choose(session, NAME, place, **values)

    def choices(self, channel: str) -> Choices:
        """Return what admins have set for a channel."""
        return choices_from(self.chosen(channel))

    def language_of(self, user: str) -> Language:
        """Return the language for what is not an answer: Slack's for this person, else the one that is set."""
        known = self.channel.workspace.colleague(user).language if user else None
        return known or self.bot.settings.language or "ko"

    def withdraw(self, key: str) -> None:
        """Have a message that was taken back not be answered; what was begun to be shown goes with it."""
        for reference in self.bot.inbox.withdraw(key):
            self.soon(partial(self.channel.take_away, reference))

    def keep(self, incoming: Incoming) -> Accepted:
        """Have the inbox keep what is to be answered; where it is sure to be, show that the bot is at it.

        ``where["private"]``: the answer goes to the asker alone, as a direct message, and a word in the channel says so
        (not with ``where["told"]``). Where a channel is set to that, all its answers do; it is noted when the message
        is accepted, so that a reply is looked for where it was sent.
        """
        where = incoming.where
        open_place = where.get("kind") != "im" and "private" not in where and bool(where.get("channel"))
        if open_place and self.choices(str(where["channel"])).private:
            incoming = replace(incoming, where={**where, "private": True})
        accepted = self.bot.inbox.accept(incoming)
        if accepted == "new" and incoming.message is not None and incoming.where.get("asked") not in UNSURE:
            setting = self.bot.settings.language or None
            self.soon(partial(self.channel.signs.at_work, incoming.where, incoming.message, setting))
        elif accepted == "refused":
            log.warning("a message was refused: too much waits already")
        return accepted
