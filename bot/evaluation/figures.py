"""Figures of one run, or of two over the same questions, as JSON and people read them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.evaluation.bootstrap import Estimate, Statistic, difference, estimate

PLACES = 4


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured on one run: figures with their intervals, and plain counts beside them."""

    counts: Mapping[str, Any]
    figures: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run, and where there is a second one over the same questions, by how much it is above the first."""

    first: Run
    second: Run | None = None
    differences: Mapping[str, Estimate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """The statistics of one run, and its counts."""

    counts: Mapping[str, Any]
    statistics: Mapping[str, Statistic]


def evaluation(groups: Sequence[Hashable], first: Measured, second: Measured | None = None) -> Evaluation:
    """Return the figures of one or two runs; ``groups`` names for each row what is drawn together."""
    if second is None:
        return Evaluation(_run(groups, first))
    both = {
        name: difference(statistic, second.statistics[name], groups)
        for name, statistic in first.statistics.items()
        if name in second.statistics
    }
    differences = {name: found for name, found in both.items() if found is not None}
    return Evaluation(_run(groups, first), _run(groups, second), differences)


def _run(groups: Sequence[Hashable], measured: Measured) -> Run:
    found = {name: estimate(statistic, groups) for name, statistic in measured.statistics.items()}
    return Run(measured.counts, {name: each for name, each in found.items() if each is not None})


def evaluation_line(found: Evaluation) -> dict[str, Any]:
    """Return it as JSON can hold it: counts and ``figures``, the second run under ``against``, ``differences``."""
    line = _run_line(found.first)
    if found.second is not None:
        line["against"] = _run_line(found.second)
        line["differences"] = {
            name: estimate_line(each) | {"clear": each.clear} for name, each in found.differences.items()
        }
    return line


def _run_line(run: Run) -> dict[str, Any]:
    return {**run.counts, "figures": {name: estimate_line(each) for name, each in run.figures.items()}}


def estimate_line(found: Estimate) -> dict[str, Any]:
    """Return a figure as JSON can hold it."""
    numbers = {name: rounded(getattr(found, name)) for name in ("value", "low", "high")}
    return {**numbers, "n": found.n}


def rounded(number: float) -> float:
    """Return the number with places enough for what it is: a cost of 0.0000123 is no 0."""
    return round(number, PLACES) if abs(number) >= 0.01 or not number else float(f"{number:.3g}")
