"""Both legs, joined by language: ``Knowledge.search`` gives candidates, best first, and a confidence."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import fmean
from threading import Lock

from knowledge import calibration, tokens
from knowledge.confidence import Signals
from knowledge.embedding import EmbeddingModel, Vectors
from knowledge.errors import EmbeddingModelError, IndexDamagedError, VectorsDamagedError, VectorServerError
from knowledge.fusion import WEIGHTS
from knowledge.impostors import calibrated
from knowledge.indexes import Held, Indexes, Place, changed_at, next_place, read_place, sweep_places, write_place
from knowledge.language import Language, language_of
from knowledge.legs import Probed, ask_probes, multiplied
from knowledge.pairing import Embedder, Models, korean_in
from knowledge.passages import LEGS, SWITCHED_OFF, Candidate, Found, Passage, Progress, Visible
from knowledge.probing import Probe
from knowledge.questions import LONGEST, Question, understand
from knowledge.ranking import POOL, Hits, hits_of
from knowledge.vector_server import SharedIndexes, VectorKeeper

ANALYSIS = 2
"""Raise it when passages would be indexed otherwise: whoever owns the folder next indexes them again (``form``)."""


class Knowledge:
    """What the bot can look things up in: a keyword index and a vector index in ``folder``. Threads may share it."""

    def __init__(
        self,
        folder: Path,
        *,
        embedding_model: str = "",
        chroma_url: str = "",
        writable: bool = True,
        shared: bool = False,
        reached: Callable[[str], None] = lambda _: None,
    ) -> None:
        """``shared``: another process may keep the vectors on the server. ``reached`` is told each step of writing."""
        self._model, self._folder = EmbeddingModel(embedding_model), folder
        self.models = Models(self._model, korean_in(folder / read_place(folder).folder))
        kind = SharedIndexes if shared else Indexes
        self._open = partial(kind, folder, chroma_url=chroma_url, writable=writable, reached=reached)
        self._reached = reached
        self.keeper: Callable[[str], VectorKeeper] = lambda space: VectorKeeper(self.models.wanted, chroma_url, space)
        self._indexes = self._open(read_place(folder), self._model, self._mark)
        self._calibration_file = folder / "calibration.json"
        self._calibration = calibration.load(self._calibration_file)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="knowledge")
        self._warming: Future[None] | None = None
        self._seen_at = changed_at(self._folder)
        self._placing = Lock()

    @property
    def form(self) -> str:
        """How passages are indexed: another text after an update, or for another embedding model, that does it anew."""
        return f"{ANALYSIS} {self.models.wanted.name}"

    def warm(self) -> None:
        """Start loading Kiwi and, where a passage has a vector, the embedding model, in the background."""
        if self._warming is None or (self._warming.done() and self._model.state == "loading"):
            self._warming = self._pool.submit(self._load_model)
            self._pool.submit(tokens.warm)

    def ready(self) -> dict[str, str]:
        """Return the state of each leg: ``ready``, ``loading`` or ``off: why``."""
        now = self._indexes
        needless = self._model.state == "loading" and self._warming is not None and self._warming.done()
        vectors = self._model.state if now.vectors.exists and not needless else "off: no passage needs them"
        return {"keywords": now.words, "vectors": now.trouble or vectors}

    @property
    def damaged(self) -> bool:
        """Whether a search met an index that cannot be read: it must be built anew."""
        return self._indexes.damaged

    @property
    def place(self) -> Place:
        """Which generation of the indexes is searched."""
        return self._indexes.place

    def index(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Put passages into both legs, replacing those of the same id; durable on return.

        Where the embedding model or the vector server cannot be used, the passages are found by their words alone,
        ``ready`` says why, and ``ids`` leaves them out until the model or server is back.
        """
        self._indexes.index(passages, progress)

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages from both legs."""
        self._indexes.remove(ids)

    def ids(self) -> set[int]:
        """Return the ids of the passages that are indexed as this version and this embedding model would do it."""
        return self._indexes.ids()

    def all_ids(self) -> set[int]:
        """Return the ids of all passages that are indexed, however that was done."""
        return self._indexes.keywords.ids()

    def held(self) -> Held:
        """Return how much the indexes hold, without reading it."""
        return self._indexes.held()

    def owes(self) -> bool:
        """Whether a vector server that was away still holds what was removed meanwhile: ``remove`` removes it too."""
        return self._indexes.owes()

    def lacks_vectors(self) -> bool:
        """Whether the vectors are not as they should be, and it can be put right now."""
        return self._indexes.lacks_vectors()

    def clear(self) -> None:
        """Remove everything, also where an index is damaged."""
        self._indexes.clear()

    def begin(self, space: str) -> None:
        """Begin with empty indexes: what is there is not searched for a moment longer; ``space`` as for ``beside``."""
        if self._indexes.is_empty():
            with self._placing:
                self._indexes.close()
                self._place(self._equipped(Place(self.place.folder, space)))
            return
        fresh = self.beside(space)
        if space == self.place.space:
            fresh.clear()
        self.switch(fresh)

    def sweep_places(self) -> None:
        """Remove what an earlier process left of generations that are not searched; only for the owner."""
        sweep_places(self._folder)

    def beside(self, space: str) -> Indexes:
        """Return a new, empty generation to be filled beside the present one, which goes on being searched.

        ``space`` tells its collections on a vector server from others: letters, digits and hyphens.
        """
        return self._equipped(next_place(self._folder, space))

    def _equipped(self, place: Place) -> Indexes:
        self.models.equip(self._folder / place.folder)
        return self._open(place, self._model, self._mark)

    def switch(self, fresh: Indexes) -> None:
        """Search in ``fresh`` from now on, also after a crash, and remove the generation it replaces."""
        with self._placing:
            before = self._indexes
            self._place(fresh)
        before.retire(keep_vectors=before.place.space == fresh.place.space)

    def _place(self, fresh: Indexes) -> None:
        write_place(self._folder, fresh.place)
        self._reached("in_switch")
        self._indexes, self._seen_at = fresh, changed_at(self._folder)

    def calibrate(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Fit the confidence to the corpus, of which ``passages`` are all or an even sample; kept on disk."""
        with self._searched() as now:
            fresh = calibrated(now.keywords, passages, progress)
        self._calibration = replace(fresh, factors=self._calibration.factors, model=self._calibration.model)
        self._calibration.save(self._calibration_file)

    def search(
        self,
        question: str,
        *,
        visible: Visible | None = None,
        limit: int = 100,
        wait: bool = True,
        legs: Collection[str] = LEGS,
    ) -> Found:
        """Return the passages that answer ``question`` best, among the ``visible`` ones.

        ``wait=False`` does without the vector leg while its model is still loading; ``legs``: those that may be used.
        """
        text = tokens.normalise(question)[:LONGEST].strip()
        if not text:
            return Found(legs={"keywords": "off: no question", "vectors": "off: no question"})
        with self._searched() as now:
            use = SWITCHED_OFF if "vectors" not in legs else "wait" if wait else "ready"
            asked, hits, state = self._ask_legs(now, text, visible, limit, use=use)
            return self._found(now.model, asked, hits if "keywords" in legs else hits.by_vectors(), state, limit)

    def _ask_legs(
        self, now: Indexes, text: str, visible: Visible | None, limit: int, *, use: str = "wait", every: bool = False
    ) -> tuple[Question, Hits, str]:
        """Return the question as understood, what the legs found, and the state of the vectors; ``use`` them or not."""
        vector, state = self._ask_vectors(now, text, language_of(text), use)  # while Kiwi analyses
        asked = understand(text)
        nearest = partial(self._nearest, now, vector) if vector else None
        try:
            hits = hits_of(now.keywords, asked, nearest, visible, limit, every=every)
        except (VectorServerError, VectorsDamagedError) as error:
            state = now.note(error)
            hits = hits_of(now.keywords, asked, None, visible, limit)
        return asked, hits, state

    def measure_legs(self, probes: Sequence[Probe], progress: Progress | None = None) -> list[Probed]:
        """Ask questions made from passages of one language: where does each leg find what it should?"""
        with self._searched() as now:
            used = bool(probes) and self.vectors_for(probes[0].passage.language)[0]
            mean = fmean(now.keywords.lengths().values() or [1])
            model = now.model if used else None
            find = partial(self._ask_legs, now, visible=None, limit=POOL, every=True)
            cosines = bool(probes) and now.model.compares(probes[0].passage.language)
            return ask_probes(probes, lambda text: find(text)[:2], mean, model, cosines=cosines, progress=progress)

    def vectors_for(self, language: Language) -> tuple[bool, str]:
        """Tell whether the vector leg takes part in questions of this language, and its state; loads the model."""
        with self._searched() as now:
            state = self._ask_vectors(now, "?" if language == "en" else "네?", language)[1]
        return state == "used", state

    def similar(self, text: str, limit: int) -> list[int]:
        """Return the ids of the passages that share most words with ``text``, best first."""
        with self._searched() as now:
            return list(now.keywords.search(understand(text), limit).words.scores)

    def weigh_legs(self, factors: Mapping[Language, float]) -> None:
        """Multiply the weights of the vectors by language from now on; kept beside the indexes."""
        self._calibration = replace(self._calibration, factors=dict(factors), model=self._indexes.model.name)
        self._calibration.save(self._calibration_file)

    def confidence(self, signals: Signals, language: Language) -> float:
        """Return the confidence of a search with these signals in this corpus."""
        return self._calibration.confidence(signals, language)

    def _found(self, model: Embedder, asked: Question, hits: Hits, state: str, limit: int) -> Found:
        factor = self._calibration.factor(asked.language, model.name)
        ranked = hits.rank(multiplied(WEIGHTS[asked.language], factor))
        # The cosines of another model than the bundled one mean something else.
        signals = hits.signals(asked, cosines=model.compares(asked.language))
        sure = self._calibration.confidence(signals, asked.language) if ranked else 0.0
        candidates = tuple(
            Candidate(each, score, hits.keyword_score(each), hits.texts.get(each))
            for each, score in islice(ranked.items(), limit)
        )
        words = SWITCHED_OFF if hits.vectors_only else "used"
        return Found(candidates, sure, {"keywords": words, "vectors": state}, signals)

    def close(self) -> None:
        """Let go of the indexes and wait for what runs in the background."""
        self._pool.shutdown(cancel_futures=True)
        self._indexes.close()

    @contextmanager
    def _searched(self) -> Iterator[Indexes]:
        """Yield the generation to search, which stays while the block runs; another process may have switched it."""
        with ExitStack() as use:
            with self._placing:  # else a switch in this moment would remove what is about to be searched
                if (changed := changed_at(self._folder)) != self._seen_at:
                    self._seen_at = changed
                    if (place := read_place(self._folder)) != self._indexes.place:
                        self._indexes = self._open(place, self._model, self._mark)
                now = self._indexes
                use.enter_context(now.used())
            try:
                yield now
            except IndexDamagedError as error:
                now.note_words(error)
                raise

    def _ask_vectors(
        self, now: Indexes, text: str, language: Language, use: str = "wait"
    ) -> tuple[Future[Vectors] | None, str]:
        if use == SWITCHED_OFF or not now.vectors.exists:
            return None, use if use == SWITCHED_OFF else "off: no passage needs them"
        state = now.trouble if now.rests else now.model.used_for(language, wait=use == "wait")
        if state == "loading":
            self.warm()
        return (self._pool.submit(now.model.embed_question, text) if state == "used" else None), state

    def _nearest(self, now: Indexes, vector: Future[Vectors], pool: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return the cosines of the nearest texts and of the nearest headings; both are looked for at once."""
        asked = vector.result()
        heads = self._pool.submit(now.vectors.search, "heads", asked, pool)
        return now.vectors.search("texts", asked, pool), heads.result()

    def _load_model(self) -> None:
        try:
            if self._indexes.vectors.count():
                self._model.load()
        except EmbeddingModelError:
            return  # ready() tells it
        except (VectorServerError, VectorsDamagedError) as error:
            self._indexes.note(error)

    @staticmethod
    def _mark(model: str) -> int:
        """Return what is kept with a passage: how it was analysed and by which model embedded, as a signed integer."""
        return int.from_bytes(hashlib.sha256(f"{ANALYSIS} {model}".encode()).digest()[:7])
