"""The button below a private answer that shares it with the channel it was asked in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.incoming import Incoming
from bot.messages import Message
from connectors.slack.listening import NAME
from connectors.slack.private import SHARE

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context


def register(app: "App", context: "Context") -> None:
    """Listen to the button."""
    app.action(SHARE)(Button(context).pressed)


class Button:
    """The button below a private answer; what it leads to is posted through the inbox, once."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def pressed(self, ack: Callable[[], object], body: dict[str, Any]) -> None:
        """Keep that somebody wants their answer shared; whether it may be is looked at when it is done."""
        container, action = body.get("container") or {}, (body.get("actions") or [{}])[0]
        channel, ts = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
        user = str((body.get("user") or {}).get("id") or "")
        if channel and ts and user:
            answer, day = str(action.get("value") or "")[:40], self._context.bot.clock().date().isoformat()
            where = {"channel": channel, "ts": ts, "kind": "im", "share": answer, "day": day}
            language = self._context.language_of(user)
            message = Message("", NAME, conversation=f"{channel}:share", person=user, language=language)
            key = f"slack:{channel}:{ts}:share:{action.get('action_ts')}"
            self._context.bot.inbox.accept(Incoming(key, message, kind="notice", where=where))
        ack()
