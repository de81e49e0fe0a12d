"""What documents of Hangul (HWP and HWPX) share: headings, tables, and signs of its own."""

import re
from collections.abc import Sequence

from knowledge.decoding import clean
from knowledge.grids import Cell, to_rows
from knowledge.outline import Line, as_table

LONGEST_HEADING = 80
"""Characters: a longer paragraph of an outline is text that is numbered, not a heading."""

# Signs that Hangul keeps in the private planes: digits in boxes, and the quotation marks of its own fonts.
_OWN = str.maketrans(
    {0xF02B1 + i: f"{i + 1}. " for i in range(9)}
    | {0xF0852: "“", 0xF0853: "”", 0xF0854: "『", 0xF0855: "』", 0xF080F: "―"}
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def readable(text: str) -> str:
    """Return text without signs that only fonts of Hangul have."""
    return _PRIVATE.sub("", clean(text.translate(_OWN)).replace("\u00ad", ""))


def heading_level(text: str, level: int) -> int:
    """Return the level of a paragraph of an outline, or 0 where it is rather text: too long, or a sentence."""
    text = text.strip()
    if not text or len(text) > LONGEST_HEADING or "\n" in text or text.endswith(("다.", "요.", "음.", "함.", ";", ",")):
        return 0
    return level


def in_cell(lines: Sequence[Line]) -> str:
    """Return what a cell holds as one text; a table in it as lines."""
    return "\n".join(line.text for line in lines if line.text.strip()).strip()


def table_lines(cells: Sequence[tuple[Cell, list[Line]]], *, headed: bool = False) -> list[Line]:
    """Return a table; one of a single cell is a frame, and what it holds is text as any other."""
    if len(cells) == 1:
        return cells[0][1]
    return as_table(to_rows(cell for cell, _ in cells), headed=headed)
