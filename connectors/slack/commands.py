"""/dapbot: what it is to do is said in a word, in Korean or in English; words that are none are a question."""

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from connectors.slack.channel_settings import open_settings, refusal
from connectors.slack.command_words import READING, Name, Order, is_text, order_of
from connectors.slack.context import Context
from connectors.slack.hurried import Hurried
from connectors.slack.manifest import COMMAND
from connectors.slack.periods import is_period
from connectors.slack.requests import Asking, Request, place_kind, take
from connectors.slack.switches import Switches

if TYPE_CHECKING:
    from slack_bolt import App

log = logging.getLogger(__name__)

Ack = Callable[..., object]


def register(app: "App", context: Context) -> None:
    """Listen to the command."""
    app.command(COMMAND)(Commands(context).typed)


class Commands:
    """The listener; Bolt calls it in its threads. What it says at once, only the asker sees."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._hurried = Hurried(context)
        switches = Switches(context, self._hurried)
        self._acts: Mapping[Name, Callable[[Order, Asking], str]] = {
            "help": self._help,
            "mute": switches.mute,
            "unmute": switches.unmute,
            "pause": switches.pause,
            "resume": switches.resume,
            "settings": self._settings,
        }

    def typed(self, ack: Ack, command: dict[str, Any]) -> None:
        """Do what was typed, or have it kept; only then Slack is told that it was heard."""
        order = order_of(str(command.get("text") or ""))
        asking = self._asking(command, order)
        if not asking.user or not asking.channel:
            ack()
            return
        act = self._acts.get(order.name, self._request)
        ack(text=act(order, asking), response_type="ephemeral")

    def _asking(self, command: Mapping[str, Any], order: Order) -> Asking:
        channel, user = str(command.get("channel_id") or ""), str(command.get("user_id") or "")
        return Asking(
            channel=channel,
            user=user,
            team=str(command.get("team_id") or ""),
            trigger=str(command.get("trigger_id") or ""),
            kind=place_kind(channel, str(command.get("channel_name") or "")),
            # a Korean word tells the language, an English one is typed by everybody
            language="ko" if order.language == "ko" else self._hurried.language_of(user),
        )

    def _request(self, order: Order, asking: Asking) -> str:
        request = request_of(order, asking.channel)
        if request is None:
            return asking.say(f"slack.command.usage.{order.name}")
        return take(self._context, self._hurried, asking, request)

    def _help(self, _order: Order, asking: Asking) -> str:
        said = asking.say("slack.command.help")
        return f"{said}\n{asking.say('slack.command.help_admin')}" if self._hurried.is_admin(asking.user) else said

    def _settings(self, order: Order, asking: Asking) -> str:
        channel = order.linked.channel if order.linked is not None else asking.channel
        if (refused := refusal(self._context, channel, asking.user)) is not None:
            return asking.say(refused)
        shown = open_settings(self._context, asking.trigger, channel, asking.user)
        return asking.say("slack.command.settings_opened" if shown else "slack.command.settings_late")


def request_of(order: Order, channel: str) -> Request | None:
    """Return what a subcommand is to do, None where it does not say to what; ``channel`` is where it was typed."""
    linked, text = order.linked, order.text.strip()
    if order.name in READING:
        message = linked is not None and bool(linked.ts)
        return _to_read(order, text, channel) if message or not text or is_period(text) else _given(order)
    if order.name == "translate":
        options = {"to": order.into} if order.into else {}
        if linked is not None and linked.ts and not text:
            return Request("translate", "", options, {"channel": linked.channel, "ts": linked.ts, "alone": True})
        return Request("translate", text, options) if text else None
    if not text:
        return None
    if order.name == "draft":
        return Request("draft", text)
    return Request("answer" if order.language else "", text)


def _given(order: Order) -> Request | None:
    return Request(order.name, order.text.strip()) if is_text(order) else None


def _to_read(order: Order, said: str, channel: str) -> Request:
    """Return the request to read a message with its thread, or a channel since when."""
    task, linked = order.name, order.linked
    if linked is None or not linked.ts:
        read: dict[str, Any] = {"channel": linked.channel if linked else channel, "said": said}
        return Request(task, said, order.options, read)
    alone = task == "sentiment" and bool(linked.thread) and linked.thread != linked.ts
    return Request(task, said, order.options, {"channel": linked.channel, "ts": linked.ts, "alone": alone})
