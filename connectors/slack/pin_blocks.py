"""The draft of an entry as an admin sees it in a direct message, and the form in which it is changed."""

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.phrases import say
from connectors.slack.board import Block, button, buttons, section, small
from connectors.slack.pin_drafts import ANSWER, QUESTION, Drafted
from connectors.slack.safe_text import escaped
from knowledge.language import Language

ADD, EDIT, DISCARD, UNDO = "pin:add", "pin:edit", "pin:discard", "pin:undo"
"""The actions of the buttons; their value is the place where it is kept what became of the pin."""

EDITED = "pin_edited"
"""The form's callback."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with what an admin should know of it; ``private``: the thread is not open to everyone."""

    drafted: Drafted
    link: str
    channel: str
    private: bool
    findings: Sequence[str] = ()


def draft(shown: Draft, place: str, language: Language) -> list[Block]:
    """Return the draft with its buttons."""
    drafted = shown.drafted
    where = f"<#{shown.channel}>"
    if shown.link:
        where = f"<{shown.link}|{escaped(say('slack.pin.thread', language))}> ({where})"
    warnings = [*shown.findings]
    if shown.private:
        warnings.insert(0, say("slack.pin.private", language))
    if drafted.cut:
        warnings.append(say("slack.pin.cut", language, limit=ANSWER))
    blocks = [
        section(f":pushpin: {escaped(say('slack.pin.made', language))} {where}"),
        small(f"*{escaped(say('slack.pin.question', language))}*"),
        _said("question", drafted.question),
        small(f"*{escaped(say('slack.pin.answer', language))}*"),
        _said("answer", drafted.answer),
    ]
    if drafted.taken:
        blocks.append(small(escaped(say("slack.pin.taken", language, what=drafted.taken))))
    blocks += [small(f":warning: {escaped(each)}") for each in warnings]
    return [
        *blocks,
        buttons(
            button(ADD, say("slack.pin.add", language), place, "primary"),
            button(EDIT, say("slack.pin.edit", language), place),
            button(DISCARD, say("slack.pin.discard", language), place),
        ),
    ]


def added(question: str, answer: str, name: str, place: str, language: Language) -> list[Block]:
    """Return what is shown once it is in the document."""
    return [
        section(f":white_check_mark: {escaped(say('slack.pin.added', language, name=name))}"),
        _said("question", question),
        _said("answer", answer),
        buttons(button(UNDO, say("slack.pin.undo", language), place)),
    ]


def form(question: str, answer: str, place: str, language: Language) -> dict[str, Any]:
    """Return the form in which a draft is changed before it is added."""

    def field(name: str, value: str, limit: int, *, long: bool) -> Block:
        element = {"type": "plain_text_input", "action_id": name, "max_length": limit, "multiline": long}
        element |= {"initial_value": value[:limit]} if value else {}
        label = {"type": "plain_text", "text": say(f"slack.pin.{name}", language)}
        return {"type": "input", "block_id": name, "label": label, "element": element}

    def words(phrase: str) -> dict[str, str]:
        return {"type": "plain_text", "text": say(phrase, language)[:24]}

    return {
        "type": "modal",
        "callback_id": EDITED,
        "private_metadata": json.dumps({"place": place}),
        "title": words("slack.pin.edit_title"),
        "submit": words("slack.pin.add"),
        "close": words("slack.pin.close"),
        "blocks": [
            field("question", question, QUESTION, long=True),
            field("answer", answer, ANSWER, long=True),
            small(escaped(say("slack.pin.edit_help", language))),
        ],
    }


def said_in(message: Mapping[str, Any]) -> tuple[str, str]:
    """Return question and answer of a draft as they stand in its message, "" where they do not."""
    found = {str(each.get("block_id")): each.get("text") for each in message.get("blocks") or ()}

    def of(name: str) -> str:
        text = found.get(name)
        return html.unescape(str(text.get("text") or "")) if isinstance(text, Mapping) else ""

    return of("question").strip(), of("answer").strip()


def _said(name: str, text: str) -> Block:
    return {
        "type": "section",
        "block_id": name,
        "text": {"type": "plain_text", "text": text[:ANSWER] or " ", "emoji": False},
    }
