"""JSON lines, and a JSON array of the same: FAQ lines and passage lines."""

import json
import math
from typing import Any

from knowledge.columns import role_of
from knowledge.decoding import clean
from knowledge.entries import Entry, Note, UnreadableError
from knowledge.tables import LONGEST_TEXT, groups, numbers, split_aliases
from knowledge.validity import ordered, to_date, to_period

SAMPLE = 200
"""Lines that are tried before a text is taken for JSON lines."""

_LISTS = ("faq", "faqs", "data", "items", "questions", "passages", "documents", "rows", "entries", "list")


class _LineError(Exception):
    """A line that cannot be used; the message is the key of the phrase that says why."""


def as_json(text: str) -> tuple[str, list[Any]]:
    """Return ``jsonl`` and the values of its lines, or ``json`` and those of its array; "" where it is not JSON.

    Raises:
        UnreadableError: it begins as JSON and is broken, or nested too deep.
    """
    start = text.strip()
    if not start.startswith(("{", "[")):
        return "", []
    try:
        whole = json.loads(start)
    except RecursionError as error:
        raise UnreadableError("read.json_deep") from error
    except ValueError as error:
        return _as_lines(start, error)
    if isinstance(whole, list):
        return "json", whole
    inner = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), None)
    return ("jsonl", [whole]) if inner is None else ("json", inner)


def _as_lines(text: str, error: ValueError) -> tuple[str, list[Any]]:
    """Return one value a line, a ``_LineError`` for those that are none; nothing where this is prose in brackets."""
    lines = [line for line in text.split("\n") if line.strip()]
    first = [isinstance(_line(line), dict) for line in lines[:SAMPLE]]
    if any(first) and sum(first) >= 0.5 * len(first):
        return "jsonl", [_line(line) for line in lines]
    if text[1:50].lstrip().startswith(('"', "{", "[")):
        raise UnreadableError("read.json_broken", line=getattr(error, "lineno", 1))
    return "", []


def _line(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return _LineError("read.line_broken")


def read_values(values: list[Any]) -> tuple[list[Entry], list[Note]]:
    """Return one passage for each FAQ or passage line, and what there is to say about them."""
    entries: list[Entry] = []
    skipped: dict[str, list[int]] = {}
    for at, value in enumerate(values, 1):
        try:
            entries.append(_entry(value, at, skipped))
        except _LineError as error:
            skipped.setdefault(str(error), []).append(at)
    asked = sum(bool(entry.question) for entry in entries)
    notes = [Note("read.faq_lines", {"count": asked})] if asked else []
    if len(entries) > asked:
        notes.append(Note("read.passage_lines", {"count": len(entries) - asked}))
    hidden = sum(entry.audience == () for entry in entries)
    if hidden:
        notes.append(Note("read.audience_empty", {"count": hidden}))
    notes += [Note(phrase, {"count": len(at), "rows": numbers(at)}) for phrase, at in skipped.items()]
    return entries, notes


def has_answer(value: Any) -> bool:
    """Tell whether a value names an answer or a text, be it empty."""
    return isinstance(value, dict) and "answer" in _by_role(value)


def _entry(value: Any, at: int, skipped: dict[str, list[int]]) -> Entry:
    if isinstance(value, _LineError):
        raise value
    if not isinstance(value, dict):
        raise _LineError("read.line_no_object")
    found = _by_role(value)
    question, answer = _text(found.get("question")), _text(found.get("answer"))
    title = _text(found.get("title"))
    if not answer:
        raise _LineError("read.row_no_answer")
    if max(len(question), len(answer)) > LONGEST_TEXT:
        raise _LineError("read.row_too_long")
    start, end = None, None
    try:
        since, until = to_period(_text(found.get("period")))
        begins, ends = to_date(_text(found.get("from"))), to_date(_text(found.get("until")))
        start, end = ordered((begins or since, ends or until))
    except ValueError:
        skipped.setdefault("read.row_bad_date", []).append(at)
    aliases = [*_texts(found.get("aliases"), commas=False), *_texts(found.get("keywords"), commas=True)]
    return Entry(
        text=answer,
        question=question,
        title=title,
        key=_text(found.get("key")),
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias and alias != question),
        audience=_audience(found.get("audience")),
        valid_from=start,
        valid_until=end,
        row=at,
    )


def _by_role(value: dict[str, Any]) -> dict[str, Any]:
    """Return the values by what they are; "text" is a passage unless "answer" is there, "title" stays a title."""
    found: dict[str, tuple[int, Any]] = {}
    for name, each in value.items():
        role, sure = ("title", 1) if name == "title" else role_of(str(name)) or ("", 0)
        if role and sure > found.get(role, (0, None))[0]:
            found[role] = (sure, each)
    return {role: each for role, (_, each) in found.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _LineError("read.line_not_text")
    if isinstance(value, float) and not math.isfinite(value):
        raise _LineError("read.line_not_text")
    return clean(str(value)).strip()


def _texts(value: Any, *, commas: bool) -> list[str]:
    if isinstance(value, list):
        return [_text(each) for each in value]
    return split_aliases(_text(value), commas=commas)


def _audience(value: Any) -> tuple[str, ...] | None:
    """An empty list is taken at its word: nobody. It is better told and mended than shown to all."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(filter(None, map(_text, value))))
    return groups(_text(value))
