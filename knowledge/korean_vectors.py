"""Korean texts as vectors without a neural network: the weighted mean of the vectors of their morphemes.

The vectors are those of Kiwi's own language model (Apache-2.0), read out of its similarities (what a morpheme means,
and what it stands beside), and the weights are smooth inverse frequencies (Arora, Liang and Ma, 2017); ``make vectors``
writes both into one file. ``knowledge/tuning.py`` goes on from there with a company's own questions.
"""

import hashlib
import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbeddingModelError
from knowledge.questions import understand
from knowledge.tokens import analyze

Vectors = NDArray[np.float32]

NOUN = "/N"
SHORTEST, LONGEST = 2, 24
"""Letters of a part of a compound, and of a compound that is taken apart."""
MOST_KEPT = 10_000

SHIPPED = Path(__file__).parent / "korean_vectors.npz"
FOUR = np.array([1, 4, 16, 64], np.uint8)
"""Four dimensions a byte, each of -1, 0 and 1 as 0, 1 and 2."""


def packed(signs: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return vectors of -1, 0 and 1 as bytes, shape (terms, dimensions / 4)."""
    parts = (signs + 1).astype(np.uint8).reshape(len(signs), -1, 4)
    found: NDArray[np.uint8] = (parts * FOUR).sum(axis=2, dtype=np.uint8)
    return found


def unpacked(codes: NDArray[np.uint8]) -> NDArray[np.int8]:
    """Return what was packed."""
    parts = codes[:, :, np.newaxis] // FOUR % 4
    return parts.reshape(len(codes), -1).astype(np.int8) - np.int8(1)


class KoreanVectors:
    """A vector for each of some terms as ``Morpheme.term`` writes them. Threads may share it."""

    def __init__(
        self, terms: Sequence[str], vectors: NDArray[np.int8], weights: Vectors, asked: Vectors | None = None
    ) -> None:
        """``vectors`` has shape (len(terms), dimensions). ``weights``: of each term in a text, its vector's length
        included; ``asked``: the same in a question, where that was learned."""
        self.terms, self.vectors = terms, vectors
        self.weights, self.asked = weights, weights if asked is None else asked
        self._places = {term: place for place, term in enumerate(terms)}
        self._parts: dict[str, tuple[str, ...]] = {}

    @property
    def dimensions(self) -> int:
        """Numbers of a vector."""
        return int(self.vectors.shape[1])

    def place(self, term: str) -> int | None:
        """Return the row of a term's vector, None where it has none."""
        return self._places.get(term)

    def known(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Return the terms that have vectors, with their numbers; a compound noun that has none is taken apart."""
        found: dict[str, float] = {}
        for term, number in terms.items():
            if term in self._places:
                found[term] = found.get(term, 0.0) + number
                continue
            parts = self._parts_of(term)
            for part in parts:  # together they are as long as one
                found[part] = found.get(part, 0.0) + number / math.sqrt(len(parts))
        return found

    def _parts_of(self, term: str) -> tuple[str, ...]:
        """Return the nouns that a compound is made of, as few as can be; none where it cannot be taken apart."""
        if not term.endswith(NOUN) or len(term) > LONGEST:
            return ()
        if term not in self._parts:
            if len(self._parts) > MOST_KEPT:
                self._parts = {}
            self._parts[term] = self._taken_apart(term.removesuffix(NOUN))
        return self._parts[term]

    def _taken_apart(self, noun: str) -> tuple[str, ...]:
        best: dict[int, tuple[str, ...]] = {0: ()}
        for start, end in combinations(range(len(noun) + 1), 2):
            part = noun[start:end] + NOUN
            if end - start < SHORTEST or start not in best or part not in self._places:
                continue
            if end not in best or len(best[start]) + 1 < len(best[end]):
                best[end] = (*best[start], part)
        return best.get(len(noun), ())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions); of a text without known terms, zeros."""
        return self.embed_terms([Counter(terms.words) for terms in analyze(texts)], self.weights)

    def embed_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimensions,)."""
        vector: Vectors = self.embed_terms([understand(text).words], self.asked)[0]
        return vector

    def embed_terms(self, texts: Sequence[Mapping[str, float]], weights: Vectors) -> Vectors:
        """Return one unit vector a text, given by its terms, each with its number, or its weight in a question."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            known = self.known(text)
            if known:
                places = np.array([self._places[term] for term in known])
                counts = np.fromiter(known.values(), np.float32, len(known)) * weights[places]
                found[row] = counts @ self.vectors[places].astype(np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(lengths, np.float32(1e-9))
        return unit


@cache
def shipped() -> KoreanVectors:
    """Return the vectors that every installation has; loaded once.

    Raises:
        EmbeddingModelError: their file cannot be read.
    """
    return read(SHIPPED.read_bytes() if SHIPPED.is_file() else b"", str(SHIPPED))


def read(data: bytes, name: str) -> KoreanVectors:
    """Return what ``make vectors``, or ``written``, made.

    Raises:
        EmbeddingModelError: these bytes are neither; ``name`` says where they are from.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            named = file["terms"].tobytes().decode()
            terms = named.split("\n") if named else []
            vectors = unpacked(file["codes"]) if "codes" in file else file["vectors"]
            weights = file["weights"].astype(np.float32)
            asked = file["asked"].astype(np.float32) if "asked" in file else weights
            changes = "changes" in file
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise EmbeddingModelError(f"the Korean vectors in {name} cannot be read: {error}") from error
    lengths = {len(terms), len(vectors), len(weights), len(asked)}
    if vectors.ndim != 2 or vectors.dtype != np.int8 or len(lengths) > 1:
        raise EmbeddingModelError(f"the Korean vectors in {name} are damaged: their parts do not belong together")
    if not changes:
        return KoreanVectors(terms, vectors, weights, asked)
    if vectors.shape[1] != shipped().dimensions:
        raise EmbeddingModelError(f"the Korean vectors in {name} are damaged: they are made from others")
    return changed(shipped(), terms, vectors, weights, asked)


def changed(
    base: KoreanVectors, terms: Sequence[str], vectors: NDArray[np.int8], weights: Vectors, asked: Vectors
) -> KoreanVectors:
    """Return ``base`` with the vectors and weights of some of its terms replaced, those that it does not know left out.

    ``vectors`` has shape (len(terms), dimensions)."""
    places = [base.place(term) for term in terms]
    rows = [row for row, place in enumerate(places) if place is not None]
    where = np.array([places[row] for row in rows], np.int64)
    of_terms, in_texts, in_questions = base.vectors.copy(), base.weights.copy(), base.asked.copy()
    of_terms[where], in_texts[where], in_questions[where] = vectors[rows], weights[rows], asked[rows]
    return KoreanVectors(base.terms, of_terms, in_texts, in_questions)


def written(vectors: KoreanVectors) -> bytes:
    """Return what ``read`` reads: how vectors differ from the shipped ones, whose terms they have."""
    base = shipped()
    differ = (vectors.weights != base.weights) | (vectors.asked != base.asked)
    differ |= (vectors.vectors != base.vectors).any(axis=1)
    rows = np.flatnonzero(differ)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        terms=np.frombuffer("\n".join(vectors.terms[row] for row in rows.tolist()).encode(), np.uint8),
        vectors=vectors.vectors[rows],
        weights=vectors.weights[rows],
        asked=vectors.asked[rows],
        changes=np.ones(1, np.int8),
    )
    return file.getvalue()


def name_of(data: bytes) -> str:
    """Return a name for vectors, another for other ones."""
    return f"korean-{hashlib.sha256(data).hexdigest()[:12]}"
