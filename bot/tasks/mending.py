"""A sentence that did not pass its check is written once more by the model, alone and beside its own passages."""

import re
from collections.abc import Sequence
from hashlib import sha256

from bot.llm import Prompt
from bot.llm.templates import template
from bot.phrases import say
from bot.tasks.guarding import CITATION, Judged
from bot.tasks.request import Asked

MOST_MENDED = 2
"""Sentences of one answer that are written again; where more fail, the documents' own words are better."""

LONGEST = 2
"""How many times as long as it was a sentence may become, and ``ROOM`` characters more."""

ROOM = 80

_FENCE = re.compile(r"^(?:```\w*|[\"“”']+)|(?:```|[\"“”']+)$")


def mending(judged: Judged, asked: Asked, passages: Sequence[str]) -> Prompt:
    """Return the prompt that asks for one sentence; ``passages`` keep the numbers by which the answer cites them."""
    cited = [int(number) for number in CITATION.findall(judged.text)]
    numbers = [number for number in dict.fromkeys(cited) if 1 <= number <= len(passages)]
    numbers = numbers or list(range(1, len(passages) + 1))
    whole = "\0".join([asked.question, judged.text, *passages])
    mark = sha256(whole.encode()).hexdigest()[:8]
    blocks = [
        say("answer.passage_head", asked.language, mark=mark, number=number) + "\n" + passages[number - 1]
        for number in numbers
    ]
    return template("mend", asked.language).fill(
        mark=mark,
        passages="\n\n".join(blocks),
        question=asked.question,
        sentence=judged.text.strip(),
        faults="\n".join(f"- {fault}" for fault in judged.faults),
        manner=manner_of(asked),
    )


def manner_of(asked: Asked) -> str:
    """Return what tells a model for whom, and how, it is to write; "" where the asker has not said.

    What most people ask with is then the same for all of them, and the provider keeps it.
    """
    level, politeness = asked.preferences.level, asked.preferences.politeness
    if not (level or politeness):
        return ""
    shown = say(f"preferences.level.{level or 'general'}", asked.language)
    tone = say(f"preferences.politeness.{politeness or 'haeyo'}", asked.language)
    return say("answer.manner", asked.language, level=shown, tone=tone) + "\n\n"


def mended_text(said: str, before: str) -> str:
    """Return what the model wrote in the sentence's place, with the white space that stood before it; "" if it fits
    no sentence.
    """
    text = _FENCE.sub("", said.strip()).strip()
    if not text or len(text) > LONGEST * len(before) + ROOM:
        return ""
    return before[: len(before) - len(before.lstrip())] + text
