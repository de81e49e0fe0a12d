"""Cells of a CSV file that Excel would take for formulas: an apostrophe before them keeps them text, and is taken off
again when the file comes back."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """Return the cell as it can be opened without harm; numbers are none."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell without the apostrophe that ``guarded`` put before it."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
