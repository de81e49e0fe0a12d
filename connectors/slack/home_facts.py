"""What App Home shows somebody, read from the database and, for admins, from Slack."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.channels import ChannelError
from bot.database import handovers, inbox, inbox_rows, standing
from bot.database.people import preferences_of
from bot.database.volume import volume_since
from bot.holdings import Holdings
from bot.messages import Message
from bot.offered_questions import Examples
from connectors.slack.home_admin import CHANNELS, Standing, Waiter
from connectors.slack.home_view import EXAMPLES, Facts
from connectors.slack.listening import NAME
from connectors.slack.private import place_link
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.preferences import Preferences
    from connectors.slack.context import Context

WEEK = timedelta(days=7)

MOST_WAITING = 200
"""Requests for a person that are counted."""


class HomeFacts:
    """Reads what the Home of somebody shows; threads share it."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._bot = context.bot
        self._holdings = Holdings(context.bot.sessions)
        self.questions = Examples(context.bot)

    def warm(self) -> None:
        """Count the documents before somebody opens Home."""
        self._holdings.warm()

    def of(self, user: str) -> Facts:
        """Return what one person is shown; ChannelError where Slack does not say who they are."""
        identity = self._context.channel.workspace.identity()
        now = self._bot.clock()
        preferences = self.preferences(user)
        language = self.language(user, preferences)
        holdings = self._holdings.seen_by(self._groups(user), now.date())
        return Facts(
            language=language,
            bot=identity.name,
            mention=f"<@{identity.user}>",
            now=now,
            preferences=preferences,
            holdings=holdings,
            examples=self.questions.some(language, EXAMPLES),
            written=bool(self._bot.settings.llm),
            standing=self._standing() if self._context.admins.has(user) else None,
        )

    def language(self, user: str, preferences: "Preferences | None" = None) -> Language:
        """Return the language in which somebody is shown things: what they prefer, else Slack's for them."""
        preferred = (self.preferences(user) if preferences is None else preferences).language
        return preferred or self._context.language_of(user)

    def preferences(self, user: str) -> "Preferences":
        """Return what somebody prefers."""
        with self._bot.sessions() as session:
            return preferences_of(session, Message("", NAME, person=user))

    def _groups(self, user: str) -> frozenset[str]:
        try:
            return self._context.channel.workspace.groups_of(user)
        except ChannelError:  # then nothing that is for a group is shown
            return frozenset()

    def _standing(self) -> Standing:
        try:
            channels = self._context.channel.workspace.own_channels()
        except ChannelError:
            channels = ()
        shown = tuple((channel, self._context.choices(channel)) for channel in channels[:CHANNELS])
        address = self._bot.settings.public_url
        with self._bot.sessions() as session:
            return Standing(
                volume=volume_since(session, self._bot.clock() - WEEK),
                waiting=inbox_rows.waiting(session),
                dead=standing.given_up(session),
                people=tuple(self._waiter(each) for each in handovers.waiting(session, MOST_WAITING)),
                paused=inbox.paused(session),
                channels=shown,
                more=len(channels) - len(shown),
                web=f"{address}/admin/inbox" if address else "",
            )

    def _waiter(self, handover: handovers.Handover) -> Waiter:
        channel, _, thread = handover.place.partition(":")
        if handover.channel != NAME or channel.startswith("D"):  # what somebody else wrote to the bot cannot be opened
            return Waiter(handover.asker, handover.created_at)
        url = self._context.channel.workspace.identity().url
        link = place_link({"channel": channel, "ts": thread, "thread": thread}, url)
        return Waiter(handover.asker, handover.created_at, channel, link)
