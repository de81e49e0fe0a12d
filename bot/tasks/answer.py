"""Answers from the documents: by a language model where there is one, else the documents' own words."""

from collections.abc import Generator, Sequence

from bot.llm import LanguageModel
from bot.messages import Event
from bot.phrases import say
from bot.tasks import reusing
from bot.tasks.attempting import attempt
from bot.tasks.extracting import extracted, unknown
from bot.tasks.looking import Looked, look_up_all
from bot.tasks.request import Asked, Outcome, Tools
from bot.tasks.writing import write


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Search, and answer where something was found that is good enough; else say so and offer what is near."""
    yield Event("status", say("answer.searching", asked.language))
    model = tools.model_for("answer")
    place = reusing.place_for(asked, tools, model) if model is not None else None
    found = look_up_all(asked, tools)
    sure = all(looked.sure for looked in found)
    if sure and model is not None:
        return (yield from _by_model(asked, found, model, tools, place))
    outcome = extracted(found) if sure else unknown(asked, found[0])
    if outcome.sources:
        yield Event("sources", sources=outcome.sources)
    yield Event("text", outcome.text)
    return outcome


def _by_model(
    asked: Asked, found: Sequence[Looked], model: LanguageModel, tools: Tools, place: reusing.Place | None
) -> Generator[Event, None, Outcome]:
    """Give again what was answered before, or have it written, as often as the settings say."""
    if place is not None and (kept := reusing.kept_answer(place, found, tools)) is not None:
        return (yield from reusing.replay(kept, found[0]))
    attempts = tools.settings.llm_attempts
    outcome = yield from attempt(asked, found, model, attempts) if attempts > 1 else write(asked, found, model)
    if place is not None:
        reusing.keep(place, asked, found, outcome, tools, model.name)
    return outcome
