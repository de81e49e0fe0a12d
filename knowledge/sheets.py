"""Excel workbooks, old and new, as rows of text (python-calamine)."""

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from knowledge.decoding import clean
from knowledge.entries import UnreadableError
from knowledge.packages import MAX_CELLS, check_package

_COMMENTS = re.compile(r"^xl/(?:comments/?|threadedComments/threadedComment)\d*\.xml$|^xl/comments/comment\d+\.xml$")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s")

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the first one on, and how many merged areas were filled."""

    name: str
    rows: list[list[str]]
    merged: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets, in order, the names of the hidden ones, and how many pictures and comments there are."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    pictures: int = 0
    comments: int = 0


def read_workbook(data: bytes, kind: str) -> Workbook:
    """Return the sheets of an ``xlsx``, ``xls`` or ``ods`` file.

    Raises:
        UnreadableError: it is damaged, protected by a password, or made to exhaust the machine.
    """
    if kind != "xls":
        check_package(data, kind)
    try:
        book = _read(data)
        if kind != "xlsx":
            return book
        pictures, comments = _left_out(data)
        return replace(book, pictures=pictures, comments=comments)
    except PasswordError as error:
        raise UnreadableError("read.password") from error
    except CalamineError as error:
        raise UnreadableError("read.broken", format=kind.upper()) from error
    except (ValueError, OSError) as error:
        raise UnreadableError("read.broken", format=kind.upper()) from error
    except BaseException as error:  # the reader's own panic on a damaged file is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError("read.broken", format=kind.upper()) from error


def _left_out(data: bytes) -> tuple[int, int]:
    """Count the pictures and the comments of the cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        comments = [archive.read(name) for name in names if _COMMENTS.match(name)]
        pictures = sum(name.startswith("xl/media/") and not name.endswith("/") for name in names)
    return pictures, sum(len(_COMMENT.findall(xml)) for xml in comments)


def _read(data: bytes) -> Workbook:
    sheets, hidden = [], []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for about in book.sheets_metadata:
            if about.visible is not SheetVisibleEnum.Visible:
                hidden.append(about.name)
                continue
            sheets.append(_sheet(book.get_sheet_by_name(about.name)))
    return Workbook(tuple(sheets), tuple(hidden))


def _sheet(sheet: CalamineSheet) -> Sheet:
    cells = sheet.total_height * sheet.total_width
    if cells > MAX_CELLS:
        raise UnreadableError("read.too_many_cells", cells=cells, limit=MAX_CELLS)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(clean(sheet.name), rows, _fill(rows, sheet.merged_cell_ranges or ()))


def _fill(rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Write the text of each merged area into its other rows, first column only; return how many areas had some.

    A name over three rows belongs to each of them; a heading over three columns is still one heading.
    """
    filled, budget = 0, MAX_CELLS
    for (top, left), (bottom, _right) in merged:
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left] or bottom <= top:
            continue
        bottom = min(bottom, len(rows) - 1)
        budget -= bottom - top
        if budget < 0:
            break
        for at in range(top + 1, bottom + 1):
            if left < len(rows[at]):
                rows[at][left] = rows[top][left]
        filled += 1
    return filled


def _text(cell: Cell) -> str:
    """Return the cell as a person reads it: 3 and not 3.0, a date without midnight."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.12g}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "minutes")
    return str(cell)
