"""Sentences that say what people are not content with: a few for each aspect, with what names a person taken out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.redacting import redacted
from bot.sentiment.aspects import aspects_of, clauses, in_language
from knowledge.language import language_of

if TYPE_CHECKING:
    from bot.database.behind_sums import Complaining

LONGEST = 140
"""Characters of an example; of a longer message only the clause that names the aspect is shown."""

MOST = 2
"""Examples of an aspect."""


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody said, and where."""

    text: str
    conversation: str
    answer: str


def examples(messages: Iterable["Complaining"], aspects: Collection[str]) -> Mapping[str, list[Example]]:
    """Return examples for each aspect (by its Korean name), in the order of the messages; no sentence comes twice."""
    found: dict[str, list[Example]] = {aspect: [] for aspect in aspects}
    said: set[str] = set()
    for message in messages:
        for name, score in message.aspects.items():
            aspect = in_language(name, "ko")
            if score < 0 and aspect in found and len(found[aspect]) < MOST:
                text = _clause(message.text, aspect)
                if text not in said:
                    said.add(text)
                    found[aspect].append(Example(_hidden(text), message.conversation, message.answer))
        if all(len(some) >= MOST for some in found.values()):
            break
    return found


def _clause(text: str, aspect: str) -> str:
    """Return a message in one line, of a long one the clause that names the aspect."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    language = language_of(line)
    named = (each for each in clauses(line, language) if in_language(aspect, language) in aspects_of(each, language))
    clause = next(named, line).strip()
    return clause if len(clause) <= LONGEST else clause[: LONGEST - 1] + "…"


def _hidden(text: str) -> str:
    return redacted(text, language_of(text)).text
