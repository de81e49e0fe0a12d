"""What a corpus does to the confidence: the line that fits one corpus is wrong for another.

A global line on the raw confidence answered 27 % of one set's answerable questions and 94 % of another's. What moves
it is how high a right answer scores, and that depends on how much text a passage has to meet a question with: a row
of two short sentences meets fewer of its words than a page. So ``measure_corpus`` takes the mean length of the
passages of each language, and the line of the keyword model moves with its logarithm.

Other statistics were measured on 45 corpora (nine sets, their variants, small parts of them), among them each
passage's own title or key sentence asked with the passage left out ("not held") and with its own line hidden
("held"): once the length is known, the quantiles of "not held" predict nothing more (their weight is zero within
error) and those of "held" follow the length. The cosine of the bundled model needs no correction.
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

SHRINKAGE = 2
"""Passages of typical length mixed in, so that a corpus of one entry is not judged by that entry alone."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The correction of one corpus: the logarithm of the mean length of its passages, by language."""

    lengths: Mapping[Language, float] = field(default_factory=dict)

    def confidence(self, signals: Signals, language: Language) -> float:
        """Return the confidence, 0..1, in the first passage found for a question in ``language``."""
        if signals.cosine is not None:
            return squash(VECTORS.raw(signals))
        length = min(max(self.lengths.get(language, TYPICAL), RANGE[0]), RANGE[1])
        return squash(KEYWORDS.raw(signals) + SLOPE * (length - TYPICAL))

    def save(self, path: Path) -> None:
        """Write the calibration to ``path``, whole or not at all."""
        aside = path.with_name(path.name + ".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps({"format": FORMAT, "lengths": dict(self.lengths)}) + "\n", encoding="utf-8")
        os.replace(aside, path)  # noqa: PTH105 - the same; Path.replace is not said to be atomic


def load(path: Path) -> Calibration:
    """Return the calibration in ``path``; the one of a typical corpus where there is none, or no readable one."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Calibration()
    if not isinstance(values, dict) or values.get("format") != FORMAT or not isinstance(values.get("lengths"), dict):
        return Calibration()
    lengths: dict[Language, float] = {}
    for language in ("ko", "en"):
        length = values["lengths"].get(language)
        if isinstance(length, int | float) and not isinstance(length, bool) and math.isfinite(length):
            lengths[language] = float(length)
    return Calibration(lengths)


def measure_corpus(lengths: Iterable[tuple[Language, int]]) -> Calibration:
    """Return the calibration of a corpus from the language and the number of words of each (sampled) passage."""
    totals: dict[Language, tuple[int, int]] = {}
    for language, words in lengths:
        count, total = totals.get(language, (0, 0))
        totals[language] = count + 1, total + words
    return Calibration(
        {
            language: (count * math.log(1 + total / count) + SHRINKAGE * TYPICAL) / (count + SHRINKAGE)
            for language, (count, total) in sorted(totals.items())
        }
    )


def sample(count: int) -> list[int]:
    """Return the positions of at most ``SAMPLE`` of ``count`` passages, evenly spaced."""
    taken = min(count, SAMPLE)
    return [position * count // taken for position in range(taken)]
