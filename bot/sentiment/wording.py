"""Moods in words, for people: of one text, and of many."""

from collections.abc import Iterator, Sequence

from bot.phrases import say
from bot.sentiment.aspects import in_language
from bot.sentiment.feedback import Summary
from bot.sentiment.reading import Sentiment, label_of
from knowledge.language import Language

LABELS = ("positive", "neutral", "negative")
MOST_ASPECTS = 6
LONGEST_LINE = 60
"""Characters of an opinion in a list."""


def one(mood: Sentiment, language: Language) -> str:
    """Return the mood of one text: what it is, the words that say so, and what it speaks of."""
    said = "sentiment.nothing" if not mood.score else f"sentiment.reads.{mood.label}"
    lines = [say(said, language, score=mood.score)]
    if mood.reasons:
        lines.append(say("sentiment.because", language, words=_quoted(mood.reasons)))
    if any(mood.aspects.values()):
        named = (
            f"{in_language(name, language)} {say(f'sentiment.{label_of(score)}', language)} ({score:+.2f})"
            for name, score in mood.aspects.items()
        )
        lines.append(say("sentiment.by_aspect", language, aspects=", ".join(named)))
    return "\n".join(lines)


def several(texts: Sequence[str], moods: Sequence[Sentiment], summary: Summary, language: Language, most: int) -> str:
    """Return the moods of many texts: how many of each, what they speak of, and up to ``most`` one by one."""
    counts = {label: summary.labels[label] for label in LABELS}
    lines = [say("sentiment.summary", language, total=len(moods), mean=summary.mean, **counts)]
    for name, (count, mean) in list(summary.aspects.items())[:MOST_ASPECTS]:
        lines.append(say("sentiment.aspect", language, name=in_language(name, language), count=count, mean=mean))
    lines.append("")
    lines += _each(texts[:most], moods[:most], language)
    if len(moods) > most:
        lines.append(say("sentiment.and_more", language, count=len(moods) - most))
    return "\n".join(lines)


def _each(texts: Sequence[str], moods: Sequence[Sentiment], language: Language) -> Iterator[str]:
    for number, (text, mood) in enumerate(zip(texts, moods, strict=True), 1):
        plain = " ".join(text.split())
        shown = plain if len(plain) <= LONGEST_LINE else plain[: LONGEST_LINE - 1].rstrip() + "…"
        yield f"{number}. {say(f'sentiment.{mood.label}', language)} ({mood.score:+.2f}) {shown}"


def _quoted(reasons: Sequence[str]) -> str:
    return ", ".join(f"‘{reason}’" for reason in reasons)
