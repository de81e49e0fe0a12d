"""Answers without a model: the documents' own words, or an honest word that they have none."""

from bot.llm.extractive import extract
from bot.phrases import say
from bot.tasks.looking import Hit, Looked
from bot.tasks.request import Asked, Outcome


def unknown(asked: Asked, looked: Looked) -> Outcome:
    """Say that the documents have no answer; the nearest questions go beside the text."""
    return Outcome(
        say("answer.unknown" if looked.hits else "answer.nothing_near", asked.language),
        answered=False,
        confidence=looked.found.confidence,
        nearest=looked.nearest,
        legs=looked.found.legs,
        notice=looked.notice,
    )


def extracted(asked: Asked, looked: Looked) -> Outcome:
    """Answer in the words of the best passage."""
    best = looked.hits[0]
    text = words_of(asked.question, best)
    return Outcome(
        text,
        confidence=looked.found.confidence,
        sources=(best.source(text),),
        source_details=(best.detail,),
        checks="supported",
        legs=looked.found.legs,
        extract=True,
        notice=looked.notice,
    )


def words_of(question: str, hit: Hit) -> str:
    """Return what of the passage answers the question: an FAQ answer whole, of prose the sentences that answer."""
    record = hit.record
    return record.answer.strip() if record.question else extract(question, record.answer, record.language)
