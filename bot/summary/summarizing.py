"""A text to its summary: by a language model whose every line is checked, or by the sentences that tell it best."""

from collections.abc import Sequence

from bot.errors import UserError
from bot.llm import LanguageModel
from bot.llm.deadline import Deadline
from bot.sentiment.reading import Label, read
from bot.summary.asking import actions_of, questions_of
from bot.summary.ranking import LINES, best
from bot.summary.result import Line, Summary
from bot.summary.sentences import Unit, units_of
from bot.summary.trimming import brief_of, line_of
from knowledge.language import Language, language_of

LOOKED_AT = 20_000
"""Characters by which the language of a text is told."""


def summarize(
    text: str,
    *,
    language: Language | None = None,
    model: LanguageModel | None = None,
    deadline: Deadline | None = None,
    count: int = LINES,
    asking: bool = True,
    wish: str = "",
) -> Summary:
    """Return a text in at most ``count`` lines, fewer where it has fewer sentences.

    ``language``: that of the lines, None for the text's own; without a model the lines are always in the text's own.
    ``asking=False``: what it asks is answered in it, as in a FAQ, and is not listed as open. ``wish``: the reader's own
    words of what to look for, which a model follows. About 20 ms for a mail, some seconds for 300 pages.

    Raises:
        UserError: there is nothing to read in it.
    """
    units = units_of(text)
    if not units:
        raise UserError("summary.empty")
    extract = extracted(units, count=count, asking=asking)
    if model is None:
        return extract
    from bot.summary.writing import written

    own = language_of(text[:LOOKED_AT])
    return written(units, extract, model, deadline or Deadline(120.0), language or own, count=count, wish=wish)


def extracted(units: Sequence[Unit], *, count: int = LINES, asking: bool = True) -> Summary:
    """Return the summary without a model: sentences of the text, made shorter only by what says nothing."""
    lines = tuple(Line(_line(unit), unit.text) for unit in best(units, count))
    return Summary(
        lines,
        tuple(actions_of(units)),
        tuple(questions_of(units)) if asking else (),
        language_of("\n".join(line.text for line in lines)),
        mood_of(units),
    )


def _line(unit: Unit) -> str:
    """Return a sentence as a line; a Korean one, which says what it says with its last word, keeps its ending."""
    bare = unit.text.removeprefix(f"{unit.speaker}: ")
    if language_of(bare, unit.language) == "ko":
        return line_of(unit.text, speaker=unit.speaker)
    line = brief_of(bare)
    return f"{unit.speaker}: {line}" if unit.speaker else line


def mood_of(units: Sequence[Unit]) -> Label:
    """Return the mood of a text, by its first few thousand characters."""
    said = (unit.text for unit in units[:200] if unit.role in ("plain", "item"))
    return read("\n".join(said)).label
