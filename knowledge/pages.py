"""What stands on the pages of a PDF, and what of it is header, footer or heading."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.breaks import Breaks

LONGEST_HEADING = 100
"""Characters of a line in large type that is a heading."""

LARGER = 1.15
"""A heading's type is larger than that of the text by this factor."""

COMMON = 0.2
"""A type that takes this share of the letters is none of headings, however large."""

FEWEST_PAGES = 3
"""Pages a document needs before what they share counts as header or footer."""

EDGE_RUNS = 3
"""Lines at the top and at the bottom of a page that may be header or footer."""

_LISTED = re.compile(r"^[-–•·○●◦▪※*☞➢►ㅇ✓✔]")
_NUMBER = re.compile(r"\d+")
_MARKED_NUMBER = re.compile(
    r"^\s*(?:[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?/\s?\d{1,4}|page \d{1,4}|\d{1,4}\s?쪽)\s*$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"^\W{0,4}(?:page|쪽|p\.)?\s?#\s?(?:(?:/|of|쪽|페이지|중|\|)\s?#?)?\W{0,4}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A line, or a piece of one, where it stands: in points from the left and the bottom; ``size``: its height."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.bottom + self.top) / 2


Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found on a page: ``runs`` are those of the page that are part of it, the first one giving its place.

    ``lines``: what stands in its cells, line by line; ``fill`` makes rows of them, once it is known how the document
    breaks its lines; ``columns``: where the lines between them stand.
    """

    runs: frozenset[int]
    lines: tuple[str, ...]
    fill: Callable[[Breaks], Rows]
    columns: tuple[float, ...] = ()


@dataclass(slots=True)
class Page:
    """A page: its runs in the order of the file, and its tables."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)


Bookmark = tuple[int, int, str]
"""The page, the level, both from 1, and the title."""


def repeated_runs(pages: Sequence[Page]) -> dict[int, set[int]]:
    """Return, by page, the runs that are headers, footers and numbers: the same words at the same height elsewhere."""
    if len(pages) < FEWEST_PAGES:
        return {page.number: set(_numbers(page)) for page in pages}
    seen: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for page in pages:
        order = sorted(range(len(page.runs)), key=lambda i: -page.runs[i].middle)
        for index in {*order[:EDGE_RUNS], *order[-EDGE_RUNS:]}:
            run = page.runs[index]
            words = _NUMBER.sub("#", " ".join(run.text.split()))
            for height in {round(run.middle / 6), round(run.middle / 6 + 0.5)}:
                seen.setdefault((words, height), []).append((page.number, index))
    found: dict[int, set[int]] = {}
    for (words, _), places in seen.items():
        count = len({number for number, _ in places})
        enough = 2 if _PAGE_NUMBER.match(words) else max(FEWEST_PAGES, 0.3 * len(pages))
        if count >= enough:
            for number, index in places:
                found.setdefault(number, set()).add(index)
    return found


def _numbers(page: Page) -> Iterator[int]:
    """Yield the runs that can only be the number of the page: "- 1 -" or "1 / 2" at its edge."""
    for at, run in enumerate(page.runs):
        edge = not 0.08 * page.height < run.middle < 0.92 * page.height
        if edge and _MARKED_NUMBER.match(run.text):
            yield at


class Levels:
    """Which runs are headings: those that the bookmarks name, or else those in larger type than the text."""

    def __init__(self, pages: Sequence[Page], bookmarks: Sequence[Bookmark]) -> None:
        sizes: Counter[float] = Counter()
        for page in pages:
            inside = frozenset().union(*(table.runs for table in page.tables))
            for at, run in enumerate(page.runs):
                sizes[_rounded(run.size)] += len(run.text) if at not in inside else 0
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        some = COMMON * sizes.total()
        larger = sorted(
            (size for size, count in sizes.items() if size >= LARGER * self._body and count < some), reverse=True
        )
        self._by_size: dict[float, int] = {}
        level, last = 0, 0.0
        for size in larger:  # sizes that differ by less than a person sees are one level
            if size < 0.93 * last or not last:
                level, last = level + 1, size
            self._by_size[size] = min(level, 6)
        named = {(number, _letters(title)): level for number, level, title in bookmarks if _letters(title)}
        shown = {(page.number, _letters(run.text)) for page in pages for run in page.runs}
        self._named = named if len(named.keys() & shown) >= 0.3 * len(named) else {}

    def of(self, page: int, run: Run) -> int:
        """Return the level of a heading, 0 of what is none."""
        if len(run.text) > LONGEST_HEADING or _LISTED.match(run.text):
            return 0
        if self._named:
            return min(self._named.get((page, _letters(run.text)), 0), 6)
        level = self._by_size.get(_rounded(run.size), 0)
        return level if level and any(c.isalnum() for c in run.text) else 0


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
