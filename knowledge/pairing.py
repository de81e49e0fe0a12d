"""Two models as one: the bundled one reads English, Korean vectors that were made for these documents read Korean.

Each has dimensions of its own, so a text of one language and a question in the other have nothing in common, and the
index need not know that there are two. What has no known term at all lies in a dimension where nothing else is.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from knowledge.embedding import EmbeddingModel, Vectors
from knowledge.errors import EmbeddingModelError
from knowledge.korean_vectors import KoreanVectors, name_of, read
from knowledge.language import Language, language_of
from knowledge.passages import Progress

FILE = "korean.npz"
"""The Korean vectors of a generation of the indexes, beside what was made with them."""

ENGLISH = 384
"""Dimensions of the bundled model."""


class Embedder(Protocol):
    """Makes vectors of texts and questions (``knowledge/embedding.py``)."""

    @property
    def name(self) -> str:
        """What tells its vectors from those of any other."""
        ...

    @property
    def state(self) -> str:
        """``ready``, ``loading`` or ``off: why``."""
        ...

    def used_for(self, language: Language, *, wait: bool) -> str:
        """Return ``used`` where it reads the language, else why not."""
        ...

    def reads(self, language: Language) -> bool:
        """Whether it reads the language."""
        ...

    def compares(self, language: Language) -> bool:
        """Whether its cosines mean what those of the bundled model mean."""
        ...

    def load(self) -> None:
        """Load it."""
        ...

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector a text."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """Return the unit vector of one question."""
        ...


class Paired:
    """The bundled model for English, and Korean vectors, which need neither torch nor time to load."""

    def __init__(self, english: EmbeddingModel, korean: KoreanVectors, name: str) -> None:
        self._english, self._korean = english, korean
        self.name = f"{english.name}+{name}"

    @property
    def state(self) -> str:
        """The state of the bundled model: the Korean vectors are there."""
        return self._english.state

    def used_for(self, language: Language, *, wait: bool) -> str:
        """Return ``used`` at once for Korean; for English as the bundled model does."""
        return "used" if language == "ko" else self._english.used_for(language, wait=wait)

    def reads(self, language: Language) -> bool:  # noqa: ARG002 - both of them
        """Whether it reads the language."""
        return True

    def compares(self, language: Language) -> bool:
        """Whether its cosines are those of the bundled model."""
        return language == "en"

    def load(self) -> None:
        """Load the bundled model."""
        self._english.load()

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        found = self._empty(len(texts))
        korean = [row for row, text in enumerate(texts) if language_of(text, "ko") == "ko"]
        if korean:
            found[korean, ENGLISH:-1] = self._korean.embed([texts[row] for row in korean])
        english = [row for row, text in enumerate(texts) if language_of(text, "ko") != "ko"]
        if english:
            found[english, :ENGLISH] = self._english.embed([texts[row] for row in english], progress)
        return _somewhere(found)

    def embed_question(self, text: str) -> Vectors:
        """Return the unit vector of one question, shape (dimensions,)."""
        found = self._empty(1)
        if language_of(text, "ko") == "ko":
            found[0, ENGLISH:-1] = self._korean.embed_question(text)
        else:
            found[0, :ENGLISH] = self._english.embed_question(text)
        vector: Vectors = _somewhere(found)[0]
        return vector

    def _empty(self, rows: int) -> Vectors:
        return np.zeros((rows, ENGLISH + self._korean.dimensions + 1), np.float32)


def _somewhere(vectors: Vectors) -> Vectors:
    """Give vectors of length zero, which have no cosine, a place of their own."""
    vectors[:, -1] = ~vectors.any(axis=1)
    return vectors


def paired(english: EmbeddingModel, korean: bytes) -> Embedder:
    """Return both as one; ``english`` alone where there are no Korean vectors, or another model than the bundled one.

    Raises:
        EmbeddingModelError: these bytes are no Korean vectors.
    """
    if not korean or not english.compares("en"):
        return english
    name = name_of(korean)
    return Paired(english, read(korean, name), name)


def korean_in(folder: Path) -> bytes:
    """Return the Korean vectors of a generation, empty where it has none."""
    try:
        return (folder / FILE).read_bytes()
    except OSError:
        return b""


def of_generation(folder: Path, english: EmbeddingModel) -> Embedder:
    """Return what the vectors of a generation were made with."""
    return of_bytes(english, korean_in(folder))


def of_bytes(english: EmbeddingModel, korean: bytes) -> Embedder:
    """Return both as one; ``english`` alone where the Korean vectors are damaged."""
    try:
        return paired(english, korean)
    except EmbeddingModelError:
        return english


class Models:
    """Which vectors a generation of the indexes is made with: the present one knows its own, this is for the next."""

    def __init__(self, english: EmbeddingModel, korean: bytes) -> None:
        self.english = english
        self._korean = korean
        self.wanted = of_bytes(english, korean)

    @property
    def korean(self) -> str:
        """The name of the Korean vectors, empty for none."""
        return name_of(self._korean) if self._korean else ""

    def want(self, korean: bytes) -> None:
        """Have the next generation made with these Korean vectors, none: without.

        Raises:
            EmbeddingModelError: these bytes are no Korean vectors.
        """
        if korean != self._korean:
            self.wanted = paired(self.english, korean)
            self._korean = korean

    def equip(self, folder: Path) -> None:
        """Put into the folder of a new generation what it is to be made with."""
        if self._korean:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE).write_bytes(self._korean)
        else:
            (folder / FILE).unlink(missing_ok=True)
