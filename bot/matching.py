"""Which entry of a new version is which of the one before: by its id, else by what it asks, else by what it says.

Keys belong to entries, not to their wording: what was only reworded, or moved down a page, keeps its key, so that
aliases and feedback stay with it and an unchanged text keeps its row and its vector.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.splitting import Draft, hashed, normalised

LONG_ENOUGH = 6
"""Letters of an answer that tell it from others: "네" and "Yes." do not."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the version before."""

    key: str
    content_hash: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Matched:
    """For each draft: the key it is stored under, and which entry of the version before it is (None: a new one)."""

    keys: tuple[str, ...]
    before: tuple[int | None, ...]


def match(known: Sequence[Known], drafts: Sequence[Draft], hashes: Sequence[str]) -> Matched:
    """Find the earlier entry of each draft; none is found twice."""
    if not known:
        return Matched(tuple(draft.key for draft in drafts), (None,) * len(drafts))
    pairs = _Pairs(known, len(drafts))
    given = [is_given(draft) for draft in drafts]
    pairs.join((entry.key for entry in known), (d.key if g else None for d, g in zip(drafts, given, strict=True)))
    pairs.join((entry.content_hash for entry in known), hashes)
    pairs.join(
        (normalised(entry.question) if entry.question else None for entry in known),
        (normalised(draft.question) if draft.question else None for draft in drafts),
    )
    pairs.join(
        (None if entry.question else entry.key for entry in known),
        (None if draft.question else draft.key for draft in drafts),
    )
    pairs.join(_telling(known, lambda entry: entry.question), _telling(drafts, lambda draft: draft.question))
    return Matched(tuple(_keys(known, drafts, given, pairs.found)), tuple(pairs.found))


def is_given(draft: Draft) -> bool:
    """Tell whether the key of a draft stands in the file, other than as a download would have written it there."""
    if draft.repeated or not draft.question:
        return not draft.repeated and bool(draft.row)
    return draft.key != hashed(normalised(draft.question))


class _Pairs:
    def __init__(self, known: Sequence[Known], count: int) -> None:
        self.found: list[int | None] = [None] * count
        self._free = [True] * len(known)

    def join(self, before: Iterable[Hashable], after: Iterable[Hashable]) -> None:
        """Pair what is equal and not yet paired, in order; None equals nothing."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at, value in enumerate(before):
            if value is not None and self._free[at]:
                waiting[value].append(at)
        for at, value in enumerate(after):
            if value is None or self.found[at] is not None or not (places := waiting.get(value)):
                continue
            place = places.pop(0)
            self.found[at], self._free[place] = place, False


def _telling(entries: Sequence[Known] | Sequence[Draft], question: Callable[..., str]) -> list[str | None]:
    """Return the answers by which entries can be recognised: those that only one of them gives."""
    answers = [normalised(entry.answer) if question(entry) else "" for entry in entries]
    counts: dict[str, int] = defaultdict(int)
    for answer in answers:
        counts[answer] += 1
    return [answer if len(answer) >= LONG_ENOUGH and counts[answer] == 1 else None for answer in answers]


def _keys(
    known: Sequence[Known], drafts: Sequence[Draft], given: Sequence[bool], found: Sequence[int | None]
) -> list[str]:
    """Return a key for each draft that no other has: the given one, the earlier one, or one of its own."""
    keys = [
        draft.key if fixed else "" if place is None else known[place].key
        for draft, fixed, place in zip(drafts, given, found, strict=True)
    ]
    taken = set(keys)
    for at, key in enumerate(keys):
        if not key:
            keys[at] = _free_key(drafts[at].key, taken)
            taken.add(keys[at])
    return keys


def _free_key(key: str, taken: set[str]) -> str:
    free, number = key, 2
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
