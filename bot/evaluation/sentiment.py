"""How well moods are told: labels and scores (`dapbot sentiment --output`) against those that people gave."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import UserError
from bot.evaluation.bootstrap import Auc, Numbers, Share, Statistic, Table
from bot.evaluation.figures import Evaluation, Measured, evaluation
from bot.evaluation.files import rows_of
from bot.sentiment.reading import LONGEST, read, sentiment_line
from knowledge.language import language_of
from knowledge.passages import Progress

LABELS = ("negative", "neutral", "positive")
_NAMES = {
    **{label: label for label in LABELS},
    **dict.fromkeys(("neg", "부정", "나쁨"), "negative"),
    **dict.fromkeys(("neu", "중립", "보통"), "neutral"),
    **dict.fromkeys(("pos", "긍정", "좋음"), "positive"),
}
_WIDTH = len(LABELS) + 1
"""Columns of the confusion table: what was said, and last where nothing was."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the label a person gave it."""

    id: str
    text: str
    label: str


def labelled(path: Path) -> list[Labelled]:
    """Return the lines ``{"id", "text", "label"}`` of a file; labels may be short (``neg``) or Korean (``부정``).

    Raises:
        UserError: the file cannot be read, or a line is not what it should be.
    """
    return [_labelled(path, row.number, row.id, row.values) for row in rows_of(path)]


def _labelled(path: Path, number: int, name: str, values: Mapping[str, Any]) -> Labelled:
    label = _NAMES.get(str(values.get("label")).strip().lower())
    if not isinstance(values.get("text"), str) or label is None:
        raise UserError("evaluate.label_line", file=path, line=number)
    return Labelled(name, values["text"], label)


def own_labels(texts: Sequence[Labelled], progress: Progress) -> dict[str, dict[str, Any]]:
    """Return the lines that our own model gives the texts, by id."""
    lines = {}
    for done, each in enumerate(texts, 1):
        lines[each.id] = sentiment_line(read(each.text))
        if done % 100 == 0 or done == len(texts):
            progress(done, len(texts))
    return lines


def evaluate_sentiment(
    texts: Sequence[Labelled],
    first: Mapping[str, Mapping[str, Any]],
    second: Mapping[str, Mapping[str, Any]] | None = None,
) -> Evaluation:
    """Return the figures of one or two runs; lines are found by the id of their text, one that is missing is wrong."""
    runs = [_measured(texts, lines) for lines in (first, second) if lines is not None]
    return evaluation([text.id for text in texts], *runs)


def _measured(texts: Sequence[Labelled], lines: Mapping[str, Mapping[str, Any]]) -> Measured:
    said = [lines.get(text.id, {}) for text in texts]
    cells = [_cell(text.label, line.get("label")) for text, line in zip(texts, said, strict=True)]
    scores = [_score(line) for line in said]
    counts = np.bincount(cells, minlength=len(LABELS) * _WIDTH).reshape(len(LABELS), _WIDTH)
    rows = {
        label: dict(zip((*LABELS, "none"), map(int, row), strict=True))
        for label, row in zip(LABELS, counts, strict=True)
    }
    failed = sum(line.get("label") not in LABELS for line in said)
    confusion = {label: row for label, row in rows.items() if sum(row.values())}
    present = [place for place, label in enumerate(LABELS) if label in confusion]
    return Measured(
        {"texts": len(texts), "failed": failed, "labels": confusion},
        {
            **_overall(cells, present),
            **_sides(texts, scores),
            **_by_language(texts, cells),
            **_by_label(cells, present),
        },
    )


def _cell(truth: str, said: Any) -> int:
    return LABELS.index(truth) * _WIDTH + (LABELS.index(said) if said in LABELS else len(LABELS))


def _score(line: Mapping[str, Any]) -> float:
    score = line.get("score")
    return float(score) if isinstance(score, int | float) and abs(score) <= 1 else float("nan")


def _overall(cells: Sequence[int], present: Sequence[int]) -> dict[str, Statistic]:
    return {
        "accuracy": Share(_right(cells)),
        "balanced_accuracy": _table(cells, partial(_mean_of, _recall, present)),
        "macro_f1": _table(cells, partial(_mean_of, _f1, present)),
    }


def _sides(texts: Sequence[Labelled], scores: Sequence[float]) -> dict[str, Statistic]:
    """Praise against complaint by the score alone, whatever is called neutral; texts labelled neutral do not count."""
    sides = [None if text.label == "neutral" else text.label == "positive" for text in texts]
    cells = [None if side is None else _side_cell(side, score) for side, score in zip(sides, scores, strict=True)]
    return {"side_balanced_accuracy": Table(cells, 4, _side_balanced), "side_auc": Auc(scores, sides)}


def _side_cell(praise: bool, score: float) -> int:
    """Return where a text stands in the table of sides; one without a score is on the wrong one."""
    above = score > 0 if not math.isnan(score) else not praise
    return 2 * praise + above


def _by_language(texts: Sequence[Labelled], cells: Sequence[int]) -> dict[str, Statistic]:
    """Accuracy in each language, where there are both."""
    spoken = [language_of(text.text[:LONGEST]) for text in texts]
    if len(set(spoken)) < 2:
        return {}
    right = _right(cells)
    return {
        f"accuracy_{language}": Share(_where([each == language for each in spoken], right)) for language in ("ko", "en")
    }


def _by_label(cells: Sequence[int], present: Sequence[int]) -> dict[str, Statistic]:
    """Recall over the texts that people gave a label, precision over those that we did, and what unites them."""
    right = _right(cells)
    figures: dict[str, Statistic] = {}
    for place in present:
        label = LABELS[place]
        figures[f"{label}_precision"] = Share(_where([cell % _WIDTH == place for cell in cells], right))
        figures[f"{label}_recall"] = Share(_where([cell // _WIDTH == place for cell in cells], right))
        figures[f"{label}_f1"] = _table(cells, partial(_of, _f1, place))
    return figures


def _right(cells: Sequence[int]) -> list[float]:
    return [float(cell // _WIDTH == cell % _WIDTH) for cell in cells]


def _where(counts: Sequence[bool], values: Sequence[float]) -> list[float]:
    return [value if each else math.nan for each, value in zip(counts, values, strict=True)]


# --- figures of confusion tables: counts of shape (draws, true labels, said labels and none) -------------------------


def _table(cells: Sequence[int | None], figure: Callable[[Numbers], Numbers]) -> Table:
    return Table(cells, len(LABELS) * _WIDTH, lambda counts: figure(counts.reshape(-1, len(LABELS), _WIDTH)))


def _of(figure: Callable[[Numbers], Numbers], place: int, counts: Numbers) -> Numbers:
    column: Numbers = figure(counts)[:, place]
    return column


def _mean_of(figure: Callable[[Numbers], Numbers], present: Sequence[int], counts: Numbers) -> Numbers:
    """Return the mean over the labels that the file has; a draw without one of them is none."""
    mean: Numbers = figure(counts)[:, list(present)].mean(axis=1)
    return mean


def _diagonal(counts: Numbers) -> Numbers:
    return np.diagonal(counts, axis1=1, axis2=2)


def _recall(counts: Numbers) -> Numbers:
    return _over(_diagonal(counts), counts.sum(axis=2))


def _f1(counts: Numbers) -> Numbers:
    return _over(2 * _diagonal(counts), counts.sum(axis=2) + counts[:, :, : len(LABELS)].sum(axis=1))


def _side_balanced(counts: Numbers) -> Numbers:
    """``counts``: (draws, 4): complaints by score up to 0 and above, praise by score up to 0 and above."""
    return (_over(counts[:, 0], counts[:, 0] + counts[:, 1]) + _over(counts[:, 3], counts[:, 2] + counts[:, 3])) / 2


def _over(part: Numbers, whole: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
