"""What went wrong is tried again at the press of a button, in the name of who pressed it."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot import addressing
from bot.channels import Delivery, Earlier
from bot.inbox import GONE, Incoming
from bot.language import reply_language
from bot.messages import Reply
from bot.phrases import say
from connectors.slack.listening import AUTO
from connectors.slack.posted import readable
from connectors.slack.readings import READ

if TYPE_CHECKING:
    from bot.database.inbox_rows import Row
    from knowledge.language import Language

log = logging.getLogger(__name__)

AGAIN = "again"
"""The action of the button; its value: ``{"answer": id, "task": name, "options": {...}}`` or ``{"row": number}``."""

ON_TEXT = frozenset({"", "answer", "draft", "translate", "tutor"})
"""Named tasks whose text is what somebody wrote: others read a channel, and are called anew by who wants them."""

LONGEST = 2_000
"""Characters that Slack takes in the value of a button."""

ONCE_MORE = "once_more"

Block = dict[str, Any]


def given_up(row: "Row", language: "Language | None") -> Incoming | None:
    """Return the words for somebody whose message could not be answered, None where there is nowhere to say them."""
    if row.message is None or row.kind != "message" or (row.error or "").startswith(GONE):
        return None
    if row.where.get("asked") == AUTO and not addressing.judged(readable(row.message.text)).asks:
        return None  # nobody put it to the bot, and nobody waits
    said = say("slack.again.given_up", row.message.language or reply_language(row.message.text, setting=language))
    where = {**row.where, "again": row.seq}
    return Incoming(f"{row.key}:given_up", row.message, kind="notice", where=where, text=said)


def below(delivery: Delivery, reply: Reply) -> list[Block]:
    """Return the button below a reply in which something failed; none where nothing did."""
    where, message = delivery.where, delivery.message
    if "again" in where:
        return _button({"row": where["again"]}, reply.language)
    if not (reply.failed or reply.error) or not reply.answer_id or message.task not in ON_TEXT or READ in where:
        return []
    value: dict[str, Any] = {"answer": reply.answer_id}
    if message.task:
        value |= {"task": message.task, "options": dict(message.options)}
    return _button(value, reply.language)


def _button(value: Mapping[str, Any], language: "Language") -> list[Block]:
    said = json.dumps(value, ensure_ascii=False)
    if len(said) > LONGEST:
        return []
    text = {"type": "plain_text", "text": say("slack.again.button", language), "emoji": False}
    return [{"type": "actions", "elements": [{"type": "button", "action_id": AGAIN, "text": text, "value": said}]}]


def before(where: Mapping[str, Any], said: Sequence[Earlier], text: str) -> Sequence[Earlier]:
    """Return what was said before a question, of which a thread holds the question too where it is asked once more."""
    if not where.get(ONCE_MORE):
        return said
    asked = [at for at, each in enumerate(said) if each.role == "person" and each.text == text]
    return said[: asked[-1]] if asked else said
