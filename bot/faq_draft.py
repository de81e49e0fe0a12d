"""A draft of an answer for everyone, written by the language model from the nearest entries; a person reads it."""

import re
import secrets
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.llm import model_for
from bot.llm.deadline import Deadline, asked_whole
from bot.llm.templates import template
from bot.lookup import look_up
from bot.messages import Message
from bot.redacting import redacted
from knowledge.language import language_of

if TYPE_CHECKING:
    from bot.wiring import Bot

PASSAGES = 6
LONGEST_PASSAGE = 1_500
NOTHING = "NO_ANSWER"

_CITATION = re.compile(r"\s?\[\d{1,2}\]")


def write(bot: "Bot", question: str, person: str) -> str:
    """Return a draft of the answer to a question; what the documents do not say is marked in it as to be checked.

    ``person`` is who asks for it: what it costs counts for them.

    Raises:
        UserError: no model is connected, nothing comes near, or the documents do not say enough.
        ModelError: the model cannot be reached, or a limit of its use is reached.
    """
    question = " ".join(redacted(question, language_of(question)).text.split())
    if bot.llm is None:
        raise UserError("questions.no_model")
    looked = look_up(bot.sessions, bot.knowledge, question, today=bot.clock().date(), limit=PASSAGES)
    if not question or not looked.passages:
        raise UserError("questions.no_passages")
    message = Message(question, "web", person=person)
    if bot.limits.capped(message, own=False) is not None:
        raise UserError("questions.capped")
    mark = secrets.token_hex(4)
    language = language_of(question)
    passages = "\n".join(
        f"=== {mark} [{at}] {record.question or record.title}\n{record.answer[:LONGEST_PASSAGE]}"
        for at, (_, record) in enumerate(looked.passages, 1)
    )
    prompt = template("faq", language).fill(mark=mark, passages=passages, question=question)
    said = asked_whole(model_for("draft", bot.llm), prompt, Deadline(bot.settings.llm_deadline))
    bot.limits.use_unrecorded(message, said.tokens, said.cost_usd)
    text = _CITATION.sub("", said.text).strip()
    if not text or NOTHING in text:
        raise UserError("questions.draft_unsure")
    return text
