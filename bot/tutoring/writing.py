"""What a language model is asked while teaching, and the shapes its answers have to fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from bot.llm import Prompt
from bot.llm.templates import template
from bot.phrases import say
from bot.preference_kinds import Level, Politeness
from knowledge.language import Language

LONGEST_SHOWN = 8_000
"""Characters of a text that a model is shown."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Judgement(BaseModel):
    """Of an answer in a quiz; ``feedback`` says why, in one or two sentences."""

    verdict: Literal["right", "partly", "wrong"]
    feedback: str = ""


class Question(BaseModel):
    """One question of a quiz, with its answer."""

    question: Words
    answer: Words


class Changed(BaseModel):
    """A part of a text that is wrong, how it is right, and why."""

    wrong: Words
    right: str
    why: Words


class Corrected(BaseModel):
    """The whole text as it is right, and each change."""

    corrected: Words
    changes: list[Changed] = Field(default_factory=list)


class Practised(Corrected):
    """The learner's sentence as it is right, and what the partner says next."""

    corrected: str = ""
    reply: Words


class Help(BaseModel):
    """Help with homework: whether the learner's try is right, the next hint, and, not to be shown yet, the answer."""

    verdict: Literal["right", "wrong", "none"] = "none"
    hint: Words
    answer: Words
    steps: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asking:
    """A prompt and the version of its template."""

    prompt: Prompt
    version: str


def asking(
    work: str, blocks: Mapping[str, str], language: Language, *, level: Level = "general", politeness: Politeness = ""
) -> Asking:
    """Return the prompt for one piece of ``work`` (``tutor.work.<work>``); ``blocks`` are the data, by their names
    (``tutor.block.<name>``, "passage 1" being numbered). The mark between them is one that none of them can guess."""
    mark = sha256("\0".join([work, *blocks.values()]).encode()).hexdigest()[:8]
    shown = []
    for key, text in blocks.items():
        name, _, number = key.partition(" ")
        head = f"{say(f'tutor.block.{name}', language)} {number}".strip()
        shown.append(f"=== {mark} {head} ===\n{text[:LONGEST_SHOWN]}")
    form = template("tutor", language)
    prompt = form.fill(
        work=say(f"tutor.work.{work}", language),
        level=say(f"tutor.level.{level or 'general'}", language),
        tone=say(f"tutor.tone.{politeness or 'haeyo'}", language),
        mark=mark,
        blocks="\n\n".join(shown),
    )
    return Asking(prompt, form.version)
