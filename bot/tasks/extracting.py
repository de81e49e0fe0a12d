"""Answers without a model: the documents' own words, or an honest word that they have none."""

from collections.abc import Sequence

from bot.llm.extractive import extract
from bot.phrases import say
from bot.tasks.looking import Hit, Looked
from bot.tasks.request import Asked, Outcome


def unknown(asked: Asked, looked: Looked) -> Outcome:
    """Say that the documents have no answer; the nearest questions go beside the text."""
    key = "answer.unknown" if looked.hits else "answer.no_documents" if looked.empty else "answer.nothing_near"
    return Outcome(
        say(key, asked.language),
        answered=False,
        confidence=looked.found.confidence,
        nearest=looked.nearest,
        legs=looked.found.legs,
        notice=looked.notice,
    )


def extracted(found: Sequence[Looked]) -> Outcome:
    """Answer in the words of the best passage; of several questions each with its own."""
    best = [looked.hits[0] for looked in found]
    texts = [words_of(looked.question, hit) for looked, hit in zip(found, best, strict=True)]
    notices = dict.fromkeys(looked.notice for looked in found if looked.notice)
    return Outcome(
        "\n\n".join(texts),
        confidence=min(looked.found.confidence for looked in found),
        sources=tuple(hit.source(text) for hit, text in zip(best, texts, strict=True)),
        source_details=tuple(hit.detail for hit in best),
        checks="supported",
        legs=found[0].found.legs,
        extract=True,
        notice=" ".join(notices) or None,
    )


def words_of(question: str, hit: Hit) -> str:
    """Return what of the passage answers the question: an FAQ answer whole, of prose the sentences that answer."""
    record = hit.record
    return record.answer.strip() if record.question else extract(question, record.answer, record.language)
