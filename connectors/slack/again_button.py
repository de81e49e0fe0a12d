"""The button below what went wrong: it is asked once more, in the name of who asked."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.database.recorded import recorded
from bot.inbox import Incoming
from bot.messages import Message
from bot.phrases import say
from connectors.slack.calls import said_no
from connectors.slack.listening import DIRECT, NAME
from connectors.slack.posted import kind_of
from connectors.slack.trying_again import AGAIN, ON_TEXT, ONCE_MORE

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context


def register(app: "App", context: "Context") -> None:
    """Listen to the button."""
    app.action(AGAIN)(Again(context).pressed)


class Again:
    """The listener."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def pressed(self, ack: Callable[[], object], body: dict[str, Any]) -> None:
        """Ask once more what was asked; pressed twice, it is asked once."""
        value = _value(body)
        user = str((body.get("user") or {}).get("id") or "")
        if user and type(value.get("row")) is int:
            self._take_up(value["row"], user, body)
        elif user and value.get("answer"):
            self._ask(value, user, body)
        ack()

    def _take_up(self, seq: int, user: str, body: Mapping[str, Any]) -> None:
        """Open a row that was given up; only who wrote its message may."""
        row = self._context.bot.inbox.get(seq)
        if row is None or row.channel != NAME or row.state != "dead":
            self._say("slack.again.gone", body)
        elif row.person != user:
            self._say("slack.again.not_yours", body)
        elif self._context.bot.inbox.retry(seq):
            self._context.soon(lambda: self._note(body, user))

    def _ask(self, value: Mapping[str, Any], user: str, body: Mapping[str, Any]) -> None:
        """Ask what the answer was for, in the name of who pressed."""
        with self._context.bot.sessions() as session:
            found = recorded(session, str(value["answer"]))
        container, message = body.get("container") or {}, body.get("message") or {}
        channel, ts = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
        if found is None or found.channel != NAME or found.person != user or not channel or not ts:
            others = found is not None and found.person != user
            self._say("slack.again.not_yours" if others else "slack.again.gone", body)
            return
        thread = str(message.get("thread_ts") or container.get("thread_ts") or ts)
        kind = kind_of({"channel": channel})
        where = {"channel": channel, "ts": ts, "thread": thread, "threaded": True, "kind": kind, "asked": DIRECT}
        options = value.get("options") if isinstance(value.get("options"), dict) else {}
        task = value.get("task") if value.get("task") in ON_TEXT else ""
        said = Message(
            found.question,
            NAME,
            conversation=channel if kind == "im" else f"{channel}:{thread}",
            person=user,
            task=str(task or ""),
            options={str(name): str(given) for name, given in (options or {}).items()},
        )
        self._context.keep(Incoming(f"slack:{channel}:{ts}:again:{user}", said, where={**where, ONCE_MORE: True}))

    def _note(self, body: Mapping[str, Any], user: str) -> None:
        """Say in the place of the button that it is tried again."""
        container = body.get("container") or {}
        with said_no():
            self._context.client.chat_update(
                channel=str(container.get("channel_id") or ""),
                ts=str(container.get("message_ts") or ""),
                text=say("slack.again.trying", self._context.language_of(user)),
                blocks=[],
            )

    def _say(self, phrase: str, body: Mapping[str, Any]) -> None:
        user, container = str((body.get("user") or {}).get("id") or ""), body.get("container") or {}
        where = {"channel": container.get("channel_id"), "thread": container.get("thread_ts"), "threaded": True}
        text = say(phrase, self._context.language_of(user))
        self._context.soon(lambda: self._context.channel.signs.whisper(where, user, text))


def _value(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the button says; empty where it is not what we put there."""
    action = (body.get("actions") or [{}])[0]
    try:
        value = json.loads(str(action.get("value") or "{}"))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
