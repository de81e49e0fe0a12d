"""A short word back where nothing is asked: greetings, thanks, who are you, an empty line. No model, no feelings."""

from collections.abc import Generator, Sequence

from bot.database.examples import example_questions
from bot.messages import Event
from bot.phrases import say
from bot.routing import kind_of
from bot.small_words import Kind
from bot.tasks.request import Asked, Outcome, Tools
from knowledge.language import Language

EXAMPLES = 2
"""Questions of the documents shown to someone who does not know yet what to ask."""

MAIL = "mail"
"""The channel in which it is told what mails can be asked for."""

WITH_EXAMPLES: frozenset[Kind] = frozenset({"greeting", "who", "help", "test", "symbols", "empty", "unclear"})

UNANSWERED: frozenset[Kind] = frozenset({"human", "unclear", "symbols", "empty"})
"""Kinds after which the person still has not got what they came for."""


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Say something short that fits; where it helps, with questions the documents do answer."""
    kind = kind_of(asked.message.text) or "unclear"
    questions: Sequence[str] = ()
    if kind in WITH_EXAMPLES:
        with tools.sessions() as session:
            today, only = tools.clock().date(), asked.message.documents
            questions = example_questions(session, asked.language, today, EXAMPLES, only)
    text = reply(kind, asked.language, questions, by_mail=asked.message.channel == MAIL)
    yield Event("text", text)
    return Outcome(text, answered=kind not in UNANSWERED, model="none")


def reply(kind: Kind, language: Language, questions: Sequence[str] = (), *, by_mail: bool = False) -> str:
    """Return what the bot says; ``questions`` are examples of what the documents answer."""
    said = say("smalltalk.help.mail" if by_mail and kind == "help" else f"smalltalk.{kind}", language)
    if kind not in WITH_EXAMPLES or not questions:
        return said
    quoted = " / ".join(f"“{question}”" for question in questions[:EXAMPLES])
    return f"{said}\n{say('smalltalk.examples', language, questions=quoted)}"
