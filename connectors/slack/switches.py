"""What /dapbot switches on and off: quiet in a thread or a channel, paused in a channel or everywhere."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.database import audit, places
from connectors.slack.command_words import Order
from connectors.slack.hurried import Hurried
from connectors.slack.links import Linked
from connectors.slack.listening import NAME
from connectors.slack.requests import Asking
from connectors.slack.settings_kept import keep
from connectors.slack.settings_view import state_of

if TYPE_CHECKING:
    from bot.desk import Noting
    from connectors.slack.context import Context

TRIES = 3
"""Times that a channel is paused where somebody else changes its settings meanwhile."""


class Switches:
    """What is done at once, while the asker waits; each returns what they are told."""

    def __init__(self, context: "Context", hurried: Hurried) -> None:
        self._context = context
        self._hurried = hurried
        self._bot = context.bot

    def mute(self, order: Order, asking: Asking) -> str:
        """Be quiet but for mentions: in a thread for anybody there, in a channel for admins."""
        return self._muted(order, asking, on=True)

    def unmute(self, order: Order, asking: Asking) -> str:
        """Answer as before."""
        return self._muted(order, asking, on=False)

    def _muted(self, order: Order, asking: Asking, *, on: bool) -> str:
        if asking.kind == "im":
            return asking.say("slack.command.channels_only")
        mark = "muted" if on else "unmuted"
        linked = order.linked
        if linked is not None and linked.channel != asking.channel:  # who is in that one is not known here
            return asking.say("slack.command.other_channel")
        if linked is not None and linked.ts:
            self._context.choose(f"{linked.channel}:{linked.thread or linked.ts}", muted=on or None)
            return asking.say(f"slack.command.thread_{mark}")
        if not self._hurried.is_admin(asking.user):
            return asking.say("slack.command.mute_not_admin" if on else "slack.command.admins_only")
        self._choose_muted(asking, on=on)
        return asking.say(f"slack.command.{mark}")

    def _choose_muted(self, asking: Asking, *, on: bool) -> None:
        with self._bot.sessions.begin() as session:
            if bool(places.chosen(session, NAME, asking.channel).get("muted")) != on:
                places.choose(session, NAME, asking.channel, muted=on or None)
                action = "channel.muted" if on else "channel.unmuted"
                self._noting(asking, action, f"{NAME}:{asking.channel}")(session)

    def pause(self, order: Order, asking: Asking) -> str:
        """Answer nothing: in the channel, or anywhere; for admins."""
        return self._paused(order, asking, on=True)

    def resume(self, order: Order, asking: Asking) -> str:
        """Answer again; in a channel that was quiet as well."""
        return self._paused(order, asking, on=False)

    def _paused(self, order: Order, asking: Asking, *, on: bool) -> str:
        if not self._hurried.is_admin(asking.user):
            return asking.say("slack.command.admins_only")
        if order.everywhere:
            return self._paused_everywhere(asking, on=on)
        channel = _channel_of(order.linked, asking)
        if not channel:
            return asking.say("slack.command.channels_only")
        was, actor = self._context.choices(channel).paused, self._context.admins.actor(asking.user)
        for _ in range(TRIES):
            now = self._context.choices(channel)
            if keep(self._bot.sessions, channel, state_of(now), replace(now, paused=on), actor) is not None:
                break
        if on:
            return asking.say("slack.command.paused")
        quiet = bool(self._context.chosen(channel).get("muted")) and channel == asking.channel
        if quiet:
            self._choose_muted(asking, on=False)
        return asking.say("slack.command.resumed" if was or quiet else "slack.command.not_paused")

    def _paused_everywhere(self, asking: Asking, *, on: bool) -> str:
        inbox = self._bot.inbox
        if on:
            inbox.pause(noting=self._noting(asking, "inbox.paused", "inbox"))
            return asking.say("slack.command.paused_all")
        if not inbox.paused():
            return asking.say("slack.command.not_paused_all")
        inbox.resume(noting=self._noting(asking, "inbox.resumed", "inbox"))
        return asking.say("slack.command.resumed_all")

    def _noting(self, asking: Asking, action: str, subject: str) -> "Noting":
        """Return what writes into the audit log who did it."""
        actor = self._context.admins.actor(asking.user)
        return lambda session: audit.note(session, actor, action, subject)


def _channel_of(linked: Linked | None, asking: Asking) -> str:
    """Return the channel that is meant, "" where none is: a direct message is not one."""
    channel = linked.channel if linked is not None else asking.channel
    return "" if channel.startswith("D") or (linked is None and asking.kind == "im") else channel
