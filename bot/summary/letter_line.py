"""A mail's summary as the JSON object of the contract (DESIGN 2), with its attachments."""

from typing import Any

from bot.letter import Attachment, Letter
from bot.phrases import say
from bot.summary.result import Head, Summary, summary_line
from knowledge.language import Language


def letter_line(
    summary: Summary, letter: Letter, reader: Language, *, id_: Any, latency_ms: float, forwarded: bool
) -> dict[str, Any]:
    """Return the object; ``note`` of an attachment says in the reader's language why it was not read."""
    line = summary_line(summary, head_of_letter(letter, forwarded=forwarded), id_=id_, latency_ms=latency_ms)
    line["attachments"] = [attachment_line(file, reader) for file in letter.attachments]
    return line


def head_of_letter(letter: Letter, *, forwarded: bool) -> Head:
    """Return what a letter's head says; its date only where it could be understood."""
    date = letter.sent.isoformat() if letter.sent else None
    sender = letter.sender
    return Head(letter.subject or None, sender.name or None, sender.address or None, date, forwarded)


def attachment_line(file: Attachment, reader: Language) -> dict[str, Any]:
    """Return an attachment as JSON."""
    line: dict[str, Any] = {"name": file.name, "size": file.size, "kind": file.kind, "read": bool(file.text.strip())}
    if file.why and not line["read"]:
        line["note"] = say(file.why, reader, **file.values)
    return line
