"""Both legs, joined by language: ``Knowledge.search`` gives candidates, best first, and a confidence."""

import hashlib
import logging
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from knowledge import calibration, closeness, confidence, tokens, windows
from knowledge.embedding import BUNDLED, EmbeddingModel, Vectors
from knowledge.errors import EmbeddingModelError, KnowledgeError, VectorsDamagedError, VectorServerError
from knowledge.fusion import WEIGHTS, Scores, fuse
from knowledge.keywords import KeywordHits, KeywordIndex
from knowledge.language import Language, language_of
from knowledge.passages import Candidate, Found, Passage, Progress, Visible
from knowledge.questions import LONGEST, Question, understand
from knowledge.vectors import VectorIndex

log = logging.getLogger(__name__)

POOL = 100
"""Candidates taken from each leg; more where too many of them are invisible to the asker."""

LOOKED_AT = 30
"""Candidates that get a closer look."""

ANALYSIS = 1
"""Raise it when passages would be indexed differently, or the keyword index has other fields: ``ids`` forgets the old
ones then, and whoever owns the folder next indexes them again (``form``)."""


@dataclass(frozen=True, slots=True)
class _Hits:
    """What the legs found for one question, invisible passages left out."""

    keywords: KeywordHits
    words: Scores
    bigrams: Scores
    texts: Scores
    heads: Scores
    visible: Collection[int]


class Knowledge:
    """What the bot can look things up in: a keyword index and a vector index in ``folder``. Threads may share it."""

    def __init__(self, folder: Path, *, embedding_model: str = "", chroma_url: str = "", writable: bool = True) -> None:
        self._model = EmbeddingModel(embedding_model)
        self._keywords = KeywordIndex(folder / "keywords", writable=writable)
        self._calibration_file = folder / "calibration.json"
        self._calibration = calibration.load(self._calibration_file)
        self._vectors = VectorIndex(folder / "vectors", self._model.name, chroma_url)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="knowledge")
        self._writing = threading.Lock()
        self._warming: Future[None] | None = None
        self._trouble = ""

    @property
    def form(self) -> str:
        """How passages are indexed: another text after an update, or for another embedding model, that does it anew."""
        return f"{ANALYSIS} {self._model.name}"

    def warm(self) -> None:
        """Start loading Kiwi and, where a passage has a vector, the embedding model, in the background."""
        if self._warming is None:
            self._warming = self._pool.submit(self._load_model)
            self._pool.submit(tokens.warm)

    def ready(self) -> dict[str, str]:
        """Return the state of each leg: ``ready``, ``loading`` or ``off: why``."""
        if not self._vectors.exists:
            return {"keywords": "ready", "vectors": "off: no passage needs them"}
        return {"keywords": "ready", "vectors": self._trouble or self._model.state}

    def index(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Put passages into both legs, replacing those of the same id; durable on return.

        Where the embedding model or the vector server cannot be used, the passages are found by their words alone,
        ``ready`` says why, and ``ids`` leaves them out until the model or server is back.
        """
        with self._writing:
            # Vectors first: ids() tells what the keyword index holds, so a crash in between is seen and repeated.
            embedded: list[Passage] = []
            mark, total = self._mark(""), len(passages)
            try:
                embedded = [passage for passage in passages if self._model.reads(passage.language)]
                total += len(embedded)
                self._vectors.remove([passage.id for passage in passages])
                self._embed(embedded, progress and (lambda done, of: progress(done * len(embedded) // of, total)))
                mark, self._trouble = self._mark(self._model.name), ""
            except EmbeddingModelError as error:
                log.warning("passages are indexed without vectors: %s", error)
            except VectorServerError as error:
                self._note(error)
            self._keywords.add(passages, mark=mark, progress=progress, done=len(embedded))
            if progress:
                progress(total, total)

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages from both legs."""
        with self._writing:
            try:
                self._vectors.remove(ids)
            except VectorServerError as error:  # what stays there is never shown: the rows say what may be
                self._note(error)
            self._keywords.remove(ids)

    def ids(self) -> set[int]:
        """Return the ids of the passages that are indexed as this version and this embedding model would do it."""
        found = self._keywords.ids(self._mark(self._model.name))
        if self._model.state.startswith("off"):
            found |= self._keywords.ids(self._mark(""))
        return found

    def clear(self) -> None:
        """Remove everything, also where an index is damaged."""
        with self._writing:
            self._keywords.clear()
            self._vectors.clear()

    def calibrate(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Fit the confidence to this corpus; kept beside the indexes."""
        known = self._keywords.lengths()
        sampled = [passages[position] for position in calibration.sample(len(passages))]
        lengths = [(passage.language, known[passage.id]) for passage in sampled if passage.id in known]
        if progress:
            progress(len(passages), len(passages))
        self._calibration = calibration.measure_corpus(lengths)
        self._calibration.save(self._calibration_file)

    def search(self, question: str, *, visible: Visible | None = None, limit: int = 100, wait: bool = True) -> Found:
        """Return the passages that answer ``question`` best, among the ``visible`` ones.

        ``wait=False`` does without the vector leg while its model is still loading.
        """
        text = tokens.normalise(question)[:LONGEST].strip()
        if not text:
            return Found(legs={"keywords": "off: no question", "vectors": "off: no question"})
        vector, state = self._ask_vectors(text, language_of(text), wait=wait)  # the model encodes while Kiwi analyses
        asked = understand(text)
        try:
            hits = self._hits(asked, vector, visible, limit)
        except (VectorServerError, VectorsDamagedError) as error:
            state = self._note(error)
            hits = self._hits(asked, None, visible, limit)
        ranked = self._rank(asked, hits)
        signals = self._signals(asked, hits)
        sure = self._calibration.confidence(signals, asked.language) if ranked else 0.0
        candidates = tuple(
            Candidate(each, score, _keyword_score(hits, each), hits.texts.get(each))
            for each, score in islice(ranked.items(), limit)
        )
        return Found(candidates, sure, {"keywords": "used", "vectors": state}, signals)

    def close(self) -> None:
        """Let go of the indexes and wait for what runs in the background."""
        self._pool.shutdown(cancel_futures=True)
        self._keywords.close()
        self._vectors.close()

    def _ask_vectors(self, text: str, language: Language, *, wait: bool) -> tuple[Future[Vectors] | None, str]:
        if not self._vectors.exists:
            return None, "off: no passage needs them"
        if not self._model.may_read(language):
            return None, "off: the model does not read this language"
        if not wait and self._model.state == "loading":
            self.warm()
            return None, "loading"
        try:
            if not self._model.reads(language):
                return None, "off: the model does not read this language"
            self._model.load()
        except EmbeddingModelError:
            return None, self._model.state
        return self._pool.submit(self._model.embed_question, text), "used"

    def _hits(self, asked: Question, vector: Future[Vectors] | None, visible: Visible | None, limit: int) -> _Hits:
        """Ask the legs, and deeper where the visible candidates are too few."""
        pool = max(POOL, limit)
        while True:
            keywords = self._keywords.search(asked, pool)
            texts, heads = self._nearest(vector.result(), pool) if vector else ({}, {})
            lists = (keywords.words.scores, keywords.bigrams.scores, texts, heads)
            found = list(dict.fromkeys(each for scores in lists for each in scores))
            allowed = set(visible(found)) if visible and found else set(found)
            if len(allowed) >= min(limit, len(found)) or all(len(scores) < pool for scores in lists):
                kept = [{each: score for each, score in scores.items() if each in allowed} for scores in lists]
                return _Hits(keywords, kept[0], kept[1], kept[2], kept[3], allowed)
            pool *= 8

    def _nearest(self, vector: Vectors, pool: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return the cosines of the nearest texts and of the nearest headings; both are looked for at once."""
        heads = self._pool.submit(self._vectors.search, "heads", vector, pool)
        return self._vectors.search("texts", vector, pool), heads.result()

    def _signals(self, asked: Question, hits: _Hits) -> confidence.Signals:
        cosines = [*hits.texts.values(), *hits.heads.values()] if self._model.name == BUNDLED else []
        return confidence.measure(
            hits.keywords.words,
            hits.keywords.bigrams,
            hits.keywords.count,
            max(cosines, default=None),  # those of another model mean something else
            allowed=hits.visible,
            heaviest=max(asked.words.values(), default=1.0),
        )

    def _rank(self, asked: Question, hits: _Hits) -> dict[int, float]:
        """Return the score of each candidate, best first: the legs joined, then a closer look at the best."""
        weights = WEIGHTS[asked.language]
        joined = fuse(
            [
                (weights.words, hits.words),
                (weights.bigrams or not (hits.words or hits.texts), hits.bigrams),  # nothing else: better than nothing
                (weights.texts, hits.texts),
                (weights.heads, hits.heads),
            ]
        )
        best = list(islice(joined, LOOKED_AT))
        for each, look in hits.keywords.look(best).items():
            if weights.line:
                line = closeness.best_line(look, hits.keywords.bigrams.weights)
                joined[each] += weights.line * (line - closeness.chance(look))
            joined[each] += weights.head * closeness.best_head(look, hits.keywords.words.weights)
        return dict(sorted(joined.items(), key=lambda item: (-item[1], item[0])))

    def _note(self, error: KnowledgeError) -> str:
        """Keep what is wrong with the vector leg, for ``ready``; return it as the leg's state."""
        log.warning("the vector leg is left out: %s", error)
        self._trouble = f"off: {error}"
        return self._trouble

    def _embed(self, passages: Sequence[Passage], progress: Progress | None) -> None:
        if not passages:
            return
        texts = [(passage.id, text) for passage in passages for text in windows.texts(passage)]
        heads = [(passage.id, head) for passage in passages for head in windows.heads(passage)]
        vectors = self._model.embed([text for _, text in texts + heads], progress)
        self._vectors.add("texts", [each for each, _ in texts], vectors[: len(texts)])
        if heads:
            self._vectors.add("heads", [each for each, _ in heads], vectors[len(texts) :])

    def _load_model(self) -> None:
        try:
            if self._vectors.count():
                self._model.load()
        except EmbeddingModelError:
            return  # ready() tells it
        except (VectorServerError, VectorsDamagedError) as error:
            self._note(error)

    @staticmethod
    def _mark(model: str) -> int:
        """Return what is kept with a passage: how it was analysed and by which model embedded, as a signed integer."""
        return int.from_bytes(hashlib.sha256(f"{ANALYSIS} {model}".encode()).digest()[:7])


def _keyword_score(hits: _Hits, each: int) -> float | None:
    if each not in hits.words and each not in hits.bigrams:
        return None
    return hits.words.get(each, 0.0) + hits.bigrams.get(each, 0.0)
