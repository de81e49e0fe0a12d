"""`dapbot knowledge tune`: Korean vectors made for a company's own documents and questions, kept only if they help.

Questions are those whose answer is known: what people asked and confirmed. A quarter of them is held back in turn.
What is trained on the others (``knowledge/training.py``) is measured on it, each question asked as if the documents did
not hold its wording, beside the keyword leg alone and the shipped vectors. Only then all of them are trained with.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from knowledge import windows
from knowledge.closeness import Look
from knowledge.fusion import WEIGHTS
from knowledge.korean_vectors import KoreanVectors, Vectors, shipped
from knowledge.legs import held_as, means_of, reduce, worth
from knowledge.passages import Passage, Progress
from knowledge.questions import Question
from knowledge.ranking import POOL, Hits
from knowledge.tokens import analyze, normalise
from knowledge.training import Example, Unit, train

FEWEST = 40
"""Questions from which on it is tried."""

PARTS = 4
"""Parts of the questions that are held back in turn."""

BEFORE = 30
"""Candidates of the keyword leg that a question is trained with."""

Find = Callable[[str], tuple[Question, Hits]]
"""Asks the keyword leg alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question, and the ids of the passages that answer it."""

    text: str
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Recall@1 and @5 on questions that were held back, 0 to 1."""

    first: float
    five: float


@dataclass(frozen=True, slots=True)
class Tuned:
    """What came of it; ``vectors`` are those to search with, None where none help.

    ``told`` questions were held back, a part at a time; ``words``, ``shipped`` and ``trained`` are the figures on them;
    ``better`` is the number of them whose first passage became right, less those where it became wrong.
    """

    told: int
    words: Figures
    shipped: Figures
    trained: Figures
    better: int
    vectors: KoreanVectors | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what the keyword leg finds for it, as if its own wording were in no passage."""

    told: Told
    question: Question
    hits: Hits
    looks: Mapping[int, Look]
    scores: Mapping[int, float]
    wording: str


class _Corpus:
    """The texts and headings that have vectors."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.ids = [passage.id for passage in passages]
        texts = [(n, False, text) for n, passage in enumerate(passages) for text in windows.texts(passage)]
        heads = [(n, True, head) for n, passage in enumerate(passages) for head in windows.heads(passage)]
        counted = [Counter(terms.words) for terms in analyze(text for _, _, text in texts + heads)]
        self.units = [
            Unit(n, head, terms, _wording(text) if head else "")
            for (n, head, text), terms in zip(texts + heads, counted, strict=True)
        ]
        self.passages = np.array([self.ids[unit.passage] for unit in self.units])
        self.heads = np.array([unit.head for unit in self.units])
        self.wordings = np.array([unit.wording for unit in self.units])


def tune(
    passages: Sequence[Passage],
    told: Sequence[Told],
    find: Find,
    mean_words: float,
    progress: Progress | None = None,
) -> Tuned:
    """Train vectors for Korean ``passages`` on questions whose answer is known, and say whether they help.

    ``mean_words``: mean terms of a passage in the word field. ``progress`` is told hundredths.
    """
    tell = progress or (lambda _done, _of: None)
    asked = _prepared(passages, told, find, mean_words, lambda done, of: tell(10 * done // of, 100))
    corpus = _Corpus(passages)
    words = _places(None, corpus, asked)
    before = _places(shipped(), corpus, asked)
    after = _held_back(corpus, asked, lambda done, of: tell(10 + 70 * done // of, 100))
    learned = sum(map(worth, after)) >= sum(map(worth, before))
    best = after if learned else before
    found = Tuned(len(asked), _figures(words), _figures(before), _figures(after), _gained(words, best))
    if not _is_better(words, best):
        return found
    vectors = _trained(corpus, asked, lambda done, of: tell(80 + 20 * done // of, 100)) if learned else shipped()
    return replace(found, vectors=vectors)


def _held_back(corpus: _Corpus, asked: Sequence[_Asked], progress: Progress) -> list[int]:
    """Return where the first right passage of each question stands with vectors that were trained on other parts."""
    found = [0] * len(asked)
    for part in range(PARTS):
        held = [number for number, each in enumerate(asked) if _part(each) == part]
        known = [each for each in asked if _part(each) != part]
        trained = _trained(corpus, known, lambda done, of: progress(part * of + done, PARTS * of))  # noqa: B023
        places = _places(trained, corpus, [asked[number] for number in held])
        for number, place in zip(held, places, strict=True):
            found[number] = place
    return found


def _prepared(
    passages: Sequence[Passage], told: Sequence[Told], find: Find, mean_words: float, progress: Progress
) -> list[_Asked]:
    by_id = {passage.id: passage for passage in passages}
    means = means_of(reduce(passages), mean_words)
    found = []
    for number, each in enumerate(told, 1):
        question, hits = find(each.text)
        wording = _wording(each.text)
        holding = [by_id[one] for one in sorted(each.right) if one in by_id and _holds(by_id[one], wording)]
        less = reduce([_without(passage, wording) for passage in holding])
        for passage, without in zip(holding, less, strict=True):
            hits = held_as(hits, passage.id, without, means)
        looks = {passage.id: without.look for passage, without in zip(holding, less, strict=True)}
        ranked = hits.rank(WEIGHTS["ko"], looks)
        found.append(_Asked(each, question, hits, looks, dict(islice(ranked.items(), BEFORE)), wording))
        progress(number, len(told))
    return found


def _trained(corpus: _Corpus, asked: Sequence[_Asked], progress: Progress) -> KoreanVectors:
    numbers = {each: number for number, each in enumerate(corpus.ids)}
    examples = [
        Example(
            each.question.words,
            frozenset(numbers[one] for one in each.told.right if one in numbers),
            {numbers[one]: score for one, score in each.scores.items() if one in numbers},
            each.wording,
        )
        for each in asked
    ]
    return train(shipped(), corpus.units, examples, progress)


def _places(vectors: KoreanVectors | None, corpus: _Corpus, asked: Sequence[_Asked]) -> list[int]:
    """Return where the first right passage of each question stands (from 1, 0: nowhere)."""
    weights = WEIGHTS["ko"]
    if vectors is None:
        return [_place(each.hits.rank(weights, each.looks), each) for each in asked]
    units = vectors.embed_terms([unit.terms for unit in corpus.units], vectors.weights)
    found = []
    for each in asked:
        vector = vectors.embed_terms([each.question.words], vectors.asked)[0]
        near = np.where(corpus.wordings == each.wording, -1.0, units @ vector)
        texts, heads = (_nearest(corpus.passages[some], near[some]) for some in (~corpus.heads, corpus.heads))
        visible = {*each.hits.visible, *texts, *heads}
        hits = replace(each.hits, texts=texts, heads=heads, visible=visible)
        found.append(_place(hits.rank(weights, each.looks), each))
    return found


def _nearest(passages: "np.ndarray[tuple[int], np.dtype[np.int64]]", near: Vectors) -> dict[int, float]:
    found: dict[int, float] = {}
    for place in np.argsort(-near, kind="stable").tolist():
        found.setdefault(int(passages[place]), float(near[place]))
        if len(found) == POOL:
            break
    return found


def _place(ranked: Mapping[int, float], asked: _Asked) -> int:
    return next((place for place, each in enumerate(ranked, 1) if each in asked.told.right), 0)


def _share(places: Sequence[int], within: int) -> float:
    return sum(0 < place <= within for place in places) / max(1, len(places))


def _figures(places: Sequence[int]) -> Figures:
    return Figures(_share(places, 1), _share(places, 5))


def _gained(before: Sequence[int], after: Sequence[int]) -> int:
    return sum((b == 1) - (a == 1) for a, b in zip(before, after, strict=True))


def _is_better(before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether right passages stand higher by more than chance explains: a standard error of the reciprocal ranks."""
    gains = [worth(b) - worth(a) for a, b in zip(before, after, strict=True)]
    return bool(gains) and float(np.mean(gains)) > float(np.std(gains)) / math.sqrt(len(gains))


def _part(asked: _Asked) -> int:
    """Return the part that a question is in, the same for the same question."""
    return hashlib.sha256(asked.wording.encode()).digest()[0] % PARTS


def _wording(text: str) -> str:
    return normalise(text).strip()


def _holds(passage: Passage, wording: str) -> bool:
    return wording in map(_wording, (passage.question, passage.title, *passage.aliases))


def _without(passage: Passage, wording: str) -> Passage:
    """Return a passage that does not hold a wording."""
    return replace(
        passage,
        question="" if _wording(passage.question) == wording else passage.question,
        title="" if _wording(passage.title) == wording else passage.title,
        aliases=tuple(alias for alias in passage.aliases if _wording(alias) != wording),
    )
