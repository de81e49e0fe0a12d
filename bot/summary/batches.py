"""Many texts summarised, some at a time, a language model within the limits of tokens and cost."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import UserError
from bot.gathering import Gathered, below
from bot.json_lines import id_of, object_of
from bot.letters.asking import into_of
from bot.llm import LanguageModel, model_for
from bot.llm.deadline import Deadline
from bot.llm.metered import Metered
from bot.messages import Message
from bot.summary.documents import Document, read_file
from bot.summary.letter_line import attachment_line
from bot.summary.letters import summarize_letter
from bot.summary.result import Head, Summary, summary_line
from bot.summary.summarizing import summarize
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from bot.limits import Limits


_LANGUAGES: dict[str, Language] = {"ko": "ko", "en": "en"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to summarise: its id, and a text or a file, or the phrase of an ``error`` about line ``number``."""

    id: Any
    content: str | Gathered = ""
    language: Language | None = None
    subject: str | None = None
    error: str = ""
    number: int = 0

    def documents(self, zone: tzinfo | None = None) -> tuple[Document, ...]:
        """Return its text, several where it forwards several mails; UserError where it cannot be read."""
        if isinstance(self.content, Gathered):
            return read_file(self.content, zone)
        return (Document(self.content, Head(subject=self.subject)),)


class Summarizer:
    """Summarises documents; threads may share it. What a model uses counts for everyone, as in every batch."""

    def __init__(
        self,
        language: Language | None = None,
        model: LanguageModel | None = None,
        limits: "Limits | None" = None,
        seconds: float = 120.0,
        channel: str = "terminal",
        reader: Language | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        """``seconds`` is the deadline of one text; ``language`` that of the lines, None for each text's own.

        ``reader`` is that of who reads the lines of mails where ``language`` is None; ``zone`` that of dates which
        state none.
        """
        self._language = language
        self._reader = reader
        self._model = None if model is None else model_for("summarize", model)
        self._limits = limits
        self._seconds = seconds
        self._message = Message("", channel)
        self.zone = zone

    def summary(self, document: Document, language: Language | None = None) -> Summary:
        """Return the summary of a document.

        Raises:
            UserError: there is nothing to read in it.
        """
        model = self._model
        if model is None or (self._limits is not None and self._limits.capped(self._message, own=False)):
            return self._made(document, language, None)
        meter = Metered(model)
        try:
            return self._made(document, language, meter)
        finally:
            if self._limits is not None:
                self._limits.use_unrecorded(self._message, meter.used(), meter.spent())

    def _made(self, document: Document, language: Language | None, model: LanguageModel | None) -> Summary:
        deadline, letter = Deadline(self._seconds), document.letter
        if letter is None:
            wanted = language or self._language
            return summarize(document.text, language=wanted, model=model, deadline=deadline, asking=document.asking)
        reader = self.reader(document, language)
        return summarize_letter(letter, reader=reader, model=model, deadline=deadline, wish=document.request)

    def reader(self, document: Document, language: Language | None = None) -> Language:
        """Return the language of who reads the lines: as it was asked for, else the settings', else the mail's own."""
        asked = _LANGUAGES.get(into_of(document.request))
        return language or self._language or asked or self._reader or _own(document)

    def line(self, entry: Entry) -> dict[str, Any]:
        """Return the JSON object of an entry (DESIGN 2); UserError where it cannot be summarised.

        Where several mails were forwarded it is the first one's, and the others stand in ``letters``, by its id and
        their number.
        """
        lines: list[dict[str, Any]] = []
        failed: UserError | None = None
        for number, document in enumerate(entry.documents(self.zone), 1):
            try:
                id_ = entry.id if number == 1 else f"{entry.id or ''}/{number}"
                lines.append(self._line(document, entry.language, id_))
            except UserError as error:
                failed = failed or error
        if not lines:
            raise failed or UserError("summary.empty")
        first, *others = lines
        return {**first, "id": entry.id, "letters": others} if others else {**first, "id": entry.id}

    def _line(self, document: Document, language: Language | None, id_: Any) -> dict[str, Any]:
        started = time.perf_counter()
        summary = self.summary(document, language)
        line = summary_line(summary, document.head, id_=id_, latency_ms=(time.perf_counter() - started) * 1000)
        if document.letter is None:
            return line
        files = [attachment_line(file, self.reader(document, language)) for file in document.letter.attachments]
        return {**line, "request": document.request, "text": document.letter.text, "attachments": files}


def _own(document: Document) -> Language:
    """Return the language of a mail: that of its newest words, else of its subject."""
    return language_of(document.text or document.head.subject or "")


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
