"""PDF files (pypdfium2): their lines with places, the tables drawn on their pages, bookmarks, and what has no text."""

import ctypes
import math
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from knowledge.decoding import clean
from knowledge.entries import Note, Part, UnreadableError
from knowledge.layout import to_lines
from knowledge.outline import read_outline
from knowledge.pages import Bookmark, Grid, Page, Run
from knowledge.ruled import Drawn, Frame, add_line, find_frames, to_grid
from knowledge.tables import numbers

MOST_PAGES = 2_000
FEWEST_CHARACTERS = 20
"""A page with fewer is a scan where a picture or a drawing fills it."""

MOST_OBJECTS = 20_000
"""Objects of a page that are looked at, and segments of a drawing: beyond them it is a picture, not a table."""

MOST_SEGMENTS = 400
MOST_STRANGE = 4
"""Signs of a page that stand for no character; from there on its text may be wrong, and that is told."""

_PICTURE = 0.02
_UNMAPPED = 0.3
"""Shares: of a page that a picture worth counting covers, and of signs that stand for no character."""

_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_LOCK = threading.Lock()
"""The library is not made for threads."""


def read_pdf(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a PDF file, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, locked, has too many pages, or consists of pictures of text (scans).
    """
    with _LOCK:
        document = _opened(data)
        try:
            return _read(document)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError("read.broken", format="PDF") from error
        finally:
            document.close()


def _opened(data: bytes) -> "pypdfium2.PdfDocument":
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableError("read.password") from error
        if code == pdfium.FPDF_ERR_SECURITY:
            raise UnreadableError("read.drm", format="PDF") from error
        raise UnreadableError("read.broken", format="PDF") from error


def _read(document: "pypdfium2.PdfDocument") -> tuple[list[Part], list[Note]]:
    count = len(document)
    if count > MOST_PAGES:
        raise UnreadableError("read.too_many_pages", pages=count, limit=MOST_PAGES)
    pages: list[Page] = []
    scanned: list[int] = []
    broken: list[int] = []
    pictures = 0
    for number in range(1, count + 1):
        try:
            last = pages[-1].tables[-1:] if pages else []
            page, drawn = _page(document, number, last[0].columns if last else ())
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        pages.append(page)
        pictures += drawn.pictures
        few = sum(len(run.text.strip()) for run in page.runs) < FEWEST_CHARACTERS
        if few and (drawn.covered > 0.3 or drawn.paths > 100):
            scanned.append(number)
    if len(broken) == count:
        raise UnreadableError("read.broken", format="PDF")
    _refuse_unread(pages, scanned)
    strange = [page.number for page in pages if len(_STRANGE.findall(_text(page))) >= MOST_STRANGE]
    lines, repeated = to_lines(pages, list(_bookmarks(document)))
    parts, notes = read_outline(lines)
    said: list[tuple[str, dict[str, Any]]] = [
        ("read.pages", {"count": count}),
        ("read.headers_left_out", {"count": repeated}),
        ("read.pages_without_text", {"count": len(scanned), "pages": numbers(scanned)}),
        ("read.pages_unmapped", {"count": len(strange), "pages": numbers(strange)}),
        ("read.pages_broken", {"count": len(broken), "pages": numbers(broken)}),
        ("read.pictures", {"count": pictures}),
    ]
    return parts, [*notes, *(Note(phrase, values) for phrase, values in said if values["count"])]


def _refuse_unread(pages: Sequence[Page], scanned: Sequence[int]) -> None:
    """Refuse scans, and text whose signs stand for no characters."""
    used = {page.number for page in pages if page.runs} | set(scanned)
    if scanned and len(scanned) > 0.5 * len(used):
        raise UnreadableError("read.scanned", pages=len(pages))
    text = "".join(map(_text, pages))
    if text and len(_STRANGE.findall(text)) > _UNMAPPED * len(text):
        raise UnreadableError("read.unmapped")


def _text(page: Page) -> str:
    return "".join(run.text for run in page.runs)


def _bookmarks(document: "pypdfium2.PdfDocument") -> Iterator[Bookmark]:
    for at, bookmark in enumerate(document.get_toc(max_depth=10)):
        target = bookmark.get_dest()
        place = target.get_index() if target is not None else None
        if place is not None:
            yield place + 1, bookmark.level + 1, clean(bookmark.get_title() or "")
        if at >= MOST_OBJECTS:
            return


def _page(document: "pypdfium2.PdfDocument", number: int, before: Sequence[float]) -> tuple[Page, Drawn]:
    source = document[number - 1]
    try:
        width, height = source.get_size()
        text = source.get_textpage()
        try:
            page = Page(number, width, height, list(_runs(text)))
            drawn = _drawn(source, width * height)
            frames = find_frames(drawn.level, drawn.upright, before) if page.runs else []
            if frames:
                page.tables = _tables(text, page, frames)
        finally:
            text.close()
    finally:
        source.close()
    return page, drawn


def _runs(text: "pypdfium2.PdfTextPage") -> Iterator[Run]:
    """Yield the lines of a page as the library finds them, with their places; those that stand upright come last."""
    whole = text.get_text_range()
    wide = bool(whole) and max(whole) > "\uffff"
    turned: list[Run] = []
    at = 0
    for line in re.split(r"(\r\n|\r|\n)", whole):
        said = line.strip()
        if said:
            start, end = at + line.index(said[0]), at + len(line.rstrip()) - 1
            indexes = [_index(text, place + _beyond(whole, place) if wide else place) for place in (start, end)]
            first, last = _box(text, indexes[0]), _box(text, indexes[1])
            if first and last:
                size, upright = _size(text, indexes[0], first[3] - first[1])
                run = Run(clean(line).lstrip(), first[0], max(last[2], first[2]), last[1], first[3], size)
                if upright:
                    turned.append(replace(run, size=1.0))  # no heading, whatever its size
                else:
                    yield run
        at += len(line)
    yield from turned


def _beyond(whole: str, at: int) -> int:
    """Return how many signs beyond the first plane stand before a place: the library counts each twice."""
    return sum(c > "\uffff" for c in whole[:at])


def _index(text: "pypdfium2.PdfTextPage", at: int) -> int:
    number: int = pdfium.FPDFText_GetCharIndexFromTextIndex(text, at)
    return number


def _size(text: "pypdfium2.PdfTextPage", index: int, height: float) -> tuple[float, bool]:
    """Return the size of the type in points, and whether the text is turned by a quarter."""
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text, index)
    if size <= 0 or not pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        return max(height, 1.0), False
    return max(size * math.hypot(matrix.c, matrix.d), 1.0), abs(matrix.b) > abs(matrix.a)


def _box(text: "pypdfium2.PdfTextPage", index: int) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right and top of a character."""
    box = pdfium.FS_RECTF()
    if index < 0 or not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return None
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def _drawn(page: "pypdfium2.PdfPage", area: float) -> Drawn:
    """Look through the pictures and lines of a page."""
    drawn = Drawn()
    for at in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        share = (right.value - left.value) * (top.value - bottom.value) / max(area, 1.0)
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            drawn.covered += share
            drawn.pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE and share > _PICTURE
            continue
        drawn.paths += 1
        box = (left.value, bottom.value, right.value, top.value)
        if not add_line(drawn, box):
            _add_path(drawn, item)
    return drawn


def _add_path(drawn: Drawn, item: object) -> None:
    """Take the lines of a drawing of several: thin shapes in it, and its straight edges where they are drawn."""
    count = pdfium.FPDFPath_CountSegments(item)
    if not 0 < count <= MOST_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    for points in _shapes(item, count):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if add_line(drawn, (min(xs), min(ys), max(xs), max(ys))) or not stroke.value:
            continue
        for (x, y), (to_x, to_y) in zip(points, [*points[1:], points[0]], strict=True):
            if min(abs(x - to_x), abs(y - to_y)) <= 0.5:
                add_line(drawn, (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))


def _shapes(item: object, count: int) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path, in points of the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
    if points:
        yield points


def _sign(code: int) -> str:
    return "" if 0xD800 <= code < 0xE000 else chr(code)  # half of a sign beyond the first plane


def _tables(text: "pypdfium2.PdfTextPage", page: Page, frames: Sequence[Frame]) -> list[Grid]:
    """Fill the cells with the characters that stand in them; a frame without enough of them is no table."""
    pieces: list[dict[int, list[Run]]] = [{} for _ in frames]
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code < 32 or not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        bottom, top = min(box.bottom, box.top), max(box.bottom, box.top)
        for at, frame in enumerate(frames):
            number = frame.cell((box.left + box.right) / 2, (bottom + top) / 2)
            if number is not None:
                run = Run(_sign(code), box.left, box.right, bottom, top, max(top - bottom, 1.0))
                pieces[at].setdefault(number, []).append(run)
                break
    found = (to_grid(frame, cells, page.runs) for frame, cells in zip(frames, pieces, strict=True))
    return [grid for grid in found if grid is not None]
