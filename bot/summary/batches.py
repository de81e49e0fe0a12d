"""Many texts summarised, some at a time, a language model within the limits of tokens and cost."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.gathering import Gathered, below
from bot.json_lines import id_of, object_of
from bot.llm import LanguageModel, model_for
from bot.llm.deadline import Deadline
from bot.llm.metered import Metered
from bot.messages import Message
from bot.summary.documents import Document, read_file
from bot.summary.result import Head, Summary, summary_line
from bot.summary.summarizing import summarize
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.limits import Limits


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to summarise: its id, and a text or a file, or the phrase of an ``error`` about line ``number``."""

    id: Any
    content: str | Gathered = ""
    language: Language | None = None
    subject: str | None = None
    error: str = ""
    number: int = 0

    def document(self) -> Document:
        """Return its text; UserError where it cannot be read."""
        if isinstance(self.content, Gathered):
            return read_file(self.content)
        return Document(self.content, Head(subject=self.subject))


class Summarizer:
    """Summarises documents; threads may share it. What a model uses counts for everyone, as in every batch."""

    def __init__(
        self,
        language: Language | None = None,
        model: LanguageModel | None = None,
        limits: "Limits | None" = None,
        seconds: float = 120.0,
        channel: str = "terminal",
    ) -> None:
        """``seconds`` is the deadline of one text; ``language`` that of the lines, None for each text's own."""
        self._language = language
        self._model = None if model is None else model_for("summarize", model)
        self._limits = limits
        self._seconds = seconds
        self._message = Message("", channel)

    def summary(self, document: Document, language: Language | None = None) -> Summary:
        """Return the summary of a document.

        Raises:
            UserError: there is nothing to read in it.
        """
        model = self._model
        wanted = language or self._language
        if model is None or (self._limits is not None and self._limits.capped(self._message, own=False)):
            return summarize(document.text, language=wanted, asking=document.asking)
        meter = Metered(model)
        try:
            deadline = Deadline(self._seconds)
            return summarize(document.text, language=wanted, model=meter, deadline=deadline, asking=document.asking)
        finally:
            if self._limits is not None:
                self._limits.use_unrecorded(self._message, meter.used(), meter.spent())

    def line(self, entry: Entry) -> dict[str, Any]:
        """Return the JSON object of an entry (DESIGN 2); UserError where it cannot be summarised."""
        started = time.perf_counter()
        document = entry.document()
        summary = self.summary(document, entry.language)
        return summary_line(summary, document.head, id_=entry.id, latency_ms=(time.perf_counter() - started) * 1000)


def entries_of_folder(folder: Path) -> list[Entry]:
    """Return every file of a folder and the folders in it; the id is the path in it, without ``.eml``."""
    return [Entry(file.name.removesuffix(".eml"), file) for file in below(folder)]


def entries_of_lines(lines: Sequence[bytes]) -> list[Entry]:
    """Return what each line of JSON gives: ``text``, and if need be ``id``, ``language`` and ``subject``."""
    return [_of_line(raw, number) for number, raw in enumerate(lines, 1)]


def _of_line(raw: bytes, number: int) -> Entry:
    found = object_of(raw)
    if isinstance(found, str):
        return Entry(None, error=found, number=number)
    text, language, subject = found.get("text"), found.get("language"), found.get("subject")
    if not isinstance(text, str) or language not in (None, "ko", "en") or not isinstance(subject, str | None):
        return Entry(id_of(found), error="batch.wrong_field", number=number)
    return Entry(id_of(found), text, language, subject)
