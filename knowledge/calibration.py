"""What a corpus does to the confidence: the line that fits one corpus is wrong for another.

A global line on the raw confidence answered 27 % of one set's answerable questions and 94 % of another's. The line of
the keyword model is therefore the mean of two guesses about this corpus.

- Its shape: a row of two short sentences meets fewer words of a question than a page does, so the line moves with the
  logarithm of the mean length; and the fewer entries there are, the less often a foreign question finds one that looks
  like its answer.
- Its impostors: each passage of a sample is left out in turn and asked for nevertheless (``knowledge/impostors.py``).
  The line moves with the median of what those questions score.

Measured on 21 Korean corpora of three families, as the distance, in log-odds, from the line that a corpus would like
best, on families that were not fitted: one line for all misses by .80, length by 1.06, length and size by .97,
impostors by .50, the mean of both guesses by .65 and all three in one fit by .79. Impostors alone fit best, yet three
families are few: the mean keeps further from the limits asked for on sets that only measure (alone, welfare_qa answers
.60 instead of .63, msmarco_ko .13 of its unanswerable instead of .09). Without their kin left out, or at their upper
quartile, impostors predict less.

The cosine of the bundled model needs no correction. ``dapbot knowledge check`` reports what own questions find.
"""

import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from knowledge.confidence import KEYWORDS, VECTORS, Signals, squash
from knowledge.language import Language

LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")

FORMAT = 1
"""Raise it when the file means something else: then older ones are ignored until the next calibration."""

SAMPLE = 300
"""Passages that are measured, evenly spaced."""

TYPICAL: Final = 4.0
"""Logarithm of the length of a typical passage: 54 words."""

RANGE: Final = (1.5, 5.7)
"""The lengths that were seen when fitting (3 to 300 words); beyond them the line stays."""

TYPICAL_SIZE: Final = 300
SIZES: Final = (30, 600)
"""Numbers of entries between which the line moves; of larger corpora the answered share falls by itself."""

TYPICAL_IMPOSTOR: Final = 2.0
IMPOSTORS: Final = (0.0, 4.0)
"""The medians between which the line moves: those seen when fitting, and somewhat beyond."""

# Fitted by tests/benchmarks/fit_confidence.py, the odds of 1.5 that the middle line asks for included.
CONSTANT: Final = -4.487
SLOPE: Final = -0.348
SIZE_SLOPE: Final = -0.120
IMPOSTOR_SLOPE: Final = -0.582
"""The line of a typical corpus, and what the log-odds change by when passages, the corpus get longer by a factor of e,
and when impostors score one more."""

ENGLISH: Final = -3.147
"""The line of English entries without vectors: neither guess predicted those better than their mean."""

FACTORS: Final = (0.1, 4.0)
"""The least and the greatest factor of the vectors' weights."""

SHRINKAGE = 2
"""Passages of typical length mixed in, so that a corpus of one entry is not judged by that entry alone."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is known of one corpus, by language: the logarithm of the mean length of its passages, how many they are."""

    lengths: Mapping[Language, float] = field(default_factory=dict)
    counts: Mapping[Language, int] = field(default_factory=dict)
    impostors: Mapping[Language, float] = field(default_factory=dict)
    """The median of what impostors score with the keyword model."""
    factors: Mapping[Language, float] = field(default_factory=dict)
    """What the weights of the vectors are multiplied with, as ``dapbot knowledge check`` measured it."""
    model: str = ""
    """The embedding model the factors were measured with; they mean nothing for another."""

    def factor(self, language: Language, model: str) -> float:
        """Return what the weights of the vectors of ``model`` are multiplied with."""
        return min(max(self.factors.get(language, 1.0), FACTORS[0]), FACTORS[1]) if model == self.model else 1.0

    def confidence(self, signals: Signals, language: Language) -> float:
        """Return the confidence, 0..1, in the first passage found for a question in ``language``."""
        if signals.cosine is not None:
            return squash(VECTORS.raw(signals))
        return squash(KEYWORDS.raw(signals) + self.line(language))

    def line(self, language: Language) -> float:
        """Return what is added to the keyword model for questions in ``language``; unknown is taken for typical."""
        if language == "en" and "en" in self.lengths:
            return ENGLISH
        length = min(max(self.lengths.get(language, TYPICAL), RANGE[0]), RANGE[1])
        count = min(max(self.counts.get(language, TYPICAL_SIZE), SIZES[0]), SIZES[1])
        impostor = min(max(self.impostors.get(language, TYPICAL_IMPOSTOR), IMPOSTORS[0]), IMPOSTORS[1])
        return (
            CONSTANT
            + SLOPE * (length - TYPICAL)
            + SIZE_SLOPE * math.log(count / TYPICAL_SIZE)
            + IMPOSTOR_SLOPE * (impostor - TYPICAL_IMPOSTOR)
        )

    def save(self, path: Path) -> None:
        """Write the calibration to ``path``, whole or not at all."""
        aside = path.with_name(path.name + ".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"format": FORMAT, "lengths": dict(self.lengths), "counts": dict(self.counts)}
        kept |= {"impostors": dict(self.impostors), "factors": dict(self.factors), "model": self.model}
        aside.write_text(json.dumps(kept) + "\n", encoding="utf-8")
        os.replace(aside, path)  # noqa: PTH105 - the same; Path.replace is not said to be atomic


def load(path: Path) -> Calibration:
    """Return the calibration in ``path``; the one of a typical corpus where there is none, or no readable one."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Calibration()
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        return Calibration()
    counts = {language: round(count) for language, count in _numbers(values.get("counts")).items()}
    factors, model = _numbers(values.get("factors")), values.get("model")
    lengths, scores = _numbers(values.get("lengths")), _numbers(values.get("impostors"))
    return Calibration(lengths, counts, scores, factors, model if isinstance(model, str) else "")


def _numbers(values: object) -> dict[Language, float]:
    """Return the numbers by language, without what is none."""
    found: dict[Language, float] = {}
    for language in LANGUAGES:
        number = values.get(language) if isinstance(values, dict) else None
        if isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number):
            found[language] = float(number)
    return found


def measure_corpus(
    lengths: Iterable[tuple[Language, int]],
    counts: Mapping[Language, int] | None = None,
    impostors: Mapping[Language, Sequence[Signals]] | None = None,
) -> Calibration:
    """Return the calibration of a corpus from the language and the number of words of each (sampled) passage.

    ``counts``: all passages of each language; ``impostors``: what left-out passages found.
    """
    totals: dict[Language, tuple[int, int]] = {}
    for language, words in lengths:
        count, total = totals.get(language, (0, 0))
        totals[language] = count + 1, total + words
    return Calibration(
        {
            language: (count * math.log(1 + total / count) + SHRINKAGE * TYPICAL) / (count + SHRINKAGE)
            for language, (count, total) in sorted(totals.items())
        },
        dict(sorted((counts or {}).items())),
        {language: typical_impostor(found) for language, found in sorted((impostors or {}).items())},
    )


def typical_impostor(found: Sequence[Signals]) -> float:
    """Return the median of what impostors score with the keyword model."""
    middle = median(map(KEYWORDS.raw, found)) if found else 0.0
    return (len(found) * middle + SHRINKAGE * TYPICAL_IMPOSTOR) / (len(found) + SHRINKAGE)


def sample(count: int) -> list[int]:
    """Return the positions of at most ``SAMPLE`` of ``count`` passages, evenly spaced."""
    taken = min(count, SAMPLE)
    return [position * count // taken for position in range(taken)]
