"""Answers for the asker alone: where they go, what stands above them, and a word where they were asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.channels import Delivery
from bot.messages import Message, Reply
from bot.phrases import say
from connectors.slack.posted import readable
from connectors.slack.safe_text import escaped
from knowledge.language import Language

SHOWN = 150
"""Characters of a question that are shown above its answer."""

Block = dict[str, Any]


def is_private(where: Mapping[str, Any]) -> bool:
    """Tell whether a reply goes to the asker alone, in a direct message, wherever the message came from."""
    return where.get("private") is True


def alone(where: Mapping[str, Any]) -> bool:
    """Tell whether only the asker reads the reply: what is for their groups may be in it."""
    return is_private(where) or where.get("kind") == "im"


def place_link(where: Mapping[str, Any], url: str) -> str:
    """Return the address of the message that was asked, "" where there is none; ``url`` is the workspace's."""
    channel, ts, thread = (str(where.get(name) or "") for name in ("channel", "ts", "thread"))
    if not (url and channel and ts):
        return ""
    inside = f"?thread_ts={thread}&cid={channel}" if thread and thread != ts else ""
    return f"{url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{inside}"


def above(delivery: Delivery, reply: Reply, url: str, name: Callable[[str], str]) -> list[Block]:
    """Return what stands above a private answer: what was asked, and where. ``name`` tells people's names."""
    where, language = delivery.where, reply.language
    parts = [_asked(delivery.message, language, name)]
    channel = str(where.get("channel") or "")
    if channel and where.get("kind") in ("channel", "group"):
        parts.append(f"<#{channel}>")
    if link := place_link(where, url):
        parts.append(f"<{link}|{say('slack.private.place', language)}>")
    said = " · ".join(filter(None, parts))
    return [{"type": "context", "elements": [{"type": "mrkdwn", "text": said[:3_000]}]}] if said else []


def _asked(message: Message, language: Language, name: Callable[[str], str]) -> str:
    """Return what was asked in a line; of a task that was named only which it is: its text may be a whole channel."""
    if message.task and message.task != "answer":
        return escaped(say(f"slack.private.task.{message.task}", language))
    text = " ".join(readable(message.text, name=name).split())
    text = text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
    return f":lock: {escaped(say('slack.private.question', language, question=text))}" if text else ":lock:"


def pointer(language: Language, url: str, direct: str) -> str:
    """Return the word for the asker in the channel; ``direct`` is their direct message with the bot, "" unknown."""
    said = say("slack.private.pointer", language)
    if not (url and direct):
        return said
    return f"{said} <{url.rstrip('/')}/archives/{direct}|{say('slack.private.open', language)}>"
