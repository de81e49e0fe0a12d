"""Print how well the confidence tells answerable from unanswerable questions.

``python -m tests.benchmarks.refusal FOLDER...``: each folder holds corpus.jsonl, questions.jsonl and, where the set has
them, unanswerable.jsonl in the product's own shapes; questions name their passages in ``passage_ids``. The corpus is
indexed and calibrated as after a publish. Printed: AUC, for each line the share of answerable and unanswerable
questions that get an answer, among the answerable ones below the balanced line the share whose passage is among the
nearest three, and the curve: what is answered wrongly when 50 to 95 % of the answerable are answered.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.confidence import LINES
from knowledge.language import language_of
from knowledge.passages import Passage
from knowledge.search import Knowledge

NEAREST = 3
CURVE = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Result:
    """What one corpus gave: confidences, the place of the right passage (0 is first), nearest cosines."""

    confident: NDArray[np.float64]
    places: NDArray[np.int64]
    unanswerable: NDArray[np.float64]
    cosines: NDArray[np.float64]
    unanswerable_cosines: NDArray[np.float64]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    for folder in parser.parse_args().folders:
        result = measure(folder)
        print(f"{folder.name:16}", line(result))
        if len(result.unanswerable):
            print(" " * 17 + curve(result))


def measure(folder: Path) -> Result:
    """Index the corpus in ``folder`` and ask its questions."""
    corpus = _lines(folder / "corpus.jsonl")
    keys = {number: row["id"] for number, row in enumerate(corpus, 1)}
    with tempfile.TemporaryDirectory() as data:
        knowledge = Knowledge(Path(data))
        passages = [_passage(number, row) for number, row in enumerate(corpus, 1)]
        knowledge.index(passages)
        knowledge.calibrate(passages)
        confident, places, cosines = [], [], []
        for row in _lines(folder / "questions.jsonl"):
            found = knowledge.search(row["question"], limit=20)
            right = set(row["passage_ids"])
            hits = (place for place, one in enumerate(found.candidates) if keys[one.id] in right)
            places.append(next(hits, len(corpus)))
            confident.append(found.confidence)
            cosines.append(found.signals.cosine or 0.0)
        outside = [knowledge.search(row["question"]) for row in _lines(folder / "unanswerable.jsonl")]
        knowledge.close()
    return Result(
        np.array(confident),
        np.array(places),
        np.array([found.confidence for found in outside]),
        np.array(cosines),
        np.array([found.signals.cosine or 0.0 for found in outside]),
    )


def line(result: Result) -> str:
    """Return the row of the table."""
    parts = [f"n {len(result.confident):4}+{len(result.unanswerable):3}"]
    if len(result.unanswerable):
        parts.append(f"AUC {auc(result.confident, result.unanswerable):.3f}")
        if result.cosines.any():
            parts.append(f"(cosine {auc(result.cosines, result.unanswerable_cosines):.3f})")
    for name, least in LINES.items():
        wrong = f"/{np.mean(result.unanswerable >= least):.2f}" if len(result.unanswerable) else ""
        parts.append(f"{name} {np.mean(result.confident >= least):.2f}{wrong}")
    below = result.places[result.confident < LINES["balanced"]]
    parts.append(f"nearest three {np.mean(below < NEAREST):.2f} of {len(below)}" if len(below) else "none below")
    answered = result.places[result.confident >= LINES["balanced"]]
    parts.append(f"right of answered {np.mean(answered == 0):.2f}" if len(answered) else "none answered")
    return "  ".join(parts)


def curve(result: Result) -> str:
    """Return the shares of unanswerable questions answered, by the share of answerable ones answered."""
    lines = np.quantile(result.confident, [1 - share for share in CURVE])
    points = zip(CURVE, lines, strict=True)
    return "  ".join(f"{share:.2f}:{np.mean(result.unanswerable >= least):.2f}" for share, least in points)


def auc(positive: Sequence[float] | NDArray[np.float64], negative: Sequence[float] | NDArray[np.float64]) -> float:
    """Return the chance that a positive is above a negative, ties counting half."""
    low = np.sort(np.asarray(negative))
    below = np.searchsorted(low, positive, side="left") + np.searchsorted(low, positive, side="right")
    return float(below.mean() / (2 * len(low)))


def _passage(number: int, row: dict[str, Any]) -> Passage:
    text = row.get("answer") or row.get("text") or ""
    question = row.get("question") or ""
    aliases = tuple(row.get("aliases") or ())
    return Passage(number, language_of(f"{question} {text}"), text, row.get("title") or "", question, aliases)


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(each) for each in path.read_text(encoding="utf-8").splitlines() if each.strip()]


if __name__ == "__main__":
    main()
