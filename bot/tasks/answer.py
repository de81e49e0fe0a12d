"""Answers from the documents: by a language model where there is one, else the documents' own words."""

from collections.abc import Generator

from bot.messages import Event
from bot.phrases import say
from bot.tasks.extracting import extracted, unknown
from bot.tasks.looking import look_up_all
from bot.tasks.request import Asked, Outcome, Tools
from bot.tasks.writing import write


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Search, and answer where something was found that is good enough; else say so and offer what is near."""
    yield Event("status", say("answer.searching", asked.language))
    found = look_up_all(asked, tools)
    sure = all(looked.sure for looked in found)
    if sure and (model := tools.model_for("answer")) is not None:
        return (yield from write(asked, found, model))
    outcome = extracted(found) if sure else unknown(asked, found[0])
    if outcome.sources:
        yield Event("sources", sources=outcome.sources)
    yield Event("text", outcome.text)
    return outcome
