"""The data that crosses between the bot and the indexes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from knowledge.confidence import Signals
from knowledge.language import Language

LEGS = ("keywords", "vectors")
SWITCHED_OFF = "off: switched off"
"""The state of a leg that a search was told to leave out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as the indexes see it; ``id`` is its row in SQL, where text and rights are read from."""

    id: int
    language: Language
    text: str
    title: str = ""
    question: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One passage found, best first in ``Found.candidates``.

    ``score`` orders them and is comparable within one search only. ``keyword_score`` is the BM25 sum of the
    keyword fields, ``vector_score`` the cosine; ``None`` where that leg did not find the passage.
    """

    id: int
    score: float
    keyword_score: float | None = None
    vector_score: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: candidates, best first, and the calibrated chance that the first one answers."""

    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    legs: dict[str, str] = field(default_factory=dict)
    """Which legs took part, or why one did not: ``{"keywords": "used", "vectors": "loading"}``."""
    signals: Signals = field(default_factory=Signals)
    """What the confidence was made from."""


Visible = Callable[[Sequence[int]], Collection[int]]
"""Of these passage ids, those that are live, valid today and allowed to the asker (read from SQL)."""


@dataclass(frozen=True, slots=True)
class Within:
    """A ``Visible`` that is known to allow none but these few ``ids``: the search need not look at all the others."""

    ids: frozenset[int]
    visible: Visible

    def __call__(self, ids: Sequence[int]) -> Collection[int]:
        """Return which of the passages are visible."""
        return self.visible(ids)


Progress = Callable[[int, int], None]
"""Called with (done, total)."""
