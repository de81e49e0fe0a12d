"""Events of messages as Slack sends them, and the text of a message as people see it."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["im", "mpim", "channel", "group"]

READ = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that a person wrote; all others are news about the channel, or a program's."""

EDITED_WITHIN = 60.0
"""Seconds in which an edit is taken for a correction of what was asked."""

SLACKBOT = "USLACKBOT"

_MARKUP = re.compile(r"<([^<>]*)>")
_SPACES = re.compile(r"[ \t\u00a0]{2,}")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_MANY = re.compile(r"<!(?:channel|here|everyone|subteam\^)")


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that a person posted. ``thread`` is the ``ts`` of the thread's first message, its own where it is that.

    ``edited`` is when it was changed, "" where it was not. ``threaded``: it was written in a thread.
    """

    channel: str
    ts: str
    thread: str
    user: str
    text: str
    kind: Kind
    threaded: bool = False
    edited: str = ""

    @property
    def key(self) -> str:
        """The same for every delivery of this message, as ``message`` or as ``app_mention``; an edit has its own."""
        return f"slack:{self.channel}:{self.ts}" + (f":edit:{self.edited}" if self.edited else "")

    @property
    def conversation(self) -> str:
        """A direct message is one conversation, elsewhere each thread is one."""
        return self.channel if self.kind == "im" else f"{self.channel}:{self.thread}"

    def mentions(self) -> set[str]:
        """Return the people that it mentions."""
        return set(_MENTION.findall(self.text))

    def calls_many(self) -> bool:
        """Tell whether it calls a group, or everyone there."""
        return bool(_MANY.search(self.text))


def posted_from(event: Mapping[str, Any]) -> Posted | None:
    """Return the message of an event; None where no person wrote it, or nothing of what they wrote was changed."""
    if event.get("subtype") == "message_changed":
        return _edited(event)
    return _posted(event, event)


def _posted(message: Mapping[str, Any], event: Mapping[str, Any], edited: str = "") -> Posted | None:
    user, ts, channel = (str(value or "") for value in (message.get("user"), message.get("ts"), event.get("channel")))
    foreign = message.get("bot_id") or message.get("bot_profile") or message.get("hidden") or user == SLACKBOT
    if foreign or not user or not ts or not channel or (message.get("subtype") or "") not in READ:
        return None
    thread = str(message.get("thread_ts") or ts)
    return Posted(
        channel=channel,
        ts=ts,
        thread=thread,
        user=user,
        text=str(message.get("text") or ""),
        kind=kind_of(event),
        threaded=thread != ts,
        edited=edited,
    )


def _edited(event: Mapping[str, Any]) -> Posted | None:
    """Return what a message was changed to; None where its words are the same (a preview was added), or long after."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    edited = str((message.get("edited") or {}).get("ts") or "")
    if not edited or message.get("text") == before.get("text"):
        return None
    if seconds(edited) - seconds(str(message.get("ts") or "")) > EDITED_WITHIN:
        return None
    return _posted(message, event, edited)


def withdrawn(event: Mapping[str, Any]) -> str:
    """Return the key of a message that somebody took back, "" where an event tells of none.

    A message with replies leaves a stone in its place.
    """
    before, now = event.get("previous_message") or {}, event.get("message") or {}
    stone = event.get("subtype") == "message_changed" and now.get("subtype") == "tombstone"
    if event.get("subtype") != "message_deleted" and not stone:
        return ""
    ts = str(event.get("deleted_ts") or before.get("ts") or now.get("ts") or "")
    ours_or_programs = before.get("bot_id") or not before.get("user", now.get("user"))
    return f"slack:{event.get('channel')}:{ts}" if ts and event.get("channel") and not ours_or_programs else ""


def kind_of(event: Mapping[str, Any]) -> Kind:
    """Return what the event's channel is: by its word for it, else by the first letter of its id."""
    named = event.get("channel_type")
    if named in ("im", "mpim", "channel", "group"):
        return named  # type: ignore[no-any-return]
    return "im" if str(event.get("channel") or "").startswith("D") else "channel"


def seconds(ts: str) -> float:
    """Return a Slack timestamp in seconds since 1970, 0 where it is none."""
    try:
        return float(ts)
    except ValueError:
        return 0.0


def readable(text: str, *, own: str = "", name: Callable[[str], str] = lambda _user: "") -> str:
    """Return Slack's text as people see it: names for ids, labels for links, no escapes; ``own``, the bot, left out.

    ``name`` tells the name of a person by their id, "" where it is not known.
    """

    def shown(found: re.Match[str]) -> str:
        inner, _, label = found[1].partition("|")
        if inner.startswith(("@U", "@W")):
            return "" if inner[1:] == own else f"@{label or name(inner[1:]) or inner[1:]}"
        if inner.startswith("#"):
            return f"#{label or inner[1:]}"
        if inner.startswith("!"):
            return label if label.startswith("@") else f"@{label or inner[1:].split('^')[0]}"
        if inner.startswith(("mailto:", "tel:")):
            return label or inner.partition(":")[2]
        return f"{label} ({inner})" if label and not inner.endswith(label) and label not in inner else inner

    return _SPACES.sub(" ", html.unescape(_MARKUP.sub(shown, text))).strip()


def without(text: str, user: str) -> str:
    """Return the raw text without the mentions of somebody."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^<>]*)?>[,:]?", " ", text).strip() if user else text
