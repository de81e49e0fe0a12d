"""The mood of a text, or of each opinion of a list: by a language model where there is one, else by our own model."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from bot.errors import ModelError
from bot.llm import LanguageModel
from bot.llm.structured import UnreadableError
from bot.messages import Event, Tokens
from bot.phrases import say
from bot.routing import wanted
from bot.sentiment.feedback import summarize
from bot.sentiment.judging import fitting, judge
from bot.sentiment.opinions import opinions, read_whole
from bot.sentiment.reading import Sentiment
from bot.sentiment.wording import one, several
from bot.tasks.material import material_of
from bot.tasks.request import Asked, Outcome, Tools
from knowledge.language import Language

MOST_SHOWN = 20
"""Opinions that are shown one by one; all of them count."""

MOST_JUDGED = 20
"""Opinions that a model is asked about at once; longer lists are for our own model."""

MOST_OPINIONS = 5_000
LONGEST_PLAIN = 2_000
"""Characters of a message without a text set apart, in which the sentences that are no order are looked for."""

_SENTENCES = re.compile(r"(?<=[.?!。？！])\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Found:
    """The moods, and how they came about."""

    moods: Sequence[Sentiment]
    outcome: Outcome


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Read the mood of the text that the message brings, or points at; ask for one where there is none."""
    language = asked.language
    material = asked.material or _beside_order(asked.message.text, language) or material_of(asked, own=True)
    if not material.strip():
        text = say("sentiment.no_text", language)
        yield Event("text", text)
        return Outcome(text, answered=False, model="none")
    yield Event("status", say("sentiment.reading", language))
    texts = opinions(material, asked.message.text[: LONGEST_PLAIN // 2])[:MOST_OPINIONS]
    found = _judged(asked, tools.model_for("sentiment"), texts)
    text = _told(texts, found.moods, language)
    yield Event("text", text)
    return replace(found.outcome, text=text)


def _beside_order(text: str, language: Language) -> str:
    """Return what of a short message is not the order itself: "It was late. What is the mood of this?" """
    if len(text) > LONGEST_PLAIN:
        return ""
    parts = [part for part in _SENTENCES.split(text) if part.strip()]
    kept = [part for part in parts if wanted(part, language).task != "sentiment"]
    return " ".join(kept) if len(kept) < len(parts) else ""


def _judged(asked: Asked, model: LanguageModel | None, texts: Sequence[str]) -> _Found:
    """Ask the model; whatever it cannot do, our own does, and the notice says why."""
    if model is None:
        return _own(texts, None)
    if len(texts) > MOST_JUDGED or not fitting(texts):
        return _own(texts, say("sentiment.too_long_for_model", asked.language))
    try:
        judged = judge(model, texts, asked.language, asked.deadline)
    except ModelError as error:
        own = _own(
            texts, say("sentiment.instead", asked.language, why=say(error.phrase, asked.language, **error.values))
        )
        said = error.said if isinstance(error, UnreadableError) else None
        tokens, cost = (said.tokens, said.cost_usd) if said else (Tokens(), 0.0)
        return replace(own, outcome=replace(own.outcome, tokens=tokens, cost_usd=cost, failure=error.phrase))
    moods = [mood or read_whole(text) for mood, text in zip(judged.moods, texts, strict=True)]
    missed = sum(mood is None for mood in judged.moods)
    outcome = Outcome(
        "",
        model=judged.said.model,
        tokens=judged.said.tokens,
        cost_usd=judged.said.cost_usd,
        notice=say("sentiment.missed", asked.language, count=missed) if missed else None,
        prompt=judged.prompt.whole,
        prompt_version=judged.version,
    )
    return _Found(moods, outcome)


def _own(texts: Sequence[str], notice: str | None) -> _Found:
    """Read them by our own model."""
    return _Found([read_whole(text) for text in texts], Outcome("", model="none", extract=True, notice=notice))


def _told(texts: Sequence[str], moods: Sequence[Sentiment], language: Language) -> str:
    if len(moods) == 1:
        return one(moods[0], language)
    return several(texts, moods, summarize(moods), language, MOST_SHOWN)
