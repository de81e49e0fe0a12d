"""Entries that an admin should look at together: they contradict each other, say the same twice, or overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.contradictions import Difference, alike, contradicting_sentences, contradiction
from bot.database.checkups import Entry
from bot.same_questions import may_be_same, same_questions
from bot.support import Sentence, taken_apart
from knowledge.passages import Progress

if TYPE_CHECKING:
    from knowledge.search import Knowledge

MOST_SENTENCES = 2_000
"""Sentences that are looked up in the other entries, evenly spaced: 2 ms each."""

MOST_PAIRS = 5_000
"""Entries of one question that are compared, 2 ms a pair; more there are only where rows are made from a template."""
NEIGHBOURS = 4
SAME = 0.9
"""Share of the words of two answers from which on they say the same."""

OVERLAPPING = 0.4
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries; ``difference`` is what they say differently, None where they only say the same twice."""

    one: Entry
    other: Entry
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """The pairs by what is wrong with them."""

    contradictions: tuple[Pair, ...]
    duplicates: tuple[Pair, ...]
    overlaps: tuple[Pair, ...]


def compare_entries(entries: Sequence[Entry], knowledge: "Knowledge", progress: Progress | None = None) -> Together:
    """Compare what can contradict each other: candidates come from the subjects of questions and from the index."""
    contradictions: dict[tuple[int, int], Pair] = {}
    duplicates: list[Pair] = []
    overlaps: list[Pair] = []
    seen: set[tuple[int, int]] = set()
    for one, other in _same_questions(entries):
        seen.add((one.id, other.id))
        difference = contradiction(one.answer, other.answer)
        if difference is not None:
            contradictions[(one.id, other.id)] = Pair(one, other, difference)
            continue
        same = _sameness(one, other)
        if same >= SAME:
            duplicates.append(Pair(one, other))
        elif same >= OVERLAPPING:
            overlaps.append(Pair(one, other))
    for pair in _sentences_against_each_other(entries, knowledge, progress):
        key = (pair.one.id, pair.other.id)
        if key not in contradictions and key not in seen:
            contradictions[key] = pair
    return Together(tuple(contradictions.values()), tuple(duplicates), tuple(overlaps))


def meet(one: Entry, other: Entry) -> bool:
    """Whether one person could be shown both at one time: audiences and periods of validity overlap."""
    groups = one.audience is None or other.audience is None or not set(one.audience).isdisjoint(other.audience)
    begins = [each.valid_from for each in (one, other) if each.valid_from]
    ends = [each.valid_until for each in (one, other) if each.valid_until]
    return groups and not (begins and ends and max(begins) > min(ends))


def _same_questions(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    pairs = 0
    for language in ("ko", "en"):
        some = [entry for entry in entries if entry.language == language and entry.question]
        for one, other in same_questions(some, "ko" if language == "ko" else "en"):
            if meet(some[one], some[other]):
                yield some[one], some[other]
                pairs += 1
            if pairs >= MOST_PAIRS:
                return


def _sameness(one: Entry, other: Entry) -> float:
    """Return how much of the same two answers say, 0..1: the share of their words that both have (Dice)."""
    if " ".join(one.answer.split()) == " ".join(other.answer.split()):
        return 1.0
    first, second = _words(one.answer), _words(other.answer)
    return 2 * len(first & second) / max(1, len(first) + len(second))


def _words(text: str) -> set[str]:
    return {word for sentence in taken_apart(text[:LONGEST]) for word in sentence.words}


def _sentences_against_each_other(
    entries: Sequence[Entry], knowledge: "Knowledge", progress: Progress | None
) -> Iterator[Pair]:
    """Look the sentences with a quantity up in the other entries, and hold them against what they say."""
    by_id = {entry.id: entry for entry in entries}
    order = {entry.id: place for place, entry in enumerate(entries)}
    chosen = _spread([entry for entry in entries if any(c.isdigit() for c in entry.answer)], MOST_SENTENCES)
    asked = 0
    for done, entry in enumerate(chosen):
        for sentence in _with_quantity(entry):
            asked += 1
            if asked > MOST_SENTENCES:
                return
            for each in knowledge.similar(sentence.text, NEIGHBOURS):
                other = by_id.get(each)
                if other is not None and each != entry.id and meet(entry, other):
                    found = _against(sentence, other)
                    if found is not None and may_be_same(entry, other):
                        yield _ordered(entry, other, found, order)
        if progress and done % 20 == 0:
            progress(done, len(chosen))


def _with_quantity(entry: Entry) -> list[Sentence]:
    found = [s for s in taken_apart(entry.answer[:LONGEST]) if any(not q.counted for q in s.quantities) and s.words]
    return found[:3]


def _against(sentence: Sentence, other: Entry) -> Difference | None:
    """Return what the sentence most like this one says differently."""
    theirs = max(taken_apart(other.answer[:LONGEST]), key=lambda each: alike(sentence, each), default=None)
    return contradicting_sentences(sentence, theirs) if theirs is not None else None


def _ordered(one: Entry, other: Entry, found: Difference, order: dict[int, int]) -> Pair:
    if order[one.id] <= order[other.id]:
        return Pair(one, other, found)
    return Pair(other, one, Difference(found.kind, found.other, found.one))


def _spread(some: Sequence[Entry], most: int) -> list[Entry]:
    taken = min(most, len(some))
    return [some[place * len(some) // taken] for place in range(taken)]
