"""Does a model answer? It is asked for one word, once; what it took and cost is said."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.errors import DapbotError
from bot.findings import Check
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, hurried
from bot.llm.gateway import named, single
from bot.messages import Tokens

if TYPE_CHECKING:
    from bot.settings import Settings

PATIENCE = 20.0
"""Seconds for the first word: a model that is loaded just then takes some."""

_ONE_WORD = Prompt("Answer with the single word: OK", "OK?")


def of_model_answers(settings: "Settings") -> Iterator[Check]:
    """Ask every model that a setting names, each once however many settings name it."""
    asked: set[str] = set()
    for variable, name in named(settings).items():
        if name not in asked:
            asked.add(name)
            yield answers(settings, variable)


def answers(settings: "Settings", variable: str) -> Check:
    """Ask the model of one variable."""
    check = f"answers_{variable}"
    begun = time.monotonic()
    try:
        model = single(settings, variable)
        model.warm()  # loading its library is not the model's time
        begun = time.monotonic()
        used = _asked(model)
    except DapbotError as error:
        values = {**error.values, "model": named(settings)[variable]}
        return Check(check, "todo", "doctor.model_silent", values, error.phrase)
    values = {
        "model": model.name,
        "seconds": f"{time.monotonic() - begun:.1f}",
        "tokens": used.input + used.output,
        "price": price_in_words(model),
    }
    return Check(check, "ok", "doctor.model_answers", values)


def _asked(model: LanguageModel) -> Tokens:
    used = Tokens()
    for chunk in hurried(model, _ONE_WORD, Deadline(PATIENCE / 0.4)):
        used = used + chunk.tokens
    return used


def price_in_words(model: LanguageModel) -> str:
    """Return dollars for a million tokens read and written, ``?`` where they are not known."""
    read, written = model.cost(Tokens(1_000_000, 0)), model.cost(Tokens(0, 1_000_000))
    return "?" if read is None or written is None else f"${read:g} / ${written:g}"
