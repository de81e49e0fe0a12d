"""Both legs, joined by language: ``Knowledge.search`` gives candidates, best first, and a confidence."""

import threading
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np

from knowledge import tokens
from knowledge.embedding import EmbeddingModel
from knowledge.errors import EmbeddingModelError
from knowledge.keywords import FieldHits, KeywordIndex
from knowledge.language import language_of
from knowledge.passages import Candidate, Found, Passage, Progress, Visible
from knowledge.tokens import normalise
from knowledge.vectors import VectorIndex

POOL = 200
LONGEST_QUESTION = 2_000
VECTOR_WEIGHT = 2.0


class Knowledge:
    """What the bot can look things up in: a keyword index and a vector index in ``folder``. Threads may share it."""

    def __init__(self, folder: Path, *, embedding_model: str = "", chroma_url: str = "", writable: bool = True) -> None:
        self._folder = folder
        self._model = EmbeddingModel(embedding_model)
        self._keywords = KeywordIndex(folder / "keywords", writable=writable)
        self._vectors = VectorIndex(folder / "vectors", self._model.name, chroma_url)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="knowledge")
        self._writing = threading.Lock()
        self._warming: Future[None] | None = None

    def warm(self) -> None:
        """Start loading Kiwi and, where a passage has a vector, the embedding model, in the background."""
        self._pool.submit(tokens.warm)
        if self._warming is None and self._vectors.exists:
            self._warming = self._pool.submit(self._load_model)

    def ready(self) -> dict[str, str]:
        """Return the state of each leg: ``ready``, ``loading`` or ``off: why``."""
        if not self._vectors.exists:
            return {"keywords": "ready", "vectors": "off: no passage needs them"}
        return {"keywords": "ready", "vectors": self._model.state}

    def index(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Put passages into both legs, replacing those of the same id; durable on return."""
        with self._writing:
            embedded = [p for p in passages if self._model.may_read(p.language) and self._model.reads(p.language)]
            total = len(embedded) + len(passages)
            # Vectors first: ids() tells what the keyword index holds, so a crash in between is seen and repeated.
            if self._vectors.exists:
                self._vectors.remove([p.id for p in passages])
            if embedded:
                texts = ["\n".join(filter(None, [p.title, p.question, p.text])) for p in embedded]
                vectors = self._model.embed(texts, progress and (lambda done, _: progress(done, total)))
                self._vectors.add([(p.id, 0) for p in embedded], vectors)
            self._keywords.add(passages, progress=progress, done=len(embedded))
            if progress:
                progress(total, total)

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages from both legs."""
        with self._writing:
            self._vectors.remove(ids)
            self._keywords.remove(ids)

    def ids(self) -> set[int]:
        """Return the ids of the passages that are indexed."""
        return self._keywords.ids()

    def clear(self) -> None:
        """Remove everything, also where an index is damaged."""
        with self._writing:
            self._vectors.clear()
            self._keywords.clear()

    def calibrate(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Fit the confidence to this corpus."""

    def search(self, question: str, *, visible: Visible | None = None, limit: int = 100, wait: bool = True) -> Found:
        """Return the passages that answer ``question`` best, among the ``visible`` ones.

        ``wait=False`` does without the vector leg while its model is still loading.
        """
        question = normalise(question)[:LONGEST_QUESTION]
        language = language_of(question)
        asked, vector_state = self._ask_vectors(question, wait=wait)
        terms = tokens.terms_of(question)
        pool = max(POOL, 2 * limit)
        while True:
            hits = self._keywords.search(terms, pool)
            lists = [(1.0, hit.scores) for hit in hits.values()]
            cosines = self._vectors.search(asked.result(), pool) if asked else {}
            lists.append((VECTOR_WEIGHT, cosines))
            ids = list(dict.fromkeys(i for _, scores in lists for i in scores))
            allowed = set(visible(ids)) if visible and ids else set(ids)
            if len(allowed) >= min(limit, len(ids)) or max(len(scores) for _, scores in lists) < pool:
                break
            pool *= 8
        ranked = _fuse([(w, {i: s for i, s in scores.items() if i in allowed}) for w, scores in lists])
        candidates = tuple(
            Candidate(each, score, _keyword_score(hits, each), cosines.get(each)) for each, score in ranked[:limit]
        )
        confidence = _coverage(hits["words"], candidates[0].id) if candidates else 0.0
        legs = {"keywords": "used", "vectors": vector_state, "language": language}
        return Found(candidates, confidence, legs)

    def close(self) -> None:
        """Let go of the indexes and wait for what runs in the background."""
        self._pool.shutdown(cancel_futures=True)
        self._keywords.close()
        self._vectors.close()

    def _ask_vectors(self, question: str, *, wait: bool) -> tuple["Future[np.ndarray] | None", str]:
        if not self._vectors.exists:
            return None, "off: no passage needs them"
        if not self._model.may_read(language_of(question)):
            return None, "off: the model does not read this language"
        if not wait and self._model.state == "loading":
            self.warm()
            return None, "loading"
        try:
            self._model.load()
        except EmbeddingModelError:
            return None, self._model.state
        return self._pool.submit(self._model.embed_question, question), "used"

    def _load_model(self) -> None:
        try:
            if self._vectors.count():
                self._model.load()
        except EmbeddingModelError:
            return  # ready() tells it


def _fuse(lists: Sequence[tuple[float, dict[int, float]]]) -> list[tuple[int, float]]:
    """Join ranked lists by the weighted sum of their z-scores; what a list lacks has the least z of that list."""
    total: dict[int, float] = {i: 0.0 for _, scores in lists for i in scores}
    for weight, scores in lists:
        if not scores:
            continue
        values = np.fromiter(scores.values(), float)
        mean, deviation = values.mean(), values.std() or 1.0
        least = (values.min() - mean) / deviation
        for each in total:
            total[each] += weight * ((scores[each] - mean) / deviation if each in scores else least)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def _keyword_score(hits: dict[str, FieldHits], each: int) -> float | None:
    found = [hit.scores[each] for hit in hits.values() if each in hit.scores]
    return sum(found) if found else None


def _coverage(hit: FieldHits, each: int) -> float:
    return min(1.0, hit.scores.get(each, 0.0) / hit.greatest) if hit.greatest else 0.0
