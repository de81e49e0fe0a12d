"""A summary in words: the lines, what is to be done, what is still asked, and the sentences behind the lines."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.letter import Attachment, Letter
from bot.phrases import say
from bot.summary.asking import Action
from bot.summary.result import Summary
from knowledge.language import Language

LONGEST_QUOTE = 160
"""Characters of a sentence that is quoted as the evidence of a line."""


LONGEST_NAME = 60
"""Characters of the name of a mail's writer that are shown."""

NAMES_A_DATE = re.compile(
    r"\d\s?[월/.-]\s?\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|"
    r"\d(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def told(summary: Summary, language: Language) -> str:
    """Return the summary as it is shown; lines that a model wrote come with the sentences they rest on."""
    lines = [f"{number}. {line.text}" for number, line in enumerate(summary.lines, 1)]
    if len(lines) == 1:
        lines = [summary.lines[0].text]
    if summary.actions:
        lines += ["", say("summary.actions", language), *(f"- {_action(one, language)}" for one in summary.actions)]
    if summary.questions:
        lines += ["", say("summary.questions", language), *(f"- {question}" for question in summary.questions)]
    if quotes := list(_quotes(summary)):
        lines += ["", say("summary.evidence", language), *quotes]
    return "\n".join(lines)


def told_letter(summary: Summary, letter: Letter, language: Language) -> str:
    """Return the summary of a mail as it is shown: exactly three lines, then what is to be done, asked and attached."""
    texts = [line.text for line in summary.lines]
    if texts and not summary.lines[0].written:
        texts[0] = opened(texts[0], letter.sender.name)
    parts = [[f"{number}. {text}" for number, text in enumerate(texts, 1)]]
    for key, items in (
        ("summary.actions", [_action(one, language) for one in summary.actions]),
        ("summary.questions", list(summary.questions)),
    ):
        parts.append([say(key, language), *(f"- {item}" for item in items)] if items else [])
    parts.append([say(f"mail.mood.{summary.sentiment}", language)])
    if summary.attachments:
        files = [f"- {file.name} ({_reading(file, language)})" for file in summary.attachments]
        parts.append([say("mail.attachments", language), *files])
    if quotes := list(_quotes(summary)):
        parts.append([say("summary.evidence", language), *quotes])
    return "\n\n".join("\n".join(part) for part in parts if part)


def opened(line: str, name: str) -> str:
    """Return the first line of a mail with its writer's name before it, unless that stands in it."""
    name = " ".join(name.split())[:LONGEST_NAME]
    return f"{name}: {line}" if name and name not in line else line


def _reading(file: Attachment, language: Language) -> str:
    if file.why:
        return say(file.why, language, **file.values)
    return say("summary.letter.read" if file.text.strip() else "summary.letter.empty_file", language)


def due_shown(due: str, said: str, language: Language) -> str:
    """Return a deadline with the day of the week, and how the mail said it where that names no date."""
    try:
        moment = datetime.fromisoformat(due)
    except ValueError:
        return due
    weekdays = "월화수목금토일" if language == "ko" else ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    space = "" if language == "ko" else " "
    shown = f"{moment.date().isoformat()}{space}({weekdays[moment.weekday()]})"
    shown += f" {moment:%H:%M}" if "T" in due else ""
    return shown if not said or said == due or NAMES_A_DATE.search(said) else f"{shown} “{said}”"


def _action(action: Action, language: Language) -> str:
    due = due_shown(action.when, action.due or "", language) if action.when else action.due
    known = {"who": action.who, "due": due}
    said = [say(f"summary.{name}", language, value=value) for name, value in known.items() if value]
    return f"{action.what} ({', '.join(said)})" if said else action.what


def _quotes(summary: Summary) -> Iterator[str]:
    for number, line in enumerate(summary.lines, 1):
        if line.written:
            quote = line.evidence if len(line.evidence) <= LONGEST_QUOTE else f"{line.evidence[:LONGEST_QUOTE]}…"
            yield f"{number}. “{quote}”"


def notice_of(summary: Summary, language: Language, wanted: Language | None = None) -> str | None:
    """Return what there is to say about how the summary came about; ``wanted``: the language that was asked for."""
    said: list[str] = []
    if summary.failure:
        said.append(say("summary.instead", language, why=say(summary.failure, language)))
    elif summary.model == "extractive":
        said.append(say("summary.extract", language))
    elif summary.replaced:
        said.append(say("summary.replaced", language, count=summary.replaced))
    if summary.left_out and not summary.extract:
        said.append(say("summary.left_out", language, count=summary.left_out))
    if wanted and wanted != summary.language:
        said.append(say("summary.other_language", language))
    return " ".join(said) or None


def letter_notice(summary: Summary, reader: Language) -> str | None:
    """Return what there is to say about how the summary of a mail came about, and why it is not in one's language."""
    if summary.failure or summary.model != "extractive":
        return notice_of(summary, reader, reader)
    return say("summary.letter.extract" if summary.language == reader else "summary.letter.own_language", reader)
