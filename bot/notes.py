"""What reading a document had to say, in words: kept as keys and values, so that it can be said in either language."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from bot.phrases import PHRASES, say
from knowledge.entries import Note
from knowledge.language import Language


def sentence(note: Note, language: Language) -> str:
    """Return the note in words."""
    return say(note.phrase, language, **note.values)


def sentences(notes: Iterable[Note], language: Language) -> str:
    """Return the notes as one text."""
    return " ".join(sentence(note, language) for note in notes)


def to_json(notes: Iterable[Note]) -> str:
    """Return the notes as they are stored with a version."""
    return json.dumps([asdict(note) for note in notes], ensure_ascii=False)


def from_json(text: str) -> tuple[Note, ...]:
    """Return stored notes; those of a phrase that no longer exists are left out."""
    stored = json.loads(text) if text.startswith("[") else []
    return tuple(Note(each["phrase"], each["values"]) for each in stored if each["phrase"] in PHRASES)
