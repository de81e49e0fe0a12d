"""What a corpus does to the confidence: the line that fits one corpus is wrong for another.

A global line on the raw confidence answered 27 % of one set's answerable questions and 94 % of another's. Two things
move it. How high a right answer scores depends on how much text a passage has to meet a question with: a row of two
short sentences meets fewer of its words than a page, so the line of the keyword model moves with the logarithm of the
mean length. And the fewer entries there are, the less often a foreign question finds one that looks like its answer:
small FAQs have a friendlier line.

Other statistics were measured on 45 corpora (nine sets, their variants, small parts of them). Each passage's own
alias, question, title or key sentence was asked with the passage left out, and with its own wording hidden
(``knowledge/probing.py``): once the length is known, the quantiles of neither predict the line of real questions
better. The balanced line of families that were not fitted is missed by .64 (in log-odds) with the length alone, by .56
with the size too, by .60 with the left-out scores instead of it, by .56 with all; what is left in of a topic answers
for what was left out. ``dapbot knowledge check`` reports them. The cosine of the bundled model needs no correction.
"""

import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from knowledge.confidence import KEYWORDS, VECTORS, Signals, squash
from knowledge.language import Language

LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")

FORMAT = 1
"""Raise it when the file means something else: then older ones are ignored until the next calibration."""

SAMPLE = 300
"""Passages that are measured, evenly spaced."""

TYPICAL: Final = 4.0
"""Logarithm of the length of a passage for which the keyword model needs no correction: 54 words."""

RANGE: Final = (1.5, 5.7)
"""The lengths that were seen when fitting (3 to 300 words); beyond them the correction stays."""

SLOPE: Final = -0.522
"""What the log-odds change by when passages get longer by a factor of e; fitted together with the weights."""

SIZES: Final = (30, 600)
"""Numbers of entries between which the line moves; of larger corpora the answered share falls by itself."""

TYPICAL_SIZE: Final = 300
SIZE_SLOPE: Final = -0.25
"""What the log-odds change by when a corpus grows by a factor of e. Seen: .13 (question pairs, 30 to 3,300 entries)
to .3 (parts of welfare_qa)."""

FACTORS: Final = (0.1, 4.0)
"""The least and the greatest factor of the vectors' weights."""

SHRINKAGE = 2
"""Passages of typical length mixed in, so that a corpus of one entry is not judged by that entry alone."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The correction of one corpus: the logarithm of the mean length of its passages, by language, and how many."""

    lengths: Mapping[Language, float] = field(default_factory=dict)
    counts: Mapping[Language, int] = field(default_factory=dict)
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
        length = min(max(self.lengths.get(language, TYPICAL), RANGE[0]), RANGE[1])
        count = min(max(self.counts.get(language, TYPICAL_SIZE), SIZES[0]), SIZES[1])
        moved = SLOPE * (length - TYPICAL) + SIZE_SLOPE * math.log(count / TYPICAL_SIZE)
        return squash(KEYWORDS.raw(signals) + moved)

    def save(self, path: Path) -> None:
        """Write the calibration to ``path``, whole or not at all."""
        aside = path.with_name(path.name + ".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"format": FORMAT, "lengths": dict(self.lengths), "counts": dict(self.counts)}
        kept |= {"factors": dict(self.factors), "model": self.model}
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
    return Calibration(_numbers(values.get("lengths")), counts, factors, model if isinstance(model, str) else "")


def _numbers(values: object) -> dict[Language, float]:
    """Return the numbers by language, without what is none."""
    found: dict[Language, float] = {}
    for language in LANGUAGES:
        number = values.get(language) if isinstance(values, dict) else None
        if isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number):
            found[language] = float(number)
    return found


def measure_corpus(
    lengths: Iterable[tuple[Language, int]], counts: Mapping[Language, int] | None = None
) -> Calibration:
    """Return the calibration of a corpus from the language and the number of words of each (sampled) passage.

    ``counts``: all passages of each language.
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
    )


def sample(count: int) -> list[int]:
    """Return the positions of at most ``SAMPLE`` of ``count`` passages, evenly spaced."""
    taken = min(count, SAMPLE)
    return [position * count // taken for position in range(taken)]
