"""A text, or the conversation so far, in three lines with what is to be done; each line stands in the text."""

import re
import time
from collections.abc import Generator, Mapping, Sequence
from typing import Any

from bot.database import conversations, documents
from bot.database.conversations import PastTurn
from bot.errors import UserError
from bot.material import readings
from bot.messages import Event
from bot.phrases import say
from bot.recalling import recalled
from bot.summary.conversations import summarize_conversation
from bot.summary.letter_line import letter_line
from bot.summary.letters import summarize_letter
from bot.summary.result import LINES, Summary
from bot.summary.summarizing import summarize
from bot.summary.wording import letter_notice, notice_of, told, told_letter
from bot.tasks.material import material_of
from bot.tasks.request import Asked, Outcome, Tools
from knowledge.language import Language, language_of

MOST_TURNS = 400
"""Turns of a conversation that are read."""

MOST_LINES = 10

_CONVERSATION = re.compile(
    r"대화|얘기|이야기|스레드|채팅|상담|지금까지|여태|"
    r"\b(?:conversation|chat|thread|discussion|so far|we (?:have |'ve )?(?:talked|discussed|said))\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?P<number>\d{1,2}|한|하나|두|세|네|다섯|여섯|one|two|three|four|five|six|a single)\s?-?(?:개|가지)?의?\s?"
    r"(?:줄|문장|가지|개|lines?|sentences?|bullets?|bullet points?|points?)(?![가-힣]*(?:이상|넘))",
    re.IGNORECASE,
)
_NUMBERS = {"한": 1, "하나": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}
_NUMBERS |= {"one": 1, "a single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_KO: Language = "ko"
_EN: Language = "en"
_INTO: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"영어로|영문으로|\bin english\b", re.IGNORECASE),
    "ko": re.compile(r"한국어로|한글로|우리말로|국문으로|\bin korean\b", re.IGNORECASE),
}


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Summarise the mail or the text that the message brings, else the conversation, or what was said last.

    Options: language (of the lines), lines (how many).
    """
    started = time.perf_counter()
    order = _order_of(asked)
    language = _language_of(asked, order)
    yield Event("status", say("summary.reading", language))
    try:
        summary = _summarized(asked, tools, order, language)
    except UserError as error:
        text = say(error.phrase, language, **error.values)
        yield Event("text", text)
        return Outcome(text, answered=False, model="none")
    letter = asked.message.letter
    text = told(summary, language) if letter is None else told_letter(summary, letter, language)
    yield Event("text", text)
    return _outcome(summary, text, language, _line(summary, asked, language, started))


def _outcome(summary: Summary, text: str, language: Language, line: Mapping[str, Any] | None) -> Outcome:
    notice = notice_of(summary, language, language) if line is None else letter_notice(summary, language)
    return Outcome(
        text,
        checks=summary.checks,
        check_details=tuple({"text": one.text, "ok": True, "evidence": one.evidence} for one in summary.lines),
        model=summary.model,
        tokens=summary.tokens,
        cost_usd=summary.cost_usd,
        extract=summary.extract,
        notice=notice,
        failure=summary.failure,
        prompt=summary.prompt,
        prompt_version=summary.prompt_version,
        summary=line,
    )


def _line(summary: Summary, asked: Asked, language: Language, started: float) -> Mapping[str, Any] | None:
    """Return the summary of a mail as JSON, None of other texts."""
    letter, forwarded = asked.message.letter, asked.message.options.get("forwarded") == "yes"
    if letter is None:
        return None
    spent = (time.perf_counter() - started) * 1000
    return letter_line(summary, letter, language, id_=None, latency_ms=spent, forwarded=forwarded)


def _summarized(asked: Asked, tools: Tools, order: str, language: Language) -> Summary:
    model, deadline = tools.model_for("summarize"), asked.deadline
    if (letter := asked.message.letter) is not None:
        return summarize_letter(letter, reader=language, model=model, deadline=deadline, wish=order)
    count = count_of(order or f"{asked.message.options.get('lines', '')} lines")
    if not asked.material.strip() and not asked.message.task and _CONVERSATION.search(order):
        turns = _said(asked, tools)
        if turns:
            return summarize_conversation(turns, language, model=model, deadline=deadline, count=count)
    material = material_of(asked)
    if not material.strip():
        raise UserError("summary.no_text")
    return summarize(material, language=language, model=model, deadline=deadline, count=count, wish=order)


def count_of(order: str) -> int:
    """Return how many lines an order asks for, three where it does not say."""
    found = _COUNT.search(order)
    if found is None:
        return LINES
    said = found["number"].lower()
    return max(1, min(_NUMBERS.get(said) or int(said), MOST_LINES))


def _order_of(asked: Asked) -> str:
    """Return the words of the message that say what is to be done, "" where a command or a button said it."""
    text = asked.message.text
    if asked.message.letter is not None:
        return text
    if asked.message.task or not asked.material:
        return "" if asked.message.task else text
    return next((parts.order for parts in readings(text) if parts.material == asked.material), "")


def _language_of(asked: Asked, order: str) -> Language:
    """Return the language of the lines: the one the order names, else what is preferred, else the order's own."""
    named = {"ko": _KO, "en": _EN}.get(asked.message.options.get("language", ""))
    if named is not None:
        return named
    for language, pattern in _INTO.items():
        if pattern.search(order):
            return language
    return asked.message.language or asked.preferences.language or language_of(order, asked.language)


def _said(asked: Asked, tools: Tools) -> Sequence[PastTurn]:
    """Return the turns of the conversation that the asker may see, oldest first, as far back as they are kept."""
    message = asked.message
    with tools.sessions() as session:
        turns = conversations.recent_turns(
            session, message.channel, message.conversation, MOST_TURNS, person=message.person
        )
        if len(turns) <= len(asked.turns):
            return asked.turns
        today = tools.clock().date()
        return recalled(turns, lambda ids: documents.visible(session, ids, message.audience, today, message.documents))
