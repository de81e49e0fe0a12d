"""The entries in the menu of a message: its thread in a few lines, its mood; for who chose them alone."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from connectors.slack.calls import said_no
from connectors.slack.context import Context
from connectors.slack.hurried import Hurried
from connectors.slack.requests import Asking, Request, place_kind, take

if TYPE_CHECKING:
    from slack_bolt import App

log = logging.getLogger(__name__)

SUMMARISE_THREAD, READ_MOOD = "summarise_thread", "read_mood"
"""The names of the entries, as the manifest has them."""

Ack = Callable[..., object]
Respond = Callable[..., object]


def register(app: "App", context: Context) -> None:
    """Listen to both."""
    chosen = Shortcuts(context)
    app.message_shortcut(SUMMARISE_THREAD)(chosen.summarise)
    app.message_shortcut(READ_MOOD)(chosen.mood)


class Shortcuts:
    """The listeners; Bolt calls them in its threads."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._hurried = Hurried(context)

    def summarise(self, ack: Ack, respond: Respond, shortcut: dict[str, Any]) -> None:
        """Have the thread of the message summed up."""
        read = {**_place_of(shortcut), "alone": False}
        self._take(shortcut, respond, Request("summarize", "", read=read))
        ack()

    def mood(self, ack: Ack, respond: Respond, shortcut: dict[str, Any]) -> None:
        """Have the mood of the message read: with its thread where it begins one, else by its own words.

        Those come with the shortcut, so that the bot need not be where it was written.
        """
        message, text = shortcut.get("message") or {}, str((shortcut.get("message") or {}).get("text") or "")
        if message.get("reply_count") or not text.strip():
            request = Request("sentiment", "", read={**_place_of(shortcut), "alone": not message.get("reply_count")})
        else:
            request = Request("sentiment", text)
        self._take(shortcut, respond, request)
        ack()

    def _take(self, shortcut: Mapping[str, Any], respond: Respond, request: Request) -> None:
        asking = self._asking(shortcut)
        if asking.user and asking.channel and str((shortcut.get("message") or {}).get("ts") or ""):
            said = take(self._context, self._hurried, asking, request)
            self._context.soon(partial(_told, respond, said))

    def _asking(self, shortcut: Mapping[str, Any]) -> Asking:
        channel, user = shortcut.get("channel") or {}, str((shortcut.get("user") or {}).get("id") or "")
        place = str(channel.get("id") or "")
        return Asking(
            channel=place,
            user=user,
            team=str((shortcut.get("team") or {}).get("id") or ""),
            trigger=str(shortcut.get("trigger_id") or shortcut.get("action_ts") or ""),
            kind=place_kind(place, str(channel.get("name") or "")),
            language=self._hurried.language_of(user),
        )


def _place_of(shortcut: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message that was chosen, as it is read."""
    message, channel = shortcut.get("message") or {}, shortcut.get("channel") or {}
    return {"channel": str(channel.get("id") or ""), "ts": str(message.get("ts") or "")}


def _told(respond: Respond, said: str) -> None:
    with said_no():
        respond(text=said, response_type="ephemeral", replace_original=False)
