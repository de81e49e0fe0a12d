"""Korean texts as vectors without a neural network: the weighted mean of the vectors of their morphemes.

The vectors are those of Kiwi's own language model (Apache-2.0), read out of its similarities, and the weights are
smooth inverse frequencies (Arora, Liang and Ma, 2017); ``make vectors`` writes both into one file. No search uses them
yet: alone they put the right passage of welfare_qa first in 68 of 100 questions, yet joined with the keyword leg they
gain .008 there and lose .010 on korean_mcfaq (tests/benchmarks/korean_vectors.py prints the table). Training them on
pairs of question_pair_ko, chitchat_ko and welfare_qa gained nothing that held on other sets.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbeddingModelError

Vectors = NDArray[np.float32]


class KoreanVectors:
    """A vector for each of some terms as ``Morpheme.term`` writes them. Threads may share it."""

    def __init__(self, terms: Sequence[str], vectors: NDArray[np.int8], weights: Vectors) -> None:
        """``vectors`` has shape (len(terms), dimensions); ``weights``: of each term, its vector's length included."""
        self._places = {term: place for place, term in enumerate(terms)}
        self._vectors = vectors
        self._weights = weights

    @property
    def dimensions(self) -> int:
        """Numbers of a vector."""
        return int(self._vectors.shape[1])

    def embed(self, texts: Sequence[Mapping[str, float]]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions); of a text without known terms, zeros.

        A text is given by its terms, each with its number, or its weight in a question.
        """
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            known = [(place, weight) for term, weight in text.items() if (place := self._places.get(term)) is not None]
            if known:
                places = np.array([place for place, _ in known])
                weights = np.array([weight for _, weight in known], np.float32) * self._weights[places]
                found[row] = weights @ self._vectors[places].astype(np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(lengths, np.float32(1e-9))
        return unit


def load(path: Path) -> KoreanVectors:
    """Read what ``make vectors`` wrote; raise EmbeddingModelError where it cannot be read."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            terms, vectors, weights = file["terms"].tobytes().decode().split("\n"), file["vectors"], file["weights"]
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise EmbeddingModelError(f"the Korean vectors in {path} cannot be read: {error}") from error
    if vectors.ndim != 2 or vectors.dtype != np.int8 or not len(terms) == len(vectors) == len(weights):
        raise EmbeddingModelError(f"the Korean vectors in {path} are damaged: their parts do not belong together")
    return KoreanVectors(terms, vectors, weights.astype(np.float32))
