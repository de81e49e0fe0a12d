"""A correction worded by the language model, held against what was said and what holds now; a person reads it."""

import secrets
from typing import TYPE_CHECKING

from bot.checking import check
from bot.errors import UserError
from bot.llm import model_for
from bot.llm.deadline import Deadline, asked_whole
from bot.llm.templates import template
from bot.messages import Message
from bot.quantities import quantities
from bot.recall import LONGEST, Recall
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

LONGEST_TEXT = 3_000
FACTS = frozenset("number date time phone weekday name link".split())
"""What must stand in one of the two texts, word for word; how it is said is the model's to choose."""

NOTHING = {"ko": "없음", "en": "nothing"}


def word_correction(bot: "Bot", found: Recall, language: Language, person: str) -> str:
    """Return a correction in a language; ``person`` is who asks for it: what it costs counts for them.

    Raises:
        UserError: no model is connected, a limit is reached, or what it wrote is not what holds now.
        ModelError: the model cannot be reached.
    """
    if bot.llm is None:
        raise UserError("questions.no_model")
    was, now = found.was, found.now
    message = Message(was.question or was.title, "web", person=person)
    if bot.limits.capped(message, own=False) is not None:
        raise UserError("questions.capped")
    prompt = template("correct", language).fill(
        mark=secrets.token_hex(4),
        question=was.question or was.title,
        old=was.answer[:LONGEST_TEXT],
        new=now.answer[:LONGEST_TEXT] if now else NOTHING[language],
    )
    said = asked_whole(model_for("draft", bot.llm), prompt, Deadline(bot.settings.llm_deadline))
    bot.limits.use_unrecorded(message, said.tokens, said.cost_usd)
    text = said.text.strip()
    if not text or len(text) > LONGEST or not _agrees(text, found, language):
        raise UserError("web.recall.drafted_plain")
    return text


def _agrees(text: str, found: Recall, language: Language) -> bool:
    """Tell whether all facts of a correction are of the two texts, and none that is new in what holds now is missing.

    Of a text of another language no fact but its numbers is held against it: dates are written otherwise there.
    """
    was, now = found.was, found.now
    facts = FACTS if was.language == language else FACTS & {"number", "phone", "link"}
    checked = check(text, [was, now] if now else [was], language)
    if any(reason.kind in facts for one in checked.sentences for reason in one.reasons):
        return False
    if now is None or was.language != language:
        return True
    before, said = ({each.key for each in quantities(one)} for one in (was.answer, text))
    return {each.key for each in quantities(now.answer)} - before <= said
