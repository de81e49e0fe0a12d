"""How well each leg of the search serves a corpus, measured with questions made from it (``knowledge/probing.py``)."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from knowledge import windows
from knowledge.closeness import Look
from knowledge.confidence import Signals
from knowledge.embedding import Vectors
from knowledge.fusion import WEIGHTS, Weights
from knowledge.keywords import reduced
from knowledge.pairing import Embedder
from knowledge.passages import Passage, Progress
from knowledge.probing import Probe, rescored
from knowledge.questions import Question
from knowledge.ranking import Hits

FACTORS: Final = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
"""What the shipped weights of the vectors are tried multiplied with; with 0 the vectors do not count."""

LEAST_FACTOR: Final = 0.1

PRIOR = 100
"""So many made questions the shipped weights are worth: with as many asked, half the way is gone. (Twice the weight
of the vectors cost covidfaq .025 at recall@1.)"""

ASKED_BY_PEOPLE: Final = frozenset({"alias", "question"})
"""Kinds of probes in the words of people; titles and sentences share their words with the text and favour words."""

Find = Callable[[str], tuple[Question, Hits]]


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe found. ``places``: where its passage stood (1 is first; None: not found) by leg, and in ``all``.

    ``factors``: the place in ``all`` with the weights of the vectors multiplied; only where vectors took part.
    ``held`` and ``left`` are the signals of the search with the passage in it and without.
    """

    probe: Probe
    places: Mapping[str, int | None]
    factors: Mapping[float, int | None]
    held: Signals
    left: Signals


@dataclass(frozen=True, slots=True)
class Reduced:
    """A passage without the wording that is asked: its terms as the keyword fields count them, its closer look, and its
    vectors, where those are looked at."""

    words: Counter[str]
    bigrams: Counter[str]
    look: Look
    texts: Vectors | None = None
    heads: Vectors | None = None


def ask_probes(
    probes: Sequence[Probe],
    find: Find,
    mean_words: float,
    model: Embedder | None,
    *,
    cosines: bool,
    progress: Progress | None = None,
) -> list[Probed]:
    """Ask the probes, all of one language. ``mean_words``: mean terms of a passage in the word field.

    ``model`` is None where the vector leg takes no part; ``cosines`` as for ``Hits.signals``.
    """
    without = reduce([probe.reduced for probe in probes], model)
    means = means_of(without, mean_words)
    found = []
    for done, (probe, less) in enumerate(zip(probes, without, strict=True), 1):
        asked, hits = find(probe.text)
        found.append(_ask(probe, asked, hits, _held(probe, hits, less, means, model), less.look, cosines=cosines))
        if progress:
            progress(done, len(probes))
    return found


def recall(probed: Sequence[Probed], leg: str, within: int = 1) -> float:
    """Return the share of probes whose passage stood among the first ``within`` of a leg."""
    hits = sum((place := each.places.get(leg)) is not None and place <= within for each in probed)
    return hits / max(1, len(probed))


def best_factor(probed: Sequence[Probed]) -> float:
    """Return what to multiply the weights of the vectors with: the best of ``FACTORS``, shrunk to 1.

    A factor must be better than 1 by a standard error at least; few probes move the weights little.
    """
    spoken = [each for each in probed if each.probe.kind in ASKED_BY_PEOPLE and each.factors]
    if not spoken:
        return 1.0
    gains = {factor: [worth(each.factors[factor]) - worth(each.factors[1.0]) for each in spoken] for factor in FACTORS}
    best = max(FACTORS, key=lambda factor: (np.mean(gains[factor]), -abs(math.log(max(factor, LEAST_FACTOR)))))
    if np.mean(gains[best]) <= np.std(gains[best]) / math.sqrt(len(spoken)):
        return 1.0
    return math.exp(math.log(max(best, LEAST_FACTOR)) * len(spoken) / (len(spoken) + PRIOR))


def multiplied(weights: Weights, factor: float) -> Weights:
    """Return the weights with those of the vectors multiplied."""
    return replace(weights, texts=weights.texts * factor, heads=weights.heads * factor) if factor != 1 else weights


def worth(place: int | None) -> float:
    """Return the reciprocal rank, 0 where it was not found."""
    return 1 / place if place else 0.0


def _ask(probe: Probe, asked: Question, hits: Hits, held: Hits, look: Look, *, cosines: bool) -> Probed:
    each, weights = probe.passage.id, WEIGHTS[asked.language]
    vectors = bool(hits.texts or hits.heads)
    tried = FACTORS if vectors else (1.0,)
    factors = {factor: _place(held.rank(multiplied(weights, factor), {each: look}), each) for factor in tried}
    near = {
        one: weights.texts * held.texts.get(one, 0.0) + weights.heads * held.heads.get(one, 0.0)
        for one in {**held.texts, **held.heads}
    }
    places = {"words": _place(held.words, each), "bigrams": _place(held.bigrams, each), "all": factors[1.0]}
    if vectors:
        places["vectors"] = _place(dict(sorted(near.items(), key=lambda item: -item[1])), each)
    left = hits.without({each}).signals(asked, cosines=cosines)
    return Probed(probe, places, factors if vectors else {}, held.signals(asked, cosines=cosines), left)


def _held(probe: Probe, hits: Hits, less: Reduced, means: tuple[float, float], model: Embedder | None) -> Hits:
    cosines: tuple[float | None, float | None] = (None, None)
    if model and hits.texts:
        vector = model.embed_question(probe.text)
        cosines = _nearest(less.texts, vector), _nearest(less.heads, vector)
    return held_as(hits, probe.passage.id, less, means, cosines)


def held_as(
    hits: Hits,
    passage: int,
    less: Reduced,
    means: tuple[float, float],
    cosines: tuple[float | None, float | None] = (None, None),
) -> Hits:
    """Return the hits as they were if the passage were in the index without the wording that is asked; ``means``: of
    the terms of a passage in both fields."""
    words = rescored(less.words, hits.keywords.words.weights, means[0])
    bigrams = rescored(less.bigrams, hits.keywords.bigrams.weights, means[1])
    return hits.rescored(passage, words, bigrams, cosines)


def means_of(some: Sequence[Reduced], mean_words: float) -> tuple[float, float]:
    """Return the mean terms of a passage in both fields, given that of words."""
    words = sum(each.words.total() for each in some)
    bigrams = sum(each.bigrams.total() for each in some)
    return mean_words, mean_words * bigrams / max(1, words)


def reduce(passages: Sequence[Passage], model: Embedder | None = None) -> list[Reduced]:
    """Return what the index would hold of passages; with their vectors, where a model is given."""
    vectors = _embedded(passages, model) if model else [(None, None)] * len(passages)
    return [
        Reduced(Counter(words), Counter(bigrams), look, *some)
        for (words, bigrams, look), some in zip(reduced(passages), vectors, strict=True)
    ]


def _embedded(passages: Sequence[Passage], model: Embedder) -> list[tuple[Vectors | None, Vectors | None]]:
    """Return the vectors of the texts and headings of each passage; all are embedded at once."""
    parts = [(windows.texts(passage), windows.heads(passage)) for passage in passages]
    vectors = model.embed([text for texts, heads in parts for text in (*texts, *heads)])
    found: list[tuple[Vectors | None, Vectors | None]] = []
    at = 0
    for texts, heads in parts:
        middle, end = at + len(texts), at + len(texts) + len(heads)
        found.append((vectors[at:middle], vectors[middle:end]))
        at = end
    return found


def _nearest(vectors: Vectors | None, vector: Vectors) -> float | None:
    return float(np.max(vectors @ vector)) if vectors is not None and len(vectors) else None


def _place(ranked: Mapping[int, float], each: int) -> int | None:
    return next((place for place, one in enumerate(ranked, 1) if one == each), None)
