"""Looks a question up: what was found that the asker may see, and whether it is enough to answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import lookup
from bot.messages import Nearest, Source
from bot.phrases import say
from bot.tasks.request import Asked, SourceDetail, Tools
from knowledge.passages import Candidate, Found

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord

NEAREST = 3
"""Questions offered when there is no answer."""

SHORTEST_PART = 6
MOST_PARTS = 3
"""Several questions in one message: how short one may be, and how many are looked up one by one."""

QUOTE = 300
LABEL = 90
"""Characters of a source's quote and of an offered question."""


_PARTS = re.compile(r"(?<=[?？])\s+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its text."""

    candidate: Candidate
    record: "PassageRecord"

    def source(self, quote: str = "") -> Source:
        """Return it as a source; ``quote`` is what of it was used."""
        record, quote = self.record, quote or self.record.answer
        return Source(
            document=record.document,
            passage=record.key,
            version=record.version,
            title=record.question or record.title,  # a row's title is its category: it says less than its question
            page=record.page,
            score=self.candidate.score,
            quote=quote if len(quote) <= QUOTE else quote[: QUOTE - 1].rstrip() + "…",
        )

    @property
    def detail(self) -> SourceDetail:
        """What the ledger keeps of it."""
        return SourceDetail(self.record.id, self.candidate.keyword_score, self.candidate.vector_score)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a question found: ``hits``, best first; ``sure`` where the best one is good enough to answer from;
    ``empty`` where there are no documents at all.
    """

    question: str
    found: Found
    hits: tuple[Hit, ...]
    sure: bool
    notice: str | None = None
    empty: bool = False

    @property
    def nearest(self) -> tuple[Nearest, ...]:
        """The nearest questions that the documents do answer."""
        labels: dict[str, Nearest] = {}
        for hit in self.hits:
            label = _label(hit.record, labels)
            labels.setdefault(label, Nearest(hit.record.key, label))
        return tuple(labels.values())[:NEAREST]


def look_up_all(asked: Asked, tools: Tools) -> tuple[Looked, ...]:
    """Look up what is asked; several questions in one message each by itself, where each of them is answered.

    Where only one of them is, and the message as a whole is not, that one is returned and says so.
    """
    parts = [part for part in _PARTS.split(asked.question) if len(part) >= SHORTEST_PART]
    whole = look_up(asked.question, asked, tools)
    if not 2 <= len(parts) <= MOST_PARTS:
        return (whole,)
    looked = [look_up(part, asked, tools) for part in parts]
    sure = {each.hits[0].record.id: each for each in reversed(looked) if each.sure}
    if len(sure) > 1:
        return tuple(each for each in looked if each in sure.values())
    if sure and not whole.sure:
        open_parts = " ".join(each.question for each in looked if not each.sure)
        notice = say("answer.part_unknown", asked.language, question=open_parts)
        return tuple(replace(each, notice=notice) for each in sure.values())
    return (whole,)


def look_up(question: str, asked: Asked, tools: Tools) -> Looked:
    """Search for ``question``; text, validity and the right to see it come from the database, by id."""
    audience, only, today = asked.message.audience, asked.message.documents, tools.clock().date()
    looked = lookup.look_up(
        tools.sessions,
        tools.knowledge,
        question,
        audience=audience,
        today=today,
        limit=tools.read,
        only=only,
        rows=tools.rows or lookup.LIVE,
    )
    found = looked.found
    hits = tuple(Hit(candidate, record) for candidate, record in looked.passages)
    sure = bool(hits) and found.confidence >= tools.least
    empty = not found.candidates and not tools.knowledge.held().passages
    return Looked(question, found, hits, sure, _language_notice(asked, found, hits), empty)


def _language_notice(asked: Asked, found: Found, hits: Sequence[Hit]) -> str | None:
    """Say so where a question meets documents in the other language only, and no model that reads both."""
    if not hits or any(hit.record.language == asked.language for hit in hits):
        return None
    if asked.language == "ko" and found.legs.get("vectors") != "used":
        return say("answer.only_english", "ko")
    return say("answer.only_other_language", asked.language) if asked.language == "en" else None


def _label(record: "PassageRecord", taken: dict[str, Nearest]) -> str:
    """Return a passage's question, else its title, else (or where the title says the same twice) how it begins."""
    begins: Callable[[], str] = lambda: record.answer.strip().split("\n", 1)[0]  # noqa: E731
    label = record.question or record.title or begins()
    if label in taken and not record.question:
        label = begins()
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
