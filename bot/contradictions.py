"""Entries that say different things of the same: other numbers, dates or amounts, yes against no.

Two ways lead to a pair. Entries that answer the same question (``bot/same_questions.py``) are compared answer by
answer. And a sentence that names a quantity is held against the sentences of other entries that say nearly the same
words, whatever was asked. Only quantities of one kind stand against each other, and only where neither text says the
other one's as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.contradicting import differing
from bot.quantity import Quantity
from bot.quantity_words import CURRENCY_SIGNS
from bot.support import Sentence, taken_apart

Kind = Literal["number", "date", "time", "phone", "weekday", "negation"]

ALIKE = 0.8
"""Share of the words (Dice) that two sentences of different questions must have in common."""

FEWEST_COMMON = 2
LONG = 3
"""Answers of so many sentences are compared sentence by sentence, not as a whole."""

ALIGNED = 0.4
MONEY = frozenset(CURRENCY_SIGNS.values())
LONGEST = 4_000
"""Characters of an answer that are compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two texts say differently, in their own words."""

    kind: Kind
    one: str
    other: str


def contradiction(one: str, other: str) -> Difference | None:
    """Return what two answers to the same question say differently."""
    first, second = taken_apart(one[:LONGEST]), taken_apart(other[:LONGEST])
    for mine, theirs in _numbers(first, second):
        return Difference(mine.sort, mine.text.strip(), theirs.text.strip())
    paid = _free_or_paid(first, second)
    if paid is not None:
        return paid
    for here in first:
        for there in second:
            if _denied(here, there):
                return Difference("negation", here.text.strip(), there.text.strip())
    said = [pair for pair in differing(one, other) if set(pair) == {"yes", "no"}]
    return Difference("negation", first[0].text.strip(), second[0].text.strip()) if said else None


def contradicting_sentences(one: Sentence, other: Sentence) -> Difference | None:
    """Return what two sentences that are nearly alike say differently; None where they are not alike.

    Where each has a word that the other one lacks, they speak of different things: rows of one template.
    """
    mine, theirs = set(one.words), set(other.words)
    if alike(one, other) < ALIKE or len(mine & theirs) < FEWEST_COMMON or (mine - theirs and theirs - mine):
        return None
    found = next(_rivals(one.quantities, other.quantities, one.quantities, other.quantities, alike=True), None)
    if found is not None:
        return Difference(found[0].sort, one.text.strip(), other.text.strip())
    return Difference("negation", one.text.strip(), other.text.strip()) if _denied(one, other) else None


def alike(one: Sentence, other: Sentence) -> float:
    """Return the share of their words that two sentences have in common (Dice, 0..1)."""
    mine, theirs = set(one.words), set(other.words)
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _numbers(first: Sequence[Sentence], second: Sequence[Sentence]) -> Iterator[tuple[Quantity, Quantity]]:
    mine = [q for sentence in first for q in sentence.quantities]
    theirs = [q for sentence in second for q in sentence.quantities]
    whole = len(first) < LONG and len(second) < LONG
    for here in first:
        for there in second:
            near = alike(here, there)
            if whole or near >= ALIGNED:
                yield from _rivals(here.quantities, there.quantities, mine, theirs, alike=near >= ALIKE)


def _rivals(
    here: Sequence[Quantity],
    there: Sequence[Quantity],
    mine: Sequence[Quantity],
    theirs: Sequence[Quantity],
    *,
    alike: bool = False,
) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield quantities of one kind that stand against each other; ``mine`` and ``theirs`` are all of the texts.

    A number without a unit ("item 47") is compared only where the sentences are ``alike`` in their words.
    """
    for one in here:
        bare = one.sort == "number" and not one.unit and not alike
        if one.counted or bare or any(_agree(one, other) for other in theirs):
            continue
        for other in there:
            if not other.counted and one.rivals(other) and not any(_agree(other, each) for each in mine):
                yield one, other


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether both may mean the same; "5 days" and "5 working days" are no contradiction an admin would look for."""
    same_value = (
        one.sort == other.sort != "date" and one.unit == other.unit and bool(set(one.values) & set(other.values))
    )
    return one.same(other) or same_value


def _free_or_paid(first: Sequence[Sentence], second: Sequence[Sentence]) -> Difference | None:
    """Return the sentences where one text says that something is free and the other one names a price only."""
    for texts, others, turned in ((first, second, False), (second, first, True)):
        free = next((s for s in texts if True in s.polarity.get("무료", frozenset()) or _is_free(s)), None)
        priced = next((s for s in others if any(q.unit in MONEY and not q.counted for q in s.quantities)), None)
        alone = not any(q.unit in MONEY for s in texts for q in s.quantities)
        if free and priced and alone and not any("무료" in s.text or _is_free(s) for s in others):
            pair = (priced.text, free.text) if turned else (free.text, priced.text)
            return Difference("number", pair[0].strip(), pair[1].strip())
    return None


def _is_free(sentence: Sentence) -> bool:
    return "무료" in sentence.words or (sentence.language == "en" and "free" in sentence.words)


def _denied(one: Sentence, other: Sentence) -> str:
    """Return the predicate that one sentence affirms and the other one denies, of the same things; "" for none."""
    for name, sides in one.polarity.items():
        against = other.polarity.get(name)
        if against and len(sides) == len(against) == 1 and sides.isdisjoint(against):
            common = (set(one.words) & set(other.words)) - {name}
            smaller = min(len(set(one.words) - {name}), len(set(other.words) - {name}))
            if common and len(common) >= 0.6 * smaller:
                return name
    return ""
