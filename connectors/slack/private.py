"""Answers for the asker alone: where they go, what stands above them, and a word where they were asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.channels import Delivery
from bot.messages import Reply
from bot.phrases import say
from connectors.slack.posted import readable
from connectors.slack.safe_text import escaped
from knowledge.language import Language

SHARE = "share"
"""The action of the button that shares a private answer; its value is the answer."""

SHOWN = 150
"""Characters of a question that are shown above its answer."""

SHARED = frozenset({"answer", "tutor", "draft", "translate"})
"""Tasks whose answers rest on the documents and on what the asker wrote; others only with ``where["shareable"]``."""

NAMED = frozenset({"summarize", "sentiment", "draft", "translate", "tutor", "preferences", "smalltalk"})
"""Tasks of which only that is shown which they are: their text may be a whole channel."""

Block = dict[str, Any]


def is_private(where: Mapping[str, Any]) -> bool:
    """Tell whether a reply goes to the asker alone, in a direct message, wherever the message came from."""
    return where.get("private") is True


def alone(where: Mapping[str, Any]) -> bool:
    """Tell whether only the asker reads the reply: what is for their groups may be in it."""
    return is_private(where) or where.get("kind") == "im"


def origin(where: Mapping[str, Any]) -> dict[str, str]:
    """Return the channel, and the thread, in which a private answer was asked for; empty where others do not read."""
    if not is_private(where) or where.get("kind") not in ("channel", "group") or not where.get("channel"):
        return {}
    return {"channel": str(where["channel"]), "thread": str(where.get("thread") or "")}


def place_link(where: Mapping[str, Any], url: str) -> str:
    """Return the address of the message that was asked, "" where there is none; ``url`` is the workspace's."""
    channel, ts, thread = (str(where.get(name) or "") for name in ("channel", "ts", "thread"))
    if not (url and channel and ts):
        return ""
    inside = f"?thread_ts={thread}&cid={channel}" if thread and thread != ts else ""
    return f"{url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{inside}"


def above(delivery: Delivery, reply: Reply, url: str, name: Callable[[str], str]) -> list[Block]:
    """Return what stands above a private answer: what was asked, and where. ``name`` tells people's names."""
    where, message, language = delivery.where, delivery.message, reply.language
    parts = [asked_line(message.text, message.task, language, name) or asked_line("", reply.task, language, name)]
    if channel := origin(where).get("channel"):
        parts.append(f"<#{channel}>")
    if link := place_link(where, url):
        parts.append(f"<{link}|{say('slack.private.place', language)}>")
    said = " · ".join(filter(None, parts))
    return [context_block(f"🔒 {said}")] if said else []


def below(delivery: Delivery, reply: Reply) -> list[Block]:
    """Return the button that shares a private answer, where there is something to share, and somebody to read it."""
    where = delivery.where
    mine = reply.task in SHARED or where.get("shareable") is True
    if not origin(where) or not mine or not reply.answered or reply.error or not reply.answer_id:
        return []
    text = {"type": "plain_text", "text": say("slack.share.button", reply.language), "emoji": False}
    button = {"type": "button", "action_id": SHARE, "text": text, "value": reply.answer_id}
    return [{"type": "actions", "elements": [button]}]


def asked_line(text: str, task: str, language: Language, name: Callable[[str], str]) -> str:
    """Return what was asked, or which task was named, in a line of Slack's own markup."""
    if task in NAMED:
        return escaped(say(f"slack.private.task.{task}", language))
    text = " ".join(readable(text, name=name).split())
    text = text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
    return escaped(say("slack.private.question", language, question=text)) if text else ""


def context_block(text: str) -> Block:
    """Return a line in small type; ``text`` is in Slack's own markup, and only what is marked in it is a link."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:3_000], "verbatim": True}]}


def pointer(language: Language, url: str, direct: str) -> str:
    """Return the word for the asker in the channel; ``direct`` is their direct message with the bot, "" unknown."""
    said = say("slack.private.pointer", language)
    if not (url and direct):
        return said
    return f"{said} <{url.rstrip('/')}/archives/{direct}|{say('slack.private.open', language)}>"
