"""The tables of a page by the lines that are drawn around their cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.grids import Cell, to_rows

CLOSE = 3.0
"""Points within which two lines are one, or meet."""

MOST_RULES = 600
"""Lines on a page, each way; with more it is a drawing."""

MOST_COLUMNS, MOST_ROWS = 40, 200
FILLED = 0.35
"""The least share of cells with text: a chart has lines as well."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line that lies level or stands upright: ``at`` its height or place, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Frame:
    """The cells of a table as drawn: the upright lines from the left and the level ones from the top."""

    xs: list[float]
    ys: list[float]  # falling: the first is the top
    groups: list[list[int]] = field(default_factory=list)  # by row and column, the number of the cell
    texts: dict[int, str] = field(default_factory=dict)

    def cell(self, x: float, y: float) -> int | None:
        """Return the number of the cell at a point, None outside of the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-each for each in self.ys], -y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.groups[row][column]
        return None

    def right(self, number: int) -> float:
        """Return the right edge of a cell."""
        columns = [c for row in self.groups for c, each in enumerate(row) if each == number]
        return self.xs[max(columns) + 1]

    def rows(self) -> list[list[str]]:
        """Return the texts, those of merged cells in each of their rows."""
        places: dict[int, list[tuple[int, int]]] = {}
        for row, line in enumerate(self.groups):
            for column, number in enumerate(line):
                places.setdefault(number, []).append((row, column))
        cells = []
        for number, found in places.items():
            rows, columns = [row for row, _ in found], [column for _, column in found]
            down, across = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
            cells.append(Cell(min(rows), min(columns), self.texts.get(number, ""), down, across))
        return [row for row in to_rows(cells) if any(row)]

    def is_table(self) -> bool:
        """Tell whether enough of the cells hold text, in more than one row and column."""
        numbers = {number for row in self.groups for number in row}
        filled = [row for row in self.rows() if sum(map(bool, row)) > 1]
        return len(filled) > 1 and sum(bool(self.texts.get(n)) for n in numbers) >= FILLED * len(numbers)


def find_frames(level: Iterable[Rule], upright: Iterable[Rule]) -> list[Frame]:
    """Return what may be tables among the lines of a page."""
    flat, tall = _merged(level), _merged(upright)
    if not flat or not tall or len(flat) > MOST_RULES or len(tall) > MOST_RULES:
        return []
    frames = []
    for rows, columns in _clusters(flat, tall):
        xs = _places([*(rule.at for rule in columns), min(r.start for r in rows), max(r.end for r in rows)])
        ys = _places([*(rule.at for rule in rows), min(r.start for r in columns), max(r.end for r in columns)])[::-1]
        if 2 < len(xs) <= MOST_COLUMNS + 1 and 2 < len(ys) <= MOST_ROWS + 1:
            frames.append(Frame(xs, ys, _groups(xs, ys, rows, columns)))
    return frames


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join lines that go on where another ends: borders are drawn cell by cell."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (round(each.at / CLOSE), each.start)):
        last = merged[-1] if merged else None
        if last is not None and abs(last.at - rule.at) <= CLOSE and rule.start <= last.end + CLOSE:
            merged[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _clusters(flat: Sequence[Rule], tall: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the lines that meet each other, group by group."""
    parents = list(range(len(flat) + len(tall)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for i, one in enumerate(flat):
        for j, other in enumerate(tall, len(flat)):
            meets = one.start - CLOSE <= other.at <= one.end + CLOSE
            if meets and other.start - CLOSE <= one.at <= other.end + CLOSE:
                parents[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*flat, *tall]):
        groups.setdefault(root(i), ([], []))[i >= len(flat)].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > CLOSE:
            places.append(value)
    return places


def _groups(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Rule], columns: Sequence[Rule]) -> list[list[int]]:
    """Number the cells; those without a line between them are one."""
    height, width = len(ys) - 1, len(xs) - 1
    numbers = list(range(height * width))

    def root(at: int) -> int:
        while numbers[at] != at:
            at = numbers[at]
        return at

    for row in range(height):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(width):
            center, here = (xs[column] + xs[column + 1]) / 2, root(row * width + column)
            if column + 1 < width and not _crossed(columns, xs[column + 1], middle):
                numbers[root(row * width + column + 1)] = here
            if row + 1 < height and not _crossed(rows, ys[row + 1], center):
                numbers[root((row + 1) * width + column)] = root(here)
    return [[root(row * width + column) for column in range(width)] for row in range(height)]


def _crossed(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= CLOSE and rule.start - CLOSE <= along <= rule.end + CLOSE for rule in rules)
