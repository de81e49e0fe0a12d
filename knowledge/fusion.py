"""How the legs are joined: z-scores, weighted by the language of the question.

Scores of different legs do not compare; their distance from the mean of their own list, in deviations, does. The
weights are round numbers set by hand while looking at nine sets; they lie on a plateau: a third more or less of any of
them moves a set's recall@1 by about .005. Those of the vectors for Korean are a guess, as no model that reads it was
at hand; ``dapbot knowledge check`` measures on the customer's documents what they deserve (``knowledge/legs.py``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

import numpy as np

from knowledge.language import Language

Scores = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each leg counts, in z-scores, and each closer look, as a share 0..1."""

    words: float
    bigrams: float
    texts: float
    heads: float
    line: float
    head: float


WEIGHTS: Final[Mapping[Language, Weights]] = {
    "ko": Weights(words=1, bigrams=1, texts=1, heads=0.5, line=7, head=6),
    "en": Weights(words=1, bigrams=0, texts=2, heads=1, line=0, head=6),
}


def fuse(lists: Sequence[tuple[float, Scores]]) -> dict[int, float]:
    """Return the weighted sum of z-scores by id, best first; what a list lacks has the least z of that list."""
    ids = np.fromiter(dict.fromkeys(chain.from_iterable(scores for _, scores in lists)), np.int64)
    total = np.zeros(len(ids))
    each = ids.tolist()
    for weight, scores in lists:
        if not scores or not weight:
            continue
        values = np.fromiter(scores.values(), float, len(scores))
        mean, deviation = float(values.mean()), float(values.std()) or 1.0
        held = np.fromiter(map(scores.get, each, repeat(float(values.min()))), float, len(each))
        total += weight * (held - mean) / deviation
    best = np.lexsort((ids, -total))
    return dict(zip(ids[best].tolist(), total[best].tolist(), strict=True))
