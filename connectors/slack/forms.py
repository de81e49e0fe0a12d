"""Parts of forms in Slack: texts, choices and fields, cut to what Slack takes."""

from typing import Any

Block = dict[str, Any]
View = dict[str, Any]

LABEL, VALUE, TEXT, TITLE = 75, 150, 3_000, 24
"""Characters of a choice's words and of what it stands for, of a text, and of a form's title."""


def plain(text: str, most: int = 2_000) -> Block:
    """Return a text without markup."""
    return {"type": "plain_text", "text": shortened(text, most) or " ", "emoji": False}


def section(text: str) -> Block:
    """Return a paragraph in Slack's markup."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": shortened(text, TEXT)}}


def context(text: str) -> Block:
    """Return a line in small print, in Slack's markup."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": shortened(text, TEXT)}]}


def button(text: str, action: str, value: str) -> Block:
    """Return a row with one button."""
    element = {"type": "button", "action_id": action, "text": plain(text, LABEL), "value": value}
    return {"type": "actions", "elements": [element]}


def option(text: str, value: str, more: str = "") -> Block:
    """Return something to choose; ``more`` stands below it."""
    described = {"description": plain(more, LABEL)} if more else {}
    return {"text": plain(text, LABEL), "value": value, **described}


def field(name: str, action: str, label: str, element: Block, hint: str = "") -> Block:
    """Return a field that may stay empty, in the block ``name``."""
    held = {"type": "input", "block_id": name, "optional": True, "label": plain(label)}
    return {**held, "element": {**element, "action_id": action}} | ({"hint": plain(hint)} if hint else {})


def modal(title: str, close: str, blocks: list[Block], **more: Any) -> View:
    """Return a form; ``more`` are its other values, such as ``callback_id`` and ``submit``."""
    return {"type": "modal", "title": plain(title, TITLE), "close": plain(close, TITLE), "blocks": blocks, **more}


def shortened(text: str, most: int) -> str:
    """Return the text on at most ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
