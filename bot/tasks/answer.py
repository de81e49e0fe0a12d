"""Answers from the documents: by a language model where there is one, else the documents' own words."""

from collections.abc import Generator

from bot.messages import Event
from bot.phrases import say
from bot.tasks.extracting import extracted, unknown
from bot.tasks.looking import look_up
from bot.tasks.request import Asked, Outcome, Tools
from bot.tasks.writing import write


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Search, and answer where something was found that is good enough; else say so and offer what is near."""
    yield Event("status", say("answer.searching", asked.language))
    looked = look_up(asked.question, asked, tools)
    if not looked.sure:
        return unknown(asked, looked)
    if tools.llm is not None:
        return (yield from write(asked, looked, tools.llm))
    outcome = extracted(asked, looked)
    yield Event("sources", sources=outcome.sources)
    yield Event("text", outcome.text)
    return outcome
