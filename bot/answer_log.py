"""One line of the log for each answer: numbers and names that say how it went, never a word that was said.

The line is a JSON object, in a log of text as in one of JSON; its logger is ``dapbot.answers``.
"""

import json
import logging
from dataclasses import dataclass
from typing import Any

from bot.messages import Reply

log = logging.getLogger("dapbot.answers")

CHANNELS = frozenset({"web", "http", "terminal", "slack", "mail"})
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that was given. ``failure`` is the key of the phrase that says why a model's answer is not in it.

    ``conversation`` is the id of the row that it was recorded in, "" where it was not.
    """

    channel: str
    reply: Reply
    failure: str | None = None
    conversation: str = ""

    @property
    def kind(self) -> str:
        """Return what kind of error it was, empty for none: ``model.limited``, ``stopped``, ``other``."""
        if self.failure:
            return self.failure
        error = self.reply.error or ""
        return error if error.isidentifier() and error.isascii() else OTHER if error else ""

    @property
    def known_channel(self) -> str:
        """Return the channel, ``other`` for one that a program has made up."""
        return self.channel if self.channel in CHANNELS else OTHER


def values(told: Told) -> dict[str, Any]:
    """Return what is said of an answer."""
    reply = told.reply
    return {
        "answer_id": reply.answer_id,
        "conversation": told.conversation or None,
        "channel": told.known_channel,
        "task": reply.task,
        "language": reply.language,
        "model": reply.model[:120],
        "latency_ms": round(reply.latency_ms, 1),
        "input_tokens": reply.tokens.input,
        "output_tokens": reply.tokens.output,
        "cost_usd": reply.cost_usd,
        "answered": reply.answered,
        "confidence": round(reply.confidence, 4),
        "checks": reply.checks,
        "extract": reply.extract,
        "error": told.kind or None,
    }


def tell(told: Told) -> None:
    """Write the line."""
    said = values(told)
    log.info("%s", json.dumps(said), extra={"answer": said})
