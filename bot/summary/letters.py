"""A mail in exactly three lines: who wants what, what matters, and what happens next."""

from collections.abc import Sequence
from dataclasses import replace

from bot.letters.letter import Letter
from bot.llm import LanguageModel
from bot.llm.deadline import Deadline
from bot.summary.result import Summary
from bot.summary.sentences import Unit, units_of
from bot.summary.summarizing import extracted
from knowledge.language import Language


def summarize_letter(
    letter: Letter,
    *,
    reader: Language,
    model: LanguageModel | None = None,
    deadline: Deadline | None = None,
    wish: str = "",
) -> Summary:
    """Return a mail in three lines, with what is to be done until when, what is asked, its mood and its attachments.

    ``reader``: the language of the lines where a model writes them; without one they stay in the mail's own, whatever
    the reader's. ``wish``: the reader's own words of what to look for. "Tomorrow" is the day after the mail was sent.
    """
    units = units_of_letter(letter)
    extract = extracted_letter(letter, units, reader=reader)
    if model is None:
        return extract
    from bot.summary.writing import written_letter

    return written_letter(letter, units, extract, model, deadline or Deadline(120.0), reader, wish=wish)


def units_of_letter(letter: Letter) -> tuple[Unit, ...]:
    """Return the sentences of a mail, its thread and its attachments: the newest mail first, the files last.

    ``place`` counts through all of them; ``speaker`` is the name of who wrote the mail a sentence stands in.
    """
    found: list[Unit] = []
    for age, one in enumerate((letter, *letter.earlier)):
        speaker = one.sender.name or one.sender.address
        found += [replace(unit, speaker=unit.speaker or speaker, age=age) for unit in units_of(one.text)]
    for file in letter.attachments:
        found += [replace(unit, attached=file.name) for unit in units_of(file.text)]
    return tuple(replace(unit, place=place) for place, unit in enumerate(found))


def extracted_letter(letter: Letter, units: Sequence[Unit], *, reader: Language) -> Summary:
    """Return the summary without a model: sentences of the mail, made shorter only by what says nothing."""
    return replace(extracted(units), attachments=letter.attachments)
