"""What a search finds, with its text: for `dapbot knowledge search` and for whoever tests a question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents
from bot.database.documents import PassageRecord
from bot.database.titles import passages_in
from bot.errors import DataError
from bot.turns import Turns
from knowledge.errors import IndexDamagedError, IndexStorageError
from knowledge.passages import Candidate, Found, Visible, Within

if TYPE_CHECKING:
    from knowledge.indexes import Held

FEW = 5_000
"""Passages of the documents that may be used, up to which they are told to the search; of more it meets some soon."""

QUOTE = 300
LONGEST_QUESTION = 10_000
TRIES = 3
"""What was found is looked for again where another version was published before its text was read."""

_TURNS = Turns()  # of the process: what is shared is Python's lock and the processors


class Searchable(Protocol):
    """What questions are looked up in: the knowledge, or a trial's view of it."""

    def search(self, question: str, *, visible: Visible | None = None, limit: int = 100) -> Found:
        """Return the passages that answer best."""
        ...

    def held(self) -> "Held":
        """Return how much there is."""
        ...


class Rows(Protocol):
    """Where it is read what is live, who may see it, and what it says: the documents, or a trial's view of them."""

    def visible(
        self, session: Session, ids: Sequence[int], audience: Collection[str], today: date, only: Collection[str] = ()
    ) -> set[int]:
        """Return which of the passages may be seen."""
        ...

    def load(self, session: Session, ids: Sequence[int]) -> dict[int, PassageRecord]:
        """Return the passages that are live."""
        ...


LIVE: Rows = documents


@dataclass(frozen=True, slots=True)
class Lookup:
    """The passages found for a question, best first, and what the search says of them."""

    question: str
    found: Found
    passages: tuple[tuple[Candidate, PassageRecord], ...]


def look_up(
    sessions: sessionmaker[Session],
    knowledge: Searchable,
    question: str,
    *,
    audience: Collection[str] = (),
    today: date,
    limit: int = 10,
    only: Collection[str] = (),
    rows: Rows = LIVE,
) -> Lookup:
    """Search as an answer does: only what is live, valid ``today`` and for everyone or one of the groups; ``only`` in
    the documents of these names, where some are given. ``rows`` says what is live.

    Raises:
        DataError: the keyword index is damaged, or its folder may not be written; the rows are safe.
    """
    question = question[:LONGEST_QUESTION]
    with _TURNS.taken(), sessions() as session:

        def visible(ids: Sequence[int]) -> set[int]:
            return rows.visible(session, ids, audience, today, only)

        for _ in range(TRIES):
            try:
                found = knowledge.search(question, visible=_within(session, only, visible), limit=limit)
            except IndexDamagedError as error:
                raise DataError("library.index_damaged", folder=error.folder) from error
            except IndexStorageError as error:
                raise DataError("library.index_storage", folder=error.folder, reason=error.reason) from error
            records = rows.load(session, [candidate.id for candidate in found.candidates])
            if len(records) == len(found.candidates):
                break
    return Lookup(question, found, tuple((c, records[c.id]) for c in found.candidates if c.id in records))


def _within(session: Session, only: Collection[str], visible: Visible) -> Visible:
    """Return what is visible, with the passages of a few documents, so that a search looks at no others."""
    few = passages_in(session, only, FEW) if only else None
    return visible if few is None else Within(few, visible)


def lookup_line(looked: Lookup) -> dict[str, Any]:
    """Return the passages as JSON: those of a source (DESIGN 2), with the question and the score of each leg."""
    return {
        "question": looked.question,
        "confidence": round(float(looked.found.confidence), 6),
        "passages": [_passage_line(candidate, record) for candidate, record in looked.passages],
        "legs": dict(looked.found.legs),
    }


def _passage_line(candidate: Candidate, record: PassageRecord) -> dict[str, Any]:
    text = record.answer
    return {
        "document": record.document,
        "passage": record.key,
        "version": record.version,
        "title": record.title,
        "question": record.question,
        "page": record.page,
        "score": round(float(candidate.score), 6),
        "keyword_score": None if candidate.keyword_score is None else round(float(candidate.keyword_score), 6),
        "vector_score": None if candidate.vector_score is None else round(float(candidate.vector_score), 6),
        "quote": text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…",
    }
