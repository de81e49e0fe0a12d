"""The mood of texts as a language model reads it: checked against the texts, and of the same shape as our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said
from bot.llm.structured import structured
from bot.llm.templates import template
from bot.phrases import say
from bot.sentiment.aspects import KOREAN, TWINS, in_language
from bot.sentiment.reading import MOST_REASONS, NEUTRAL, Label, Sentiment
from knowledge.language import Language, language_of

LONGEST_JUDGED = 12_000
"""Characters of all texts together that a model is shown at once."""

MOST_ASPECTS = 12
LONGEST_ASPECT = 30
_Score = Annotated[float, Field(ge=-1, le=1)]


class AspectMood(BaseModel):
    """What a text speaks of, and how."""

    name: str = Field(description="the aspect, one word where possible")
    score: _Score


class Mood(BaseModel):
    """The mood of one text."""

    number: int = Field(description="the number of the text")
    label: Label
    score: _Score = Field(description="-1 very negative to 1 very positive, of the same side as the label")
    reasons: list[str] = Field(description="the words that say so, copied from the text letter for letter")
    aspects: list[AspectMood] = Field(description="what the text speaks of, each with its own score")

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.label == "positive" and self.score <= 0) or (self.label == "negative" and self.score >= 0):
            raise ValueError(f"text {self.number}: a score of {self.score} is not {self.label}")
        return self


class Moods(BaseModel):
    """One mood for each text."""

    moods: list[Mood]


@dataclass(frozen=True, slots=True)
class Judged:
    """A mood for each text in order, None where the model left one out; what it wrote and cost; what it was asked."""

    moods: tuple[Sentiment | None, ...]
    said: Said
    prompt: Prompt
    version: str


def judge(model: LanguageModel, texts: Sequence[str], language: Language, deadline: Deadline) -> Judged:
    """Return the mood of each text as the model reads it; ``language`` is that of the orders.

    Reasons that do not stand in the text are left out, and a score that does not fit its label is asked for anew.

    Raises:
        ModelError: the model and its fallback failed, or wrote twice what does not fit (``UnreadableError``).
    """
    prompt, version = _prompt(texts, language)
    found = structured(model, prompt, Moods, deadline)
    by_number = {mood.number: mood for mood in found.value.moods}
    moods = tuple(_checked(by_number.get(number), text) for number, text in enumerate(texts, 1))
    return Judged(moods, found.said, prompt, version)


def fitting(texts: Sequence[str]) -> bool:
    """Whether a model is shown all of these texts at once, each of them whole."""
    return sum(map(len, texts)) <= LONGEST_JUDGED


def _prompt(texts: Sequence[str], language: Language) -> tuple[Prompt, str]:
    """Return the prompt and its version; the mark around each text depends on all of them, so none can know it."""
    mark = sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:8]
    blocks = []
    for number, text in enumerate(texts, 1):
        head = say("sentiment.prompt_text", language, mark=mark, number=number)
        blocks.append(f"{head}\n{text[:LONGEST_JUDGED]}")
    form = template("sentiment", language)
    names = ", ".join(KOREAN if language == "ko" else TWINS.values())
    return form.fill(mark=mark, aspects=names, texts="\n\n".join(blocks)), form.version


def _checked(mood: Mood | None, text: str) -> Sentiment | None:
    if mood is None:
        return None
    language = language_of(text)
    aspects = {_named(each.name, language): round(each.score, 3) for each in mood.aspects[:MOST_ASPECTS]}
    aspects.pop("", None)
    score = max(-NEUTRAL, min(NEUTRAL, mood.score)) if mood.label == "neutral" else mood.score
    return Sentiment(mood.label, round(score, 3), _verbatim(mood.reasons, text), aspects, language)


def _verbatim(reasons: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the reasons that stand in the text, but for the space between words."""
    plain = " ".join(text.split())
    kept = (reason for reason in (" ".join(each.split()).strip("\"'“”‘’") for each in reasons) if reason in plain)
    return tuple(dict.fromkeys(filter(None, kept)))[:MOST_REASONS]


def _named(name: str, language: Language) -> str:
    """Return an aspect by the name that it has elsewhere, in the language of the text."""
    name = " ".join(name.split())[:LONGEST_ASPECT]
    known = in_language(name.lower() if language == "ko" else name, language)
    return known if known in KOREAN or known in TWINS.values() else name
