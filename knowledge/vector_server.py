"""Several machines, one vector server: each process has a keyword index of its own, one of them keeps the vectors.

A passage whose texts are on the server is complete there: its headings are written before, its texts in one request.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from knowledge import windows
from knowledge.errors import KnowledgeError
from knowledge.indexes import Indexes
from knowledge.language import Language
from knowledge.pairing import Embedder
from knowledge.passages import Passage, Progress
from knowledge.vectors import VectorIndex

log = logging.getLogger(__name__)

LANGUAGES: tuple[Language, ...] = ("ko", "en")


class SharedIndexes(Indexes):
    """The keyword index of this process, and vectors on a server that another process may be writing."""

    def index(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Put passages into the keyword index; their vectors are the ``VectorKeeper``'s business."""
        with self.writing:
            self._reached("between_legs")
            self.keywords.add(passages, mark=self._mark(""), progress=progress)

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages from the keyword index."""
        with self.writing:
            self._reached("between_removals")
            self.keywords.remove(ids)

    def ids(self) -> set[int]:
        """Return the ids of the passages that are indexed as this version would do it."""
        return self.keywords.ids(self._mark(""))

    def owes(self) -> bool:
        """Nothing: whoever keeps the vectors compares them with the rows."""
        return False

    def lacks_vectors(self) -> bool:
        """No: that is for whoever keeps the vectors to say. A server that is back is noticed here."""
        if self.trouble and not self.rests:
            try:
                self.vectors.count()
                self.trouble = ""
            except KnowledgeError as error:
                self.note(error)
        return False

    def clear(self) -> None:
        """Remove everything of this process, also where its index is damaged."""
        with self.writing:
            self.keywords.clear()
            self.damaged, self.words = False, "ready"

    def retire(self, *, keep_vectors: bool) -> None:  # noqa: ARG002 - other processes may search in them
        """Remove this generation, once nobody searches in it; its vectors stay on the server."""
        super().retire(keep_vectors=True)


class VectorKeeper:
    """The vectors of one space on a server, for the one process that may write them."""

    def __init__(self, model: Embedder, url: str, space: str) -> None:
        self._model = model
        self._vectors = VectorIndex(Path(), model.name, url, space)
        self._held: set[int] | None = None
        self._count = 0
        self.space = space

    def reads(self) -> frozenset[Language]:
        """Return the languages that have vectors; EmbeddingModelError where the model cannot be used."""
        return frozenset(each for each in LANGUAGES if self._model.reads(each))

    def held(self) -> set[int]:
        """Return the ids of the passages that have vectors, as the server told or as it was written since.

        Raises:
            VectorServerError: it does not answer.
        """
        if self._held is None:
            self._held, self._count = self._vectors.passages(), self._vectors.count()
        return self._held

    def is_as_written(self) -> bool:
        """Ask whether the server still holds as much as it should: it may have lost it, or another have written."""
        if self._held is None:
            return False
        if self._vectors.count() != self._count:
            self._held = None
        return self._held is not None

    def put(self, passages: Sequence[Passage], may_write: Callable[[], bool]) -> bool:
        """Write the vectors of passages, in place of those they have; tell whether that was done.

        ``may_write`` is asked when they are made: by then another process may be the one to write.

        Raises:
            EmbeddingModelError, VectorServerError: the model or the server cannot be used.
        """
        texts = [(passage.id, text) for passage in passages for text in windows.texts(passage)]
        heads = [(passage.id, head) for passage in passages for head in windows.heads(passage)]
        vectors = self._model.embed([text for _, text in texts + heads])
        if not may_write():
            return False
        held = self.held()
        self._held = None  # until all of it is written, only the server knows
        again = held.intersection(passage.id for passage in passages)
        if again:
            self._vectors.remove(again)
        if heads:
            self._vectors.add("heads", [each for each, _ in heads], vectors[len(texts) :])
        self._vectors.add("texts", [each for each, _ in texts], vectors[: len(texts)])
        self._held, self._count = held | {each for each, _ in texts}, self._vectors.count()
        return True

    def keep(self, wanted: Collection[int]) -> None:
        """Remove the vectors of all other passages; VectorServerError where the server does not answer."""
        held = self.held()
        gone = held.difference(wanted)
        if gone:
            self._held = None
            self._vectors.remove(gone)
            self._held, self._count = held - gone, self._vectors.count()

    def drop_others(self, prefix: str, spaces: Collection[str]) -> None:
        """Remove the collections of all spaces that begin so but these."""
        for space in self._vectors.spaces():
            if space.startswith(prefix) and space not in spaces:
                log.info("nobody searches in the vectors %s any more: they are removed", space)
                self._vectors.drop(space)

    def close(self) -> None:
        """Let go of the server; the next use asks it anew what it holds."""
        self._held = None
        self._vectors.close()
