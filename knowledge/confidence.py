"""How sure a search is that the first passage found answers the question: a few signals, one logistic model.

The signals are predictors of query performance, measured on the search's own scores; no language model takes part.

- ``words_gap`` and ``bigrams_gap``: how far the best BM25 score stands above the tenth, as a share of the greatest
  score the question could reach. A question the documents do not answer finds ten passages alike: the idea of NQC
  (Shtok, Kurland and Carmel, 2009: the deviation of the top scores, normalised), with a bound in place of the
  corpus's own score, so that long and short questions compare.
- ``words_top``: the best score, in units of the rarest word met often. Without this absolute evidence, the one rare
  word of a short question would count as a full match.
- ``cosine``: of the nearest vector, of a text or a heading, where the vector leg took part with the bundled model.

With a cosine the model is {cosine, words_gap}; without, the three keyword signals, whose line each corpus has for
itself (``knowledge/calibration.py``). One model serves all languages and corpora.

Tried and left out, as they gained nothing or moved the line between corpora: coverage of the question by the first
passage, its best line or heading; summed z-scores, margin to the second, entropy of the first ten (all three grow
with the corpus); agreement of the legs; words the documents do not know; separate
cosines of texts and headings.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

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
    """What a search tells about its own success; gaps and cosine are 0..1, ``words_top`` is 0 and more."""

    words_gap: float = 0.0
    bigrams_gap: float = 0.0
    words_top: float = 0.0
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the weight of each signal, the constant, and the odds the middle line asks for.

    The odds are above even, as a wrong answer is worse than an offer of the nearest questions.
    """

    words_gap: float
    bigrams_gap: float = 0.0
    words_top: float = 0.0
    cosine: float = 0.0
    constant: float = 0.0
    odds: float = 1.0

    def raw(self, signals: Signals) -> float:
        """Return the log-odds that the documents answer the question, less those the middle line asks for."""
        return (
            self.constant
            - math.log(self.odds)
            + self.words_gap * signals.words_gap
            + self.bigrams_gap * signals.bigrams_gap
            + self.words_top * signals.words_top
            + self.cosine * (signals.cosine or 0.0)
        )


# Fitted by tests/benchmarks/fit_confidence.py on 33 corpora made of seven sets of free licence, with a constant for
# each corpus, so that they tell questions of one corpus apart and nothing else. (With one constant for all, a fit
# without stackfaq had an AUC of .983 there, the cosine alone .984; it is .985 so.) The odds are set by hand.
KEYWORDS: Final = Weights(words_gap=4.808, bigrams_gap=8.453, words_top=1.965)
"""The constant of a corpus, and its odds, are the line that ``knowledge/calibration.py`` draws."""

VECTORS: Final = Weights(words_gap=3.058, cosine=11.110, constant=-6.884, odds=1.75)


def measure(
    words: Scored,
    bigrams: Scored,
    count: int,
    cosine: float | None = None,
    allowed: Collection[int] | None = None,
    heaviest: float = 1.0,
) -> Signals:
    """Return the signals of one search.

    ``count`` is the number of passages in the keyword index; ``cosine`` that of the nearest vector, of a text or a
    heading, None where the vector leg took no part; ``heaviest`` the greatest weight of a word of the question. Only
    passages in ``allowed`` count (None: all of them).
    """
    top, tenth = _top(words, allowed)
    rarest = math.log(1 + (count + 0.5) / 0.5) * (K1 + 1) * max(1.0, heaviest)
    words_gap = (top - tenth) / words.greatest if words.greatest > 0 else 0.0
    gram_top, gram_tenth = _top(bigrams, allowed)
    bigrams_gap = (gram_top - gram_tenth) / bigrams.greatest if bigrams.greatest > 0 else 0.0
    return Signals(words_gap, bigrams_gap, top / rarest, cosine)


def _top(found: Scored, allowed: Collection[int] | None) -> tuple[float, float]:
    """Return the best score and that at ``RANK``, 0 where there are fewer."""
    best = list(islice((s for each, s in found.scores.items() if allowed is None or each in allowed), RANK))
    return (best[0] if best else 0.0), (best[-1] if len(best) == RANK else 0.0)


def squash(raw: float) -> float:
    """Return the logistic function of ``raw``, without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, raw))))
