"""Figures as people read them in a terminal: a name, the value, the interval in which it lies, what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.evaluation.figures import Evaluation, rounded
from bot.phrases import PHRASES
from connectors.cli.session import show, words

if TYPE_CHECKING:
    from bot.evaluation.bootstrap import Estimate

GAP = "  "


def show_evaluation(found: Evaluation) -> None:
    """Print the figures of one run, or of two beside each other and by how much the second is above the first."""
    if found.second is None:
        show_table(
            [words("evaluate.head.figure"), words("evaluate.head.value"), words("evaluate.head.interval"), "n"],
            [[figure_name(name), *cells(each), str(each.n)] for name, each in found.first.figures.items()],
        )
        return
    heads = ("figure", "first", "second", "difference", "interval", "verdict")
    show_table(
        [*(words(f"evaluate.head.{head}") for head in heads), "n"],
        [_compared(name, found, found.differences[name]) for name in found.first.figures if name in found.differences],
    )


def _compared(name: str, found: Evaluation, apart: "Estimate") -> list[str]:
    first, second = (run.figures[name].value for run in (found.first, found.second) if run is not None)
    return [figure_name(name), number(first), number(second), *cells(apart, sign="+"), verdict(apart), str(apart.n)]


def verdict(apart: "Estimate") -> str:
    """Return whether a difference is more than chance, in words."""
    if apart.value == apart.low == apart.high == 0:
        return words("evaluate.same")
    return words("evaluate.clear" if apart.clear else "evaluate.not_clear")


def cells(found: "Estimate", sign: str = "") -> list[str]:
    """Return a figure and its interval as two cells of a table."""
    return [number(found.value, sign), f"{number(found.low, sign)} .. {number(found.high, sign)}"]


def number(value: float, sign: str = "") -> str:
    """Return a figure with as many places as it needs; ``sign``: "+" shows it always."""
    if abs(value) >= 100:
        return format(value, f"{sign},.0f")
    if abs(value) >= 1.5:
        return format(value, f"{sign}.1f")
    return format(value, f"{sign}.3f") if abs(value) >= 0.001 or not value else format(rounded(value), f"{sign}g")


def figure_name(name: str) -> str:
    """Return a figure's name in words; one of a label is called after both."""
    if f"evaluate.figure.{name}" in PHRASES:
        return words(f"evaluate.figure.{name}")
    label, _, figure = name.partition("_")
    return words(f"evaluate.figure.of_{figure}", label=words(f"sentiment.{label}"))


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print columns, the first to the left and the others to the right; Hangul is two columns wide."""
    from rich.cells import cell_len

    lines = [head, *rows]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        blanks = [" " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)]
        first, *others = zip(line, blanks, strict=True)
        show((GAP.join([first[0] + first[1], *(blank + cell for cell, blank in others)])).rstrip())


def show_confusion(rows: Mapping[str, Mapping[str, int]]) -> None:
    """Print which labels people gave, and what was said instead."""
    columns = [
        label for label in ("negative", "neutral", "positive", "none") if any(row[label] for row in rows.values())
    ]
    names = [words(f"sentiment.{label}") if label != "none" else words("evaluate.no_label") for label in columns]
    show_table(
        [words("evaluate.head.confusion"), *names],
        [[words(f"sentiment.{label}"), *(f"{row[column]:,}" for column in columns)] for label, row in rows.items()],
    )
