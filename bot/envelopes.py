"""Messages and replies as JSON, for rows that wait: what is read back is what was written.

Rows outlive the program that wrote them. Fields that a newer one added are ignored by an older one, and fields that an
older one did not know have their defaults.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from bot.messages import Message, Nearest, Reply, Source, Tokens
from bot.preferences import Preferences, kept
from knowledge.language import Language

_Record = TypeVar("_Record", Source, Nearest, Tokens)


def message_json(message: Message) -> dict[str, Any]:
    """Return the message as a JSON object."""
    values = {name: getattr(message, name) for name in Message.__slots__}
    named = {"audience": sorted(message.audience), "documents": sorted(message.documents)}
    usual = asdict(message.usual)
    return {**values, **named, "options": dict(message.options), "usual": usual, "letter": None}


def message_from(values: Mapping[str, Any], channel: str) -> Message:
    """Return the message that such an object holds; ``channel`` is that of its row."""
    known: dict[str, Any] = {name: values[name] for name in Message.__slots__ if name in values}
    known["audience"] = frozenset(map(str, values.get("audience") or ()))
    known["documents"] = frozenset(map(str, values.get("documents") or ()))
    known["usual"] = _preferences(values.get("usual"))
    known["language"] = _language(values.get("language"))
    known["letter"] = None
    known["options"] = {str(name): str(value) for name, value in dict(values.get("options") or {}).items()}
    return Message(**{"text": "", "channel": channel, **known})


def reply_json(reply: Reply) -> dict[str, Any]:
    """Return the reply as a JSON object."""
    values = {name: getattr(reply, name) for name in Reply.__slots__}
    records = {"sources": [_plain(s) for s in reply.sources], "nearest": [_plain(n) for n in reply.nearest]}
    summary = None if reply.summary is None else dict(reply.summary)
    return {**values, **records, "tokens": _plain(reply.tokens), "summary": summary}


def reply_from(values: Mapping[str, Any]) -> Reply:
    """Return the reply that such an object holds.

    Raises:
        ValueError, TypeError: it holds none.
    """
    known = {name: values[name] for name in Reply.__slots__ if name in values}
    known["sources"] = tuple(_record(Source, each) for each in values.get("sources") or ())
    known["nearest"] = tuple(_record(Nearest, each) for each in values.get("nearest") or ())
    known["tokens"] = _record(Tokens, values.get("tokens") or {})
    defaults = {"answered": False, "confidence": 0.0, "task": "answer", "language": "ko", "conversation": ""}
    return Reply(**{**defaults, **known})


def _plain(record: Source | Nearest | Tokens) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _record(kind: type[_Record], values: Mapping[str, Any]) -> _Record:
    return kind(**{each.name: values[each.name] for each in fields(kind) if each.name in values})


def _language(value: object) -> Language | None:
    return value if value in ("ko", "en") else None


def _preferences(value: object) -> Preferences:
    said = value if isinstance(value, Mapping) else {}
    return kept(said.get("language"), said.get("level"), said.get("politeness"))
