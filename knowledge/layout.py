"""Lines as they stand on the pages of a PDF to paragraphs and headings, without what every page repeats."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from knowledge.breaks import Breaks
from knowledge.outline import Line
from knowledge.pages import LONGEST_HEADING, Bookmark, Grid, Levels, Page, Run, repeated_runs

NEIGHBOURS = 8
"""Lines before and after that tell where the right edge of a column is."""

_STARTS = re.compile(
    r"^(?:[-–•·○●◦▪■□◆◇▶▷※*☞➢►ㅇ✓✔]|[①-⑳㉠-㉻]|[(\[<【「]?\d{1,3}[.)\]】]|\d{1,2}-\d|[(]?[가-하][.)]\s|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.\s]"
    r"|제\s?\d+\s?[장절조항]|[QA]\d{0,3}\s?[.:)]|(?:질문|답변|문|답)\s?\d{0,3}\s?[.:)\]]|[\[【<])"
)
_HANGS = re.compile(
    r"^(?:[-–•·○●◦▪■□◆◇▶▷※*☞➢►ㅇ✓✔①-⑳㉠-㉻]|[(\[]?(?:\d{1,3}|[가-하]|[A-Za-z])[.)\]]|[QA]\d{0,3}\s?[.:)])"
)
_ENDED = re.compile(r"[.?!。…:;]['\"”’)\]]?$")
_SENTENCE = re.compile(r"[.?!。…]['\"”’)\]]?\s+")
_HANGUL = re.compile("[가-힣]")


def to_lines(pages: Sequence[Page], bookmarks: Sequence[Bookmark] = ()) -> tuple[list[Line], int]:
    """Return the paragraphs, headings and tables of a document, and how many repeated lines were left out."""
    repeated = repeated_runs(pages)
    breaks = Breaks(_texts(pages))
    levels = Levels(pages, bookmarks)
    lines: list[Line] = []
    for page in pages:
        for line in _page_lines(page, repeated.get(page.number, set()), breaks, levels):
            _append(lines, line, breaks)
    lines = [line if line.rows else replace(line, text=breaks.clean(line.text)) for line in lines]
    return lines, sum(map(len, repeated.values()))


def _page_lines(page: Page, repeated: set[int], breaks: Breaks, levels: Levels) -> Iterator[Line]:
    tables = {min(table.runs): table for table in page.tables if table.runs}
    inside = frozenset().union(*(table.runs for table in page.tables))
    group: list[Run] = []
    for index, run in enumerate(page.runs):
        if index in tables:
            yield from _paragraphs(group, page, breaks, levels)
            group = []
            yield _as_line(tables[index], page.number, breaks)
        if index not in inside and index not in repeated:
            group.append(run)
    yield from _paragraphs(group, page, breaks, levels)


def _as_line(table: Grid, number: int, breaks: Breaks) -> Line:
    rows = table.fill(breaks)
    text = "\n".join("| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows)
    return Line(text, page=number, rows=rows)


def _texts(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the lines of a document as its margins, and the edges of its cells, have broken them."""
    for page in pages:
        inside = frozenset().union(*(table.runs for table in page.tables))
        yield from (run.text for at, run in enumerate(page.runs) if at not in inside)
        for table in page.tables:
            yield from table.lines


def _paragraphs(runs: Sequence[Run], page: Page, breaks: Breaks, levels: Levels) -> Iterator[Line]:
    """Join the lines that the margin has broken; lines in large type that follow each other are one heading."""
    runs = list(_whole(runs))
    pitch = _pitch(runs)
    text, first, level = "", None, 0
    for at, run in enumerate(runs):
        of_run = levels.of(page.number, run)
        before = runs[at - 1] if at else None
        if before is not None and first is not None and text:
            same = of_run == level and (
                _continues(before, run, first, (_edge(runs, at - 1), pitch), breaks)
                if not level
                else 0 < before.bottom - run.bottom < 2 * run.size and len(text) + len(run.text) < LONGEST_HEADING
            )
            if same:
                text = breaks.join(text, run.text)
                continue
        if text:
            yield Line(text, level, page.number)
        text, first, level = run.text, run, of_run
    if text:
        yield Line(text, level, page.number)


def _whole(runs: Iterable[Run]) -> Iterator[Run]:
    """Join pieces that stand on one line, such as a raised number or what follows a tab."""
    current: Run | None = None
    for run in runs:
        if current is None:
            current = run
            continue
        overlap = min(current.top, run.top) - max(current.bottom, run.bottom)
        beside = overlap >= 0.5 * min(current.top - current.bottom, run.top - run.bottom)
        if beside and run.left >= current.right - 0.5 * run.size and run.left - current.right < 12 * current.size:
            apart = run.left - current.right > 0.2 * min(current.size, run.size)
            text = current.text.rstrip() + (" " if apart else "") + run.text.lstrip()
            larger = max(current, run, key=lambda each: (each.size, len(each.text)))
            current = replace(larger, text=text, left=current.left, right=run.right)
        else:
            yield current
            current = run
    if current is not None:
        yield current


def _pitch(runs: Sequence[Run]) -> float:
    """Return the usual distance from line to line."""
    steps = [a.bottom - b.bottom for a, b in pairwise(runs) if 0 < a.bottom - b.bottom < 4 * a.size]
    return median(steps) if steps else 0.0


def _edge(runs: Sequence[Run], at: int) -> float:
    """Return how far to the right the lines around reach that stand in the same column."""
    run = runs[at]
    around = runs[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    column = [
        each.right
        for each in around
        if abs(each.size - run.size) <= 0.15 * run.size and min(each.right, run.right) - max(each.left, run.left) > 0
    ]
    return max(column, default=run.right)


def _continues(before: Run, run: Run, first: Run, of_column: tuple[float, float], breaks: Breaks) -> bool:
    """Tell whether a line goes on with the one before it, which was broken because it was full."""
    edge, pitch = of_column
    step = before.bottom - run.bottom
    if not 0 < step <= 2.2 * before.size or (pitch and step > 1.35 * max(pitch, before.size)):
        return False
    ended = before.text.rstrip()
    # "다." is the fourth item of a list, but at the end of a full line of words rather the end of a sentence.
    starts = _STARTS.match(run.text) and not (run.text.startswith("다.") and _HANGUL.match(ended[-1:]))
    if abs(before.size - run.size) > 0.15 * before.size or starts:
        return False
    if ended.endswith(("?", "？")):
        return False
    hangs = bool(_HANGS.match(first.text))
    if run.left - before.left > 0.7 * run.size and not (hangs and before is first):
        return False
    words = run.text.split(maxsplit=1)
    width = (run.right - run.left) / max(1, len(run.text)) * (len(words[0]) + 1) if words else 0.0
    long = len(ended) >= (14 if _HANGUL.search(ended) else 25)
    return long and edge - before.right < breaks.room(before.text, width, run.size)


def _append(lines: list[Line], line: Line, breaks: Breaks) -> None:
    """Add a line; a paragraph or a table that the end of a page has cut goes on where it was."""
    last = lines[-1] if lines else None
    if last is None or last.page == line.page or last.level or line.level:
        lines.append(line)
    elif last.rows and line.rows and len(last.rows[0]) == len(line.rows[0]):
        lines[-1] = _joined_tables(last, line)
    elif last.rows or line.rows or _is_ended(last.text.rstrip(), line.text):
        lines.append(line)
    else:
        head, rest = _first_sentence(line.text)
        lines[-1] = replace(last, text=breaks.join(last.text, head))
        if rest:
            lines.append(replace(line, text=rest))


def _first_sentence(text: str) -> tuple[str, str]:
    """Return the sentence that a page begins with, and the rest, which belongs to that page."""
    found = _SENTENCE.search(text)
    return (text[: found.end()], text[found.end() :]) if found else (text, "")


def _is_ended(text: str, after: str) -> bool:
    if len(text) < 40 or _ENDED.search(text) or _STARTS.match(after):
        return True
    return text.endswith(("다", "요", "음", "함")) and not after[:1].islower()


def _joined_tables(last: Line, line: Line) -> Line:
    rows, more = list(last.rows), list(line.rows)
    pages = list(last.pages or [last.page] * len(rows))
    if more[0] == rows[0]:
        more = more[1:]
    elif more and not more[0][0].strip() and any(cell.strip() for cell in more[0]):
        rows[-1] = tuple("\n".join(filter(None, pair)) for pair in zip(rows[-1], more[0], strict=True))
        more = more[1:]
    pages += [line.page] * len(more)
    return replace(last, text=f"{last.text}\n{line.text}", rows=(*rows, *more), pages=tuple(pages))
