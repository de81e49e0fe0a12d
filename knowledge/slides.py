"""Slides (PPTX): titles, texts, tables and notes, with the number of each slide (python-pptx)."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table

from knowledge.decoding import clean
from knowledge.entries import Note, Part, UnreadableError, counted
from knowledge.grids import Cell, to_rows
from knowledge.outline import Line, as_table, read_outline
from knowledge.packages import FAULTS, check_package
from knowledge.tables import numbers

MOST_SLIDES = 2_000
DEEPEST = 20
"""Groups inside groups that are opened."""

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_EMPTY = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_FAULTS = (*FAULTS, PythonPptxError, AttributeError, TypeError, IndexError, AssertionError, SyntaxError, RecursionError)


def read_pptx(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a presentation, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, made to exhaust the machine, or has too many slides.
    """
    check_package(data, "pptx")
    try:
        slides = list(Presentation(io.BytesIO(data)).slides)
        if len(slides) > MOST_SLIDES:
            raise UnreadableError("read.too_many_pages", pages=len(slides), limit=MOST_SLIDES)
        reader = _Reader()
        lines = [line for number, slide in enumerate(slides, 1) for line in reader.lines(slide, number)]
    except _FAULTS as error:
        raise UnreadableError("read.broken", format="PPTX") from error
    parts, notes = read_outline(lines)
    return parts, [Note("read.slides", {"count": len(slides)}), *notes, *reader.notes()]


class _Reader:
    """Reads slides and counts what it leaves out."""

    def __init__(self) -> None:
        self.pictures = self.charts = self.comments = 0
        self.hidden: list[int] = []

    def notes(self) -> list[Note]:
        notes = counted({
            "read.pictures": self.pictures, "read.charts": self.charts, "read.comments": self.comments,
        })  # fmt: skip
        if self.hidden:
            notes.append(Note("read.hidden_slides", {"slides": numbers(self.hidden)}))
        return notes

    def lines(self, slide: Slide, number: int) -> Iterator[Line]:
        """Yield the title of a slide, what stands on it from the top to the bottom, and the speaker's notes."""
        if slide._element.get("show") in ("0", "false"):
            self.hidden.append(number)
            return
        self.comments += sum("comments" in relation.reltype for relation in slide.part.rels.values())
        title = slide.shapes.title
        named = " ".join(_paragraphs(title.text_frame)) if title is not None else ""
        yield Line(clean(named), 1, number)
        for shape in _ordered(slide.shapes):
            if title is None or shape.shape_id != title.shape_id:
                yield from self._shape(shape, number, 0)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            for text in _paragraphs(slide.notes_slide.notes_text_frame):
                yield Line(clean(text), page=number)

    def _shape(self, shape: Any, number: int, depth: int) -> Iterator[Line]:
        if isinstance(shape, GroupShape):
            for each in _ordered(shape.shapes) if depth < DEEPEST else ():
                yield from self._shape(each, number, depth + 1)
        elif getattr(shape, "has_table", False):
            yield from as_table(_rows(shape.table), number)
        elif getattr(shape, "has_text_frame", False):
            if not shape.is_placeholder or shape.placeholder_format.type not in _EMPTY:
                yield from (Line(clean(text), page=number) for text in _paragraphs(shape.text_frame))
        elif shape._element.tag.endswith("}pic"):
            self.pictures += 1
        elif getattr(shape, "has_chart", False):
            rows = _chart(shape)
            self.charts += not rows
            yield from as_table(rows, number)
        elif shape._element.tag.endswith("}graphicFrame"):
            texts = _diagram(shape)
            self.charts += not texts
            yield from (Line(clean(text), page=number) for text in texts)


def _ordered(shapes: Iterable[Any]) -> list[Any]:
    """Return shapes as a person reads them: placeholders first come first, then from the top, then from the left."""
    return sorted(shapes, key=lambda shape: (_place(shape.top), _place(shape.left)))


def _place(value: Any) -> int:
    return round(int(value or 0) / 100_000)  # a few millimetres are the same height


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        text = paragraph.text.replace("\v", "\n").strip()
        if text:
            yield text


def _rows(table: Table) -> list[list[str]]:
    cells = []
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            if not cell.is_spanned:
                text = clean("\n".join(_paragraphs(cell.text_frame)))
                cells.append(Cell(row, column, text, cell.span_height, cell.span_width))
    return to_rows(cells)


def _chart(shape: Any) -> list[list[str]]:
    """Return the numbers of a chart: a row for each category, a column for each series; none of an unknown kind."""
    try:
        chart = shape.chart
        plots = list(chart.plots)
    except _FAULTS:
        return []
    if not plots:
        return []
    series = [(str(each.name), list(each.values)) for plot in plots for each in plot.series]
    names = [str(category) for category in plots[0].categories]
    title = clean(chart.chart_title.text_frame.text) if chart.has_title and chart.chart_title.has_text_frame else ""
    rows = [[title, *(clean(name) for name, _ in series)]]
    for at, name in enumerate(names[:MOST_SLIDES]):
        values = [values[at] if at < len(values) else None for _, values in series]
        rows.append([clean(name), *("" if value is None else f"{value:.12g}" for value in values)])
    return rows


def _diagram(shape: Any) -> list[str]:
    """Return the texts of a diagram (SmartArt), which stand in a part of their own."""
    data = next((each for each in shape._element.iter() if each.tag == f"{{{_DIAGRAM}}}relIds"), None)
    if data is None:
        return []
    key = next((value for name, value in data.attrib.items() if name.endswith("}dm")), "")
    part = shape.part.related_part(key)
    root = parse_xml(part.blob)
    texts = ("".join(run.text or "" for run in p.iter(f"{_DRAWING}t")) for p in root.iter(f"{_DRAWING}p"))
    return [text.strip() for text in texts if text.strip()]
