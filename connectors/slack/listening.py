"""Which messages are for the bot, and what the inbox is told of them; quick, for Slack waits for it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import addressing, routing
from bot.inbox import Incoming
from bot.messages import Message
from connectors.slack.posted import Posted, readable, seconds, without
from knowledge.language import language_of

NAME = "slack"

DIRECT, MENTIONED, FOLLOWED, AUTO = "direct", "mentioned", "followed", "auto"
"""Why a message is for the bot: said to it alone, to it by name, in a thread it takes part in, in a channel where it
answers whatever looks like a question or a problem."""

UNSURE = frozenset({FOLLOWED, AUTO})
"""Reasons that are looked at again before anything is shown: ``heard`` reads the thread, and the words."""

LATE = 60.0
"""Seconds after which a question that nobody put to the bot is left to the people who have answered it since."""

NOTE: dict[str, Any] = {"event_type": "dapbot_note", "event_payload": {}}
"""The metadata of what we post that is no reply, so that it is never taken for one that was begun."""

_QUIET = re.compile(
    r"(?:(?:이제|좀|그만)\s*)?(?:조용히(?:\s*해(?:\s*줘|\s*주세요|라)?|\s*하세요)?|그만(?:\s*(?:답해|말해|해))?(?:\s*줘|\s*주세요)?|뮤트)"
    r"|(?:please\s+)?(?:mute|be quiet|shut up|stop(?: (?:replying|answering|it))?|hush)(?:\s+please)?",
    re.IGNORECASE,
)
_NOISE = re.compile(r"[\s!.~…ㅠㅜ^]+$")

ANSWERED_KINDS = frozenset({"help", "who", "human", "crisis"})
"""Small talk that asks for something, also where nobody named the bot."""


@dataclass(frozen=True, slots=True)
class Known:
    """What decides beside the message itself: asked of the database only where it matters."""

    takes_part: Callable[[str], bool]
    muted: Callable[[str], bool]
    auto: Callable[[str], bool] = lambda _channel: False


def why(posted: Posted, own: str, known: Known) -> str | None:
    """Return why a message is for the bot, None where it is not. ``own`` is the bot's user."""
    if posted.kind == "im":
        return DIRECT
    mentioned = posted.mentions()
    if own in mentioned:
        return MENTIONED
    if mentioned or posted.calls_many() or not posted.text.strip():  # people talk to each other
        return None
    if posted.threaded:
        followed = known.takes_part(posted.conversation) and not known.muted(posted.conversation)
        return FOLLOWED if followed else None
    if not known.auto(posted.channel) or known.muted(posted.channel):
        return None
    return AUTO if addressing.may_ask(readable(posted.text)) and not is_quiet(posted, own) else None


def is_quiet(posted: Posted, own: str) -> bool:
    """Tell whether a message bids the bot be quiet, and says nothing else."""
    return bool(_QUIET.fullmatch(_NOISE.sub("", readable(without(posted.text, own)))))


def incoming(posted: Posted, asked: str, *, team: str, own: str) -> Incoming:
    """Return what the inbox keeps."""
    text = without(posted.text, own)
    where: dict[str, Any] = {
        "channel": posted.channel,
        "ts": posted.ts,
        "thread": posted.thread,
        "threaded": posted.threaded,
        "kind": posted.kind,
        "team": team,
        "asked": asked,
    }
    if posted.edited:
        where["before"] = f"slack:{posted.channel}:{posted.ts}"
    message = Message(text, NAME, conversation=posted.conversation, person=posted.user)
    return Incoming(posted.key, message, where=where)


def for_us(said: Sequence[Mapping[str, Any]], own: str, ts: str, person: str) -> bool:
    """Tell whether a message in a thread that names nobody is for the bot, from the whole thread.

    It is where the bot spoke last before it, or only the same person since; where somebody else has spoken since,
    people talk to each other. Thanks and the like need no answer, unless they ask for something. ``own`` is the bot.
    """
    before = [each for each in said if seconds(str(each.get("ts"))) < seconds(ts)]
    ours = [at for at, each in enumerate(before) if each.get("user") == own]
    if not ours:
        return False
    since = {str(each.get("user") or "") for each in before[ours[-1] + 1 :]}
    if since - {person}:
        return False
    text = readable(next((str(each.get("text") or "") for each in said if str(each.get("ts")) == ts), ""))
    kind = routing.kind_of(text) if text else None
    if kind is not None:
        return kind in ANSWERED_KINDS
    if addressing.names_somebody(text):
        return False
    asker = next((str(each.get("user") or "") for each in reversed(before[: ours[-1]]) if each.get("user") != own), "")
    return asker == person or addressing.judged(text).asks or routing.wanted(text, language_of(text)).task != "answer"


def answered_since(said: Sequence[Mapping[str, Any]], own: str, ts: str, person: str) -> bool:
    """Tell whether somebody else has said something below a message since. ``own`` is the bot."""
    return any(
        str(each.get("user") or "") not in ("", own, person)
        for each in said
        if seconds(str(each.get("ts"))) > seconds(ts) and not each.get("bot_id")
    )
