"""Questions that people asked lately and the documents did not answer, put together and counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.same_questions import Subject, subjects
from knowledge.language import Language, language_of

MOST_GROUPS = 50
EXAMPLES = 3
JOINED = 0.5
"""Share of the words (Jaccard) from which on two questions count as one."""

Answerable = Callable[[str], bool]
"""Tells whether the documents answer a question now."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Questions of one kind: how often they were asked, when last, and how."""

    question: str
    count: int
    last: datetime
    examples: tuple[str, ...]


def group_questions(asked: Sequence[tuple[str, datetime]], answerable: Answerable) -> list[Leftover]:
    """Return the groups, the most frequent first; those that the documents answer by now are left out."""
    groups: list[list[tuple[str, datetime]]] = []
    heads: list[Subject] = []
    by_word: dict[str, list[int]] = {}
    for (text, when), subject in zip(asked, _subjects([text for text, _ in asked]), strict=True):
        near = {place for word in subject.whole for place in by_word.get(word, ())}
        place = max(near, key=lambda each: _jaccard(subject, heads[each]), default=None)
        if place is not None and _jaccard(subject, heads[place]) >= JOINED:
            groups[place].append((text, when))
            continue
        for word in subject.whole:
            by_word.setdefault(word, []).append(len(groups))
        groups.append([(text, when)])
        heads.append(subject)
    ordered = sorted(groups, key=lambda group: (-len(group), -max(when for _, when in group).timestamp()))
    found = (_leftover(group) for group in ordered[: 2 * MOST_GROUPS])
    return [each for each in found if not answerable(each.question)][:MOST_GROUPS]


def _leftover(group: Sequence[tuple[str, datetime]]) -> Leftover:
    counts: dict[str, int] = {}
    for text, _ in group:
        counts[text] = counts.get(text, 0) + 1
    texts = sorted(counts, key=lambda text: (-counts[text], len(text)))
    return Leftover(texts[0], len(group), max(when for _, when in group), tuple(texts[1 : 1 + EXAMPLES]))


def _subjects(texts: Sequence[str]) -> list[Subject]:
    found: list[Subject] = [Subject(frozenset(), frozenset())] * len(texts)
    languages: tuple[Language, ...] = ("ko", "en")
    for language in languages:
        places = [place for place, text in enumerate(texts) if language_of(text) == language]
        for place, subject in zip(places, subjects((texts[place] for place in places), language), strict=True):
            found[place] = subject
    return found


def _jaccard(one: Subject, other: Subject) -> float:
    mine, theirs = (each.core or each.whole for each in (one, other))
    return len(mine & theirs) / max(1, len(mine | theirs))
