"""How sure a figure is: its questions are drawn again and again, with replacement (Efron's percentile bootstrap).

A figure is a function of weights, one for each row: all 1 is the figure itself, other weights are one draw. What
belongs together (the turns of a conversation, the twins of one question) is one group, and drawn together. Two runs
over the same questions are compared on the same draws (paired), so that hard questions weigh the same in both.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

DRAWS = 1_000
LEVEL = 0.95
SEED = 20_261_125
"""The draws are the same each time: the same files give the same figures."""

FEWEST = 10
"""Rows below which no difference is called clear: so few draws of so few rows say nothing of others."""

CELLS = 4_000_000
"""Weights held in memory at a time."""


class Statistic(Protocol):
    """A figure over rows."""

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Which rows say anything about it, shape (rows,)."""

    def __call__(self, weights: Numbers) -> Numbers:
        """Return the figure of each draw, shape (draws,), NaN where no row counts; ``weights`` is (draws, rows)."""


class Mean:
    """The mean of values; rows that are NaN do not count."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = np.asarray(values, dtype=np.float64)
        self.counted = ~np.isnan(self.values)
        self._filled = np.where(self.counted, self.values, 0.0)

    def __call__(self, weights: Numbers) -> Numbers:
        """Return the weighted mean of each draw."""
        return _divided(weights @ self._filled, weights @ self.counted.astype(np.float64))


class Share(Mean):
    """The share of the rows that are so: values of 0 or 1, or rows' own shares; rows that are NaN do not count."""


class Quantile:
    """The smallest value that the share ``q`` of the rows does not go beyond; rows that are NaN do not count."""

    def __init__(self, values: Sequence[float], q: float) -> None:
        self.values = np.asarray(values, dtype=np.float64)
        self.counted = ~np.isnan(self.values)
        self._q = q
        self._order = np.argsort(np.where(self.counted, self.values, np.inf), kind="stable")[: self.counted.sum()]

    def __call__(self, weights: Numbers) -> Numbers:
        """Return the quantile of each draw."""
        if not len(self._order):
            return np.full(len(weights), np.nan)
        passed = np.cumsum(weights[:, self._order], axis=1)
        places = (passed >= self._q * passed[:, -1:]).argmax(axis=1)
        return np.where(passed[:, -1] > 0, self.values[self._order][places], np.nan)


class Auc:
    """The share of pairs of a positive and a negative row in which the positive one has the higher score; ties half."""

    def __init__(self, scores: Sequence[float], positive: Sequence[bool | None]) -> None:
        """``positive``: None where the row is neither."""
        values = np.asarray(scores, dtype=np.float64)
        known = np.asarray([side is not None for side in positive], dtype=np.bool_)
        self.counted = known & ~np.isnan(values)
        rows = np.flatnonzero(self.counted)
        self._order = rows[np.argsort(values[rows], kind="stable")]
        self._positive = np.asarray([bool(positive[row]) for row in self._order], dtype=np.float64)
        ordered = values[self._order]
        self._starts = np.flatnonzero(np.diff(ordered, prepend=-np.inf))

    def __call__(self, weights: Numbers) -> Numbers:
        """Return the area of each draw."""
        if not len(self._order):
            return np.full(len(weights), np.nan)
        taken = weights[:, self._order]
        higher = np.add.reduceat(taken * self._positive, self._starts, axis=1)
        lower = np.add.reduceat(taken * (1 - self._positive), self._starts, axis=1)
        below = np.cumsum(lower, axis=1) - lower / 2
        return _divided((higher * below).sum(axis=1), higher.sum(axis=1) * lower.sum(axis=1))


class Table:
    """A figure of how many rows are in each cell of a table, such as a confusion table."""

    def __init__(self, cells: Sequence[int | None], size: int, figure: Callable[[Numbers], Numbers]) -> None:
        """``cells``: the number of each row's cell, below ``size``; ``figure``: (draws, size) -> (draws,)."""
        self.counted = np.asarray([cell is not None for cell in cells], dtype=np.bool_)
        self._member = np.zeros((len(cells), size))
        for row, cell in enumerate(cells):
            if cell is not None:
                self._member[row, cell] = 1
        self._figure = figure

    def __call__(self, weights: Numbers) -> Numbers:
        """Return the figure of each draw."""
        return self._figure(weights @ self._member)


def _divided(above: Numbers, below: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, the interval in which it lies with ``LEVEL`` sureness, and the number of rows it rests on."""

    value: float
    low: float
    high: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether the interval of a difference leaves out 0, over rows enough: whether it is more than chance."""
        return self.n >= FEWEST and (self.low > 0 or self.high < 0)


def estimate(statistic: Statistic, groups: Sequence[Hashable]) -> Estimate | None:
    """Return the figure with its interval, None where no row counts; ``groups`` names the group of each row."""
    found = _estimate(statistic, groups, statistic.counted)
    return found if found is None or not isinstance(statistic, Share) else _bounded(found, statistic, groups)


def difference(first: Statistic, second: Statistic, groups: Sequence[Hashable]) -> Estimate | None:
    """Return by how much the second is above the first, over the same rows; None where either has no rows."""
    if not (first.counted.any() and second.counted.any()):
        return None
    return _estimate(lambda weights: second(weights) - first(weights), groups, first.counted & second.counted)


def _estimate(
    figure: Callable[[Numbers], Numbers], groups: Sequence[Hashable], counted: NDArray[np.bool_]
) -> Estimate | None:
    value = float(figure(np.ones((1, len(counted))))[0]) if len(counted) else float("nan")
    if np.isnan(value):
        return None
    drawn = np.concatenate([figure(weights) for weights in _draws(groups)])
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(drawn) else (value, value)
    return Estimate(value, float(low), float(high), int(counted.sum()))


def _draws(groups: Sequence[Hashable]) -> Iterator[Numbers]:
    """Yield the weights of all draws, some at a time."""
    numbers: dict[Hashable, int] = {}
    rows = np.asarray([numbers.setdefault(group, len(numbers)) for group in groups])
    generator, count = np.random.default_rng(SEED), len(numbers)
    at_a_time = max(1, min(DRAWS, CELLS // len(rows)))
    for begin in range(0, DRAWS, at_a_time):
        many = min(at_a_time, DRAWS - begin)
        drawn = generator.integers(0, count, size=(many, count)) + count * np.arange(many)[:, None]
        weights = np.bincount(drawn.ravel(), minlength=many * count).reshape(many, count)
        yield weights[:, rows].astype(np.float64)


def _bounded(found: Estimate, share: Share, groups: Sequence[Hashable]) -> Estimate:
    """Return the interval of a share of none or of all, which every draw repeats: by Clopper and Pearson's bound.

    Twenty of twenty are no proof of all: the true share may be .83. Each group counts once.
    """
    values = share.values[share.counted]
    if not (values == values[0]).all() or values[0] not in (0.0, 1.0):
        return found
    trials = len({group for group, counts in zip(groups, share.counted, strict=True) if counts})
    least = float(((1 - LEVEL) / 2) ** (1 / trials))
    return Estimate(found.value, least, 1.0, found.n) if values[0] else Estimate(found.value, 0.0, 1 - least, found.n)
