"""Cells with their places and spans to rows of text, for tables of documents."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_CELLS = 500_000
"""Cells of one table; one that claims more (a row number of a billion) is cut there."""

WIDEST = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and where it stands, from 0, and how many rows and columns it spans."""

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1


def to_rows(cells: Iterable[Cell]) -> list[list[str]]:
    """Return the rows of a table, a cell over several rows written into each of them.

    A name over three rows belongs to each of them; a heading over three columns is still one heading.
    """
    grid: dict[tuple[int, int], str] = {}
    height = width = 0
    for cell in cells:
        if not 0 <= cell.column < WIDEST or not 0 <= cell.row < MOST_CELLS:
            continue
        last = min(cell.row + max(1, cell.down), MOST_CELLS)
        height, width = max(height, last), max(width, min(cell.column + max(1, cell.across), WIDEST))
        if height * width > MOST_CELLS:
            break
        for row in range(cell.row, last):
            grid.setdefault((row, cell.column), cell.text)
    height = min(height, MOST_CELLS // max(1, width))
    return [[grid.get((row, column), "") for column in range(width)] for row in range(height)]
