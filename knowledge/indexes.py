"""Both indexes of one generation: written together; a new generation is built beside the old one, then takes its place.

The file ``current.json`` in the folder of the indexes says which generation is the one to search; without it, that is
the folder itself. Whatever else lies there is left from a build that did not come to its end.
"""

import json
import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge import windows
from knowledge.embedding import EmbeddingModel
from knowledge.errors import EmbeddingModelError, IndexDamagedError, KnowledgeError, VectorServerError
from knowledge.keywords import KeywordIndex
from knowledge.pairing import FILE, of_generation
from knowledge.passages import Passage, Progress
from knowledge.remembering import remembered
from knowledge.vectors import VectorIndex

log = logging.getLogger(__name__)

CURRENT = "current.json"
OWED = "unremoved.json"
"""The passages whose vectors a server that was away still holds."""

REST_SECONDS = 5.0

PATIENCE_SECONDS = 30.0
"""For searches in the old generation: the longest one waits for a vector server that hangs."""

Mark = Callable[[str], int]
"""What is kept with a passage that was embedded by this model (empty: by none)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a generation is: its folder below that of the indexes, and its collections on a vector server."""

    folder: str = ""
    space: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """How many passages the indexes hold, and whether there may be vectors."""

    passages: int
    vectors: bool


def read_place(folder: Path) -> Place:
    """Return the generation to search; the folder itself where nothing, or nothing readable, says otherwise."""
    try:
        values = json.loads((folder / CURRENT).read_text("utf-8"))
        place = Place(str(values["folder"]), str(values["space"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Place()
    return place if re.fullmatch(r"\d*", place.folder) else Place()


def write_place(folder: Path, place: Place) -> None:
    """Say which generation is to be searched, in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{CURRENT}.new"
    aside.write_text(json.dumps(asdict(place)), "utf-8")
    os.replace(aside, folder / CURRENT)  # noqa: PTH105 - the same; Path.replace is not said to be atomic


def changed_at(folder: Path) -> int:
    """Return when that was last said, 0 where nothing says it."""
    try:
        return os.stat(folder / CURRENT).st_mtime_ns  # noqa: PTH116 - at every question: a third of the time
    except OSError:
        return 0


def next_place(folder: Path, space: str) -> Place:
    """Return a place for a generation beside the present one; what an earlier build left behind is removed."""
    sweep_places(folder)
    now = read_place(folder).folder
    return Place(str(max([int(now or 0), *(int(each.name) for each in _generations(folder))]) + 1), space)


def sweep_places(folder: Path) -> None:
    """Remove what a build that did not come to its end, or a switch that did not, left behind."""
    now = read_place(folder).folder
    old = [folder / "keywords", folder / "vectors"] if now else []
    for left in [*(each for each in _generations(folder) if each.name != now), *old]:
        shutil.rmtree(left, ignore_errors=True)


def _generations(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name.isdecimal()] if folder.is_dir() else []


class Indexes:
    """The keyword index and the vector index of one generation. Threads may share it."""

    def __init__(
        self,
        folder: Path,
        place: Place,
        model: EmbeddingModel,
        mark: Mark,
        *,
        chroma_url: str = "",
        writable: bool = True,
        reached: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._folder = folder / place.folder
        self.model = of_generation(self._folder, model)
        self._mark = mark
        self._reached = reached
        self._users = 0
        self._idle = threading.Condition()
        self.place = place
        self.keywords = KeywordIndex(self._folder / "keywords", writable=writable)
        self.vectors = VectorIndex(self._folder / "vectors", self.model.name, chroma_url, place.space)
        self.words = "ready"
        self.trouble = ""
        self.damaged = False
        self._asked_again = 0.0
        self.writing = threading.Lock()

    @contextmanager
    def used(self) -> Iterator[None]:
        """Keep the generation from being removed while the block runs."""
        with self._idle:
            self._users += 1
        try:
            yield
        finally:
            with self._idle:
                self._users -= 1
                self._idle.notify_all()

    def index(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Put passages into both legs, replacing those of the same id; durable on return.

        Where the embedding model or the vector server cannot be used, the passages are found by their words alone,
        ``trouble`` says why, and ``ids`` leaves them out until the model or server is back.
        """
        with self.writing, remembered():
            # Vectors first: ids() tells what the keyword index holds, so a crash in between is seen and repeated.
            embedded: list[Passage] = []
            mark, total = self._mark(""), len(passages)
            try:
                embedded = [passage for passage in passages if self.model.reads(passage.language)]
                total += len(embedded)
                self.vectors.remove([passage.id for passage in passages])
                self._embed(embedded, progress and (lambda done, of: progress(done * len(embedded) // of, total)))
                mark, self.trouble = self._mark(self.model.name), ""
            except EmbeddingModelError as error:
                log.warning("passages are indexed without vectors: %s", error)
            except VectorServerError as error:
                self.note(error)
            self._reached("between_legs")
            self.keywords.add(passages, mark=mark, progress=progress, done=len(embedded))
            if progress:
                progress(total, total)

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages from both legs."""
        with self.writing:
            owed = self._owed() | set(ids)
            try:
                self.vectors.remove(owed)
                self._owe(())
            except VectorServerError as error:  # what stays there is never shown: the rows say what may be
                self.note(error)
                self._owe(owed)
            self._reached("between_removals")
            self.keywords.remove(ids)

    def ids(self) -> set[int]:
        """Return the ids of the passages that are indexed as this version and this embedding model would do it."""
        found = self.keywords.ids(self._mark(self.model.name))
        if self.model.state.startswith("off"):
            found |= self.keywords.ids(self._mark(""))
        return found

    def held(self) -> Held:
        """Return how much there is, without reading it."""
        return Held(self.keywords.count(), self.vectors.exists)

    def owes(self) -> bool:
        """Whether a vector server that was away still holds what was removed meanwhile."""
        return bool(self._owed())

    def _owed(self) -> set[int]:
        try:
            return set(map(int, json.loads((self._folder / OWED).read_text("utf-8"))))
        except (OSError, ValueError, TypeError):
            return set()

    def _owe(self, ids: Collection[int]) -> None:
        file = self._folder / OWED
        if ids:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(sorted(ids)), "utf-8")
        else:
            file.unlink(missing_ok=True)

    def lacks_vectors(self) -> bool:
        """Whether the vectors are not as they should be, and both the model and the vector server are there now."""
        try:
            without = not self.model.state.startswith("off") and bool(self.keywords.ids(self._mark("")))
            if not without and not self.owes():
                return False
            self.vectors.count()
        except KnowledgeError:
            return False
        return True

    def clear(self) -> None:
        """Remove everything, also where an index is damaged; a vector server that is away keeps what it has."""
        with self.writing:
            self.keywords.clear()
            try:
                self.vectors.clear()
            except VectorServerError as error:
                self.note(error)
            self.damaged, self.words = False, "ready"

    def note(self, error: KnowledgeError) -> str:
        """Keep what is wrong with a leg, for ``Knowledge.ready``; return it as the leg's state."""
        log.warning("a leg of the search is left out: %s", error)
        self.damaged = self.damaged or isinstance(error, IndexDamagedError)
        self.trouble = f"off: {error}"
        self._asked_again = time.monotonic() + REST_SECONDS
        return self.trouble

    def note_words(self, error: KnowledgeError) -> None:
        """Keep what is wrong with the keyword leg, without which nothing is answered."""
        self.damaged = True
        self.words = f"failed: {error}"

    @property
    def rests(self) -> bool:
        """Whether the vectors just failed: then the next questions do without, rather than all wait for them."""
        return bool(self.trouble) and time.monotonic() < self._asked_again

    def close(self) -> None:
        """Let go of the files and the server; the next use opens them again."""
        self.keywords.close()
        self.vectors.close()

    def is_empty(self) -> bool:
        """Whether no passage is indexed here; collections on a vector server may be those of another machine."""
        try:
            return not self.keywords.count() and (self.vectors.is_remote or not self.vectors.exists)
        except IndexDamagedError:
            return False

    def retire(self, *, keep_vectors: bool) -> None:
        """Remove this generation, once nobody searches in it; ``keep_vectors``: those on a server are in use."""
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0, PATIENCE_SECONDS)
        try:
            if not self.vectors.is_remote or (self.keywords.count() and not keep_vectors):
                self.vectors.clear()
        except KnowledgeError as error:
            log.warning("the vectors of the old indexes stay where they are: %s", error)
        self.close()
        for part in ("keywords", "vectors"):
            shutil.rmtree(self._folder / part, ignore_errors=True)
        (self._folder / FILE).unlink(missing_ok=True)
        if self.place.folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _embed(self, passages: Sequence[Passage], progress: Progress | None) -> None:
        if not passages:
            return
        texts = [(passage.id, text) for passage in passages for text in windows.texts(passage)]
        heads = [(passage.id, head) for passage in passages for head in windows.heads(passage)]
        vectors = self.model.embed([text for _, text in texts + heads], progress)
        self.vectors.add("texts", [each for each, _ in texts], vectors[: len(texts)])
        if heads:
            self.vectors.add("heads", [each for each, _ in heads], vectors[len(texts) :])
