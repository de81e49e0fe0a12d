"""How near two Korean questions are in meaning, beyond the words that they share."""

from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.language import language_of

if TYPE_CHECKING:
    from knowledge.korean_vectors import Vectors

KEPT = 2_000
"""Questions whose vectors are kept, two kilobytes each."""


def likeness(one: str, other: str) -> float:
    """Return the cosine of the vectors of two questions; 0 where one of them is not Korean."""
    if not language_of(one) == language_of(other) == "ko":
        return 0.0
    return float(vector_of(one) @ vector_of(other))


@lru_cache(maxsize=KEPT)
def vector_of(question: str) -> "Vectors":
    """Return the vector of a Korean question."""
    from knowledge.korean_vectors import shipped

    return shipped().embed_question(question)
