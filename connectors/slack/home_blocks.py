"""The blocks that App Home is made of, each within Slack's limits."""

from collections.abc import Sequence
from typing import Any

from connectors.slack.safe_text import escaped

Block = dict[str, Any]

LABEL, TITLE, TEXT, VALUE = 75, 150, 3_000, 2_000
"""Characters that Slack takes on a button, in a header, in a section, as the value of a button."""


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text, TITLE)}


def section(text: str, accessory: dict[str, Any] | None = None) -> Block:
    """Return a text in Slack's own markup, and what stands beside it."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text[:TEXT]}}
    return block if accessory is None else block | {"accessory": accessory}


def fields(texts: Sequence[str]) -> Block:
    """Return up to ten short texts in two columns."""
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": each[:VALUE]} for each in texts[:10]]}


def context(text: str) -> Block:
    """Return a small grey text."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:TEXT]}]}


def actions(elements: Sequence[dict[str, Any]]) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def button(action: str, text: str, value: str = "", **more: Any) -> dict[str, Any]:
    """Return a button; ``more``: style, url, confirm."""
    shown: dict[str, Any] = {"type": "button", "action_id": action, "text": plain(text, LABEL), **more}
    return shown | {"value": value[:VALUE]} if value else shown


def confirm(title: str, text: str, yes: str, no: str) -> dict[str, Any]:
    """Return the question that is asked before a button does what it says."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def plain(text: str, most: int) -> dict[str, Any]:
    """Return a text without markup, at most so long."""
    text = " ".join(text.split()) or "…"
    return {"type": "plain_text", "text": text if len(text) <= most else text[: most - 1].rstrip() + "…"}


def escaped_short(text: str, most: int) -> str:
    """Return a text in one line, at most so long, in which nothing is markup."""
    text = " ".join(text.split())
    return escaped(text if len(text) <= most else text[: most - 1].rstrip() + "…")
