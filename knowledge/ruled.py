"""The tables of a page by the lines that are drawn around their cells."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import neg

from knowledge.breaks import Breaks
from knowledge.decoding import clean
from knowledge.grids import Cell, to_rows
from knowledge.pages import Grid, Run

CLOSE = 3.0
"""Points within which two lines are one, or meet."""

MOST_RULES = 600
"""Lines on a page, each way; with more it is a drawing."""

MOST_COLUMNS, MOST_ROWS = 40, 200
FILLED = 0.35
"""The least share of cells with text: a chart has lines as well."""

THIN, SHORTEST = 3.0, 6.0
"""Points: a filled shape no thicker than the one and longer than the other is a line."""

_PADDING = 5.5
"""Points between the text of a cell and its border."""

_ENDED = re.compile(r"[.?!:]$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line that lies level or stands upright: ``at`` its height or place, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page beside its text."""

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    pictures: int = 0
    covered: float = 0.0  # the share of the page under pictures
    paths: int = 0


@dataclass(slots=True)
class Frame:
    """The cells of a table as drawn: the upright lines from the left and the level ones from the top."""

    xs: list[float]
    ys: list[float]  # falling: the first is the top
    groups: list[list[int]] = field(default_factory=list)  # by row and column, the number of the cell
    texts: dict[int, str] = field(default_factory=dict)
    continues: bool = False  # it stands where the last table of the page before would go on

    def cell(self, x: float, y: float) -> int | None:
        """Return the number of the cell at a point, None outside of the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, -y, key=neg) - 1
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
        if self.continues:
            return any(self.texts.values())
        filled = [row for row in self.rows() if sum(map(bool, row)) > 1]
        return len(filled) > 1 and sum(bool(self.texts.get(n)) for n in numbers) >= FILLED * len(numbers)


def add_line(drawn: Drawn, box: tuple[float, float, float, float]) -> bool:
    """Take a shape as a line where it is thin; return whether it was."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if height <= THIN and width >= SHORTEST:
        drawn.level.append(Rule((bottom + top) / 2, left, right))
    elif width <= THIN and height >= SHORTEST:
        drawn.upright.append(Rule((left + right) / 2, bottom, top))
    return height <= THIN or width <= THIN


def find_frames(level: Iterable[Rule], upright: Iterable[Rule], before: Sequence[float] = ()) -> list[Frame]:
    """Return what may be tables among the lines of a page; ``before``: the columns of the last one of the page before.

    The first one with these columns goes on with that table, even where it is a single row.
    """
    flat, tall = _merged(level), _merged(upright)
    if not flat or not tall or len(flat) > MOST_RULES or len(tall) > MOST_RULES:
        return []
    frames = []
    for rows, columns in _clusters(flat, tall):
        xs = _places([*(rule.at for rule in columns), min(r.start for r in rows), max(r.end for r in rows)])
        ys = _places([*(rule.at for rule in rows), min(r.start for r in columns), max(r.end for r in columns)])[::-1]
        same = len(xs) == len(before) and all(abs(x - y) <= CLOSE for x, y in zip(xs, before, strict=True))
        enough = same or (len(rows) > 1 and len(ys) > 2)  # the end of a page leaves out the upper line of a row
        if enough and 2 < len(xs) <= MOST_COLUMNS + 1 and 1 < len(ys) <= MOST_ROWS + 1:
            frames.append(Frame(xs, ys, _groups(xs, ys, rows, columns), continues=same))
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
    return [group for group in groups.values() if group[0] and group[1]]


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


def cell_lines(characters: Sequence[Run]) -> list[Run]:
    """Return the lines that stand in a cell."""
    lines: list[Run] = []
    for each in characters:
        last = lines[-1] if lines else None
        if last is None or abs(last.middle - each.middle) > 0.6 * last.size:
            if not each.text.isspace():
                lines.append(each)
            continue
        apart = each.left - last.right > 0.25 * last.size and not (each.text.isspace() or last.text.endswith(" "))
        said = last.text + (" " if apart else "") + each.text
        lines[-1] = Run(said, last.left, max(last.right, each.right), last.bottom, last.top, last.size)
    return lines


def cell_text(lines: Sequence[Run], edge: float, breaks: Breaks) -> str:
    """Return what stands in a cell: a line that its edge has broken goes on, any other ends."""
    text = lines[0].text if lines else ""
    for before, line in pairwise(lines):
        word = line.text.split(maxsplit=1)[0] if line.text.split() else ""
        width = (line.right - line.left) / max(1, len(line.text)) * (len(word) + 1)
        room = breaks.room(before.text, width, before.size) + _PADDING
        goes_on = edge - before.right < room and len(before.text) >= 8 and not _ENDED.search(before.text.rstrip())
        text = breaks.join(text, line.text) if goes_on else f"{text}\n{line.text}"
    return clean("\n".join(breaks.clean(part) for part in text.split("\n"))).strip()


def to_grid(frame: Frame, cells: Mapping[int, Sequence[Run]], runs: Sequence[Run]) -> Grid | None:
    """Return the table that a frame is with the characters in its cells; None where it is none."""
    lines = {number: cell_lines(characters) for number, characters in cells.items()}
    frame.texts = {number: " ".join(line.text for line in of_cell) for number, of_cell in lines.items()}
    right = frame.xs[-1] - 1
    inside = frozenset(
        at for at, run in enumerate(runs) if frame.cell((run.left + min(run.right, right)) / 2, run.middle) is not None
    )
    if not inside or not frame.is_table():
        return None

    def fill(breaks: Breaks) -> tuple[tuple[str, ...], ...]:
        frame.texts = {number: cell_text(of_cell, frame.right(number), breaks) for number, of_cell in lines.items()}
        return tuple(map(tuple, frame.rows()))

    said = tuple(line.text for of_cell in lines.values() for line in of_cell)
    return Grid(inside, said, fill, tuple(frame.xs))
