"""What reading has to say can be said in both languages and is kept with the version."""

import re
from pathlib import Path

import pytest

import knowledge.reading
from bot.notes import from_json, sentence, sentences, to_json
from bot.phrases import PHRASES
from knowledge.entries import Note

USED = sorted(
    {
        phrase
        for file in Path(knowledge.reading.__file__).parent.glob("*.py")
        for phrase in re.findall(r'"(read\.[a-z0-9_]+)"', file.read_text())
        if not phrase.endswith("_")
    }
)
VALUES = {
    "names": "질문",
    "encoding": "CP949", "kind": "XLSX", "count": 3, "question": "질문", "answer": "답변", "rows": "2, 3",
    "sheet": "시트1", "columns": "'분류'", "sheets": "'숨김'", "format": "PDF", "size": 21.5, "limit": 20,
    "cells": 3_000_000, "line": 2, "reason": "거부",
    "slides": "2, 3", "method": "LZMA", "pages": 3, "seconds": 20,
}  # fmt: skip


@pytest.mark.parametrize("phrase", USED)
def test_every_phrase_of_the_readers_has_words(phrase: str) -> None:
    for language in ("ko", "en"):
        said = sentence(Note(phrase, VALUES), language)  # type: ignore[arg-type]
        assert said.endswith((".", "요."))
        assert "{}" not in said.replace("{{", "")


def test_notes_are_kept_and_said_in_either_language() -> None:
    notes = (Note("read.encoding_used", {"encoding": "CP949"}), Note("read.faq_lines", {"count": 2}))
    kept = from_json(to_json(notes))
    assert kept == notes
    assert sentences(kept, "ko") == "CP949로 읽었어요. 질문과 답변 2건."
    assert sentences(kept, "en") == "Read as CP949. Questions with answers: 2."


def test_notes_of_another_release_do_no_harm() -> None:
    assert from_json('[{"phrase": "read.of_the_future", "values": {}}]') == ()
    assert from_json("plain words") == ()
    assert "read.of_the_future" not in PHRASES
