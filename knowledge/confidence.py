"""How sure a search is that the first passage found answers the question: several signals, one logistic model.

The signals (predictors of query performance, measured on the search's own scores, no model of language needed):

- ``words_gap`` and ``bigrams_gap``: how far the best BM25 score stands above the tenth, as a share of the greatest
  score the question could reach (idf times k1 + 1, summed over its terms). A question the documents do not answer
  finds ten passages alike; this is the idea of NQC (Shtok, Kurland and Carmel, 2009: the deviation of the scores at
  the top, normalised) with a bound in place of the corpus score, so that long and short questions compare.
- ``words_top`` and ``bigrams_top``: the best score in units of one rarest word met often: absolute evidence, without
  which a one-word coincidence in a short question would look like a full match.
- ``cosine``: of the nearest vector, where the vector leg took part.

With vectors the model is {cosine, words_gap}; without, the four keyword signals. One model serves all languages and
corpora; what differs between corpora is a shift of the line, learnt from the corpus (``knowledge/calibration.py``).
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from knowledge.language import Language

LINES: Final[Mapping[str, float]] = {"careful": 0.65, "balanced": 0.5, "eager": 0.35}
"""A question is answered when its confidence is at least ``LINES[settings.line]``."""

RANK = 10
"""The best score is compared with the score at this rank."""

K1 = 1.2
"""Of BM25, as the keyword index has it: a term's greatest score is its idf times K1 + 1."""


class Scored(Protocol):
    """What one keyword field found: ``scores`` by passage id, best first; ``greatest`` the question could reach."""

    @property
    def scores(self) -> Mapping[int, float]: ...  # noqa: D102
    @property
    def greatest(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search tells about its own success; all are about 0..1, ``*_top`` may be greater."""

    words_gap: float = 0.0
    bigrams_gap: float = 0.0
    words_top: float = 0.0
    bigrams_top: float = 0.0
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the weight of each signal and the constant."""

    constant: float
    words_gap: float
    bigrams_gap: float = 0.0
    words_top: float = 0.0
    bigrams_top: float = 0.0
    cosine: float = 0.0

    def raw(self, signals: Signals) -> float:
        """Return the log-odds that the documents answer the question."""
        return (
            self.constant
            + self.words_gap * signals.words_gap
            + self.bigrams_gap * signals.bigrams_gap
            + self.words_top * signals.words_top
            + self.bigrams_top * signals.bigrams_top
            + self.cosine * (signals.cosine or 0.0)
        )


# Fitted by tests/benchmarks/fit_confidence.py on sets of free licence only.
KEYWORDS = Weights(constant=-2.98, words_gap=6.39, bigrams_gap=4.21, words_top=0.86, bigrams_top=0.18)
VECTORS = Weights(constant=-6.30, words_gap=2.68, cosine=9.96)


def measure(
    words: Scored,
    bigrams: Scored,
    cosines: Mapping[int, float],
    count: int,
    allowed: Collection[int] | None = None,
) -> Signals:
    """Return the signals of one search.

    ``cosines`` by passage id, best first, empty where the vector leg took no part; ``count`` is the number of
    passages in the keyword index. Only passages in ``allowed`` count (None: all of them).
    """
    words_gap, words_top = _gap_and_top(words, count, allowed)
    bigrams_gap, bigrams_top = _gap_and_top(bigrams, count, allowed)
    nearest = next((score for each, score in cosines.items() if allowed is None or each in allowed), None)
    return Signals(words_gap, bigrams_gap, words_top, bigrams_top, nearest)


def _gap_and_top(found: Scored, count: int, allowed: Collection[int] | None) -> tuple[float, float]:
    seen = (score for each, score in found.scores.items() if allowed is None or each in allowed)
    best = list(islice(seen, RANK))
    if not best or found.greatest <= 0:
        return 0.0, 0.0
    tenth = best[-1] if len(best) == RANK else 0.0
    rarest = math.log(1 + (count + 0.5) / 0.5) * (K1 + 1)
    return (best[0] - tenth) / found.greatest, best[0] / rarest


def raw_confidence(signals: Signals) -> float:
    """Return the log-odds before the corpus's own shift; 0 is the middle line."""
    return (KEYWORDS if signals.cosine is None else VECTORS).raw(signals)


def squash(raw: float) -> float:
    """Return the logistic function of ``raw``, without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, raw))))


def leg_of(signals: Signals) -> str:
    """Return which model the signals are judged by: ``keywords`` or ``vectors``."""
    return "keywords" if signals.cosine is None else "vectors"


def kind_of(signals: Signals, language: Language) -> str:
    """Return the name under which a corpus's shift for such questions is kept: ``ko:keywords``."""
    return f"{language}:{leg_of(signals)}"
