"""Writes an answer several times and gives the one that the passages support best and the others agree with most.

Every try is checked sentence by sentence, as a single answer is (``writing.py``): one that fails, or ends as the
documents' own words, does not take part. Two answers agree by the mean of four shares: of their content words and of
their numbers with units that both have, of the passages that both cite, and whether neither denies what the other one
affirms. How far the passages support an answer is the share of its words and numbers that the passages it cites have.
Where more tries find no answer in the passages than find one, there is none.
"""

import logging
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Thread

from bot.llm import LanguageModel
from bot.llm.deadline import added
from bot.llm.metered import Metered
from bot.messages import Event, Tokens
from bot.phrases import say
from bot.polarity import Polarity
from bot.support import Sentence, taken_apart
from bot.tasks.guarding import CITATION
from bot.tasks.looking import Looked
from bot.tasks.request import Asked, Outcome
from bot.tasks.writing import shown, write

log = logging.getLogger(__name__)

TEMPERATURE = 0.7
"""How freely the tries are written: at 0 they would all be the same."""

SUPPORT = 0.5
"""What the support of the passages counts, where the agreement of the others counts 1."""

SHORTEST_WAIT = 2.0
"""Seconds that the last tries have at least once two are there; else as long again as those two took."""

GRACE = 5.0
"""Seconds beyond the deadline, in which tries that ended with it are still checked."""


@dataclass(slots=True)
class _Try:
    """One writing of the answer, in a thread of its own; ``ended`` is how, None while it goes on."""

    model: Metered
    ended: Outcome | Exception | None = None


@dataclass(slots=True)
class _Tries:
    """All of them; ``done`` gets each when it has ended, ``stopped`` tells them that nobody waits any more."""

    every: list[_Try]
    done: "SimpleQueue[_Try]" = field(default_factory=SimpleQueue)
    stopped: Flag = field(default_factory=Flag)

    def outcomes(self) -> list[Outcome]:
        """Return what has come so far, in the order of the tries."""
        return [each.ended for each in self.every if isinstance(each.ended, Outcome)]


def attempt(
    asked: Asked, found: Sequence[Looked], model: LanguageModel, attempts: int
) -> Generator[Event, None, Outcome]:
    """Write the answer ``attempts`` times at once and yield the best whole; tokens and cost are those of all."""
    tries = _Tries([_Try(Metered(model)) for _ in range(attempts)])
    yield Event("status", say("answer.attempting", asked.language, attempts=attempts))
    for each in tries.every:
        Thread(target=_run, args=(each, tries, asked, found), name="dapbot-attempt", daemon=True).start()
    try:
        yield from _awaited(tries, asked)
    finally:
        tries.stopped.set()
    outcomes = tries.outcomes()
    if not outcomes:
        raise next((each.ended for each in tries.every if isinstance(each.ended, Exception)), TimeoutError())
    outcome = _with_all(best(outcomes, found), tries)
    if outcome.sources:
        yield Event("sources", sources=outcome.sources)
    yield Event("text", outcome.text)
    return outcome


def _run(mine: _Try, tries: _Tries, asked: Asked, found: Sequence[Looked]) -> None:
    """Write the answer once; what it lets out on the way is not shown."""
    writing = write(asked, found, mine.model, temperature=TEMPERATURE)
    try:
        while not tries.stopped.is_set():
            next(writing)
        writing.close()
    except StopIteration as end:
        mine.ended = end.value
        tries.done.put(mine)
    except Exception as error:  # noqa: BLE001 - carried over to the thread that waits, and raised there if all fail
        log.warning("a try failed: %s", type(error).__name__)
        mine.ended = error
        tries.done.put(mine)


def _awaited(tries: _Tries, asked: Asked) -> Generator[Event, None, None]:
    """Wait for the tries, and not long for the last ones: one that hangs must not hold back the others."""
    began = time.monotonic()
    wait = asked.deadline.left() + GRACE
    for done in range(1, len(tries.every) + 1):
        try:
            tries.done.get(timeout=wait)
        except Empty:
            return
        if done < len(tries.every):
            yield Event("status", say("answer.attempted", asked.language, done=done, attempts=len(tries.every)))
        wait = asked.deadline.left() + GRACE
        if done > 1:
            wait = min(wait, max(SHORTEST_WAIT, time.monotonic() - began))


def _with_all(chosen: Outcome, tries: _Tries) -> Outcome:
    """Count what all tries used; of those that were left behind, as far as it is known."""
    tokens, cost = Tokens(), 0.0 if chosen.cost_usd is not None else None
    for each in tries.every:
        if isinstance(each.ended, Outcome):
            tokens, cost = tokens + each.ended.tokens, added(cost, each.ended.cost_usd)
        else:
            tokens, cost = tokens + each.model.used(), added(cost, each.model.spent())
    written = sum(_is_written(outcome) for outcome in tries.outcomes())
    legs = {**chosen.legs, "attempts": f"{written}/{len(tries.every)}"}
    return replace(chosen, tokens=tokens, cost_usd=cost, legs=legs)


# --- which one --------------------------------------------------------------------------------------------------


def best(outcomes: Sequence[Outcome], found: Sequence[Looked]) -> Outcome:
    """Return the answer to give; where none was written, that there is none, or the extract."""
    written = [outcome for outcome in outcomes if _is_written(outcome)]
    without = [outcome for outcome in outcomes if not outcome.answered]
    if len(without) > len(written):
        return without[0]
    if not written:
        return outcomes[0]
    passages = {
        hit.record.id: f"{hit.record.title}\n{hit.record.question}\n{hit.record.answer}" for hit in shown(found)
    }
    said = [_said(CITATION.sub("", outcome.text)) for outcome in written]
    cited = [{detail.passage_id for detail in outcome.source_details} for outcome in written]
    worth = []
    for mine, outcome in enumerate(written):
        agreed = [_agree(said[mine], said[other], cited[mine], cited[other]) for other in _others(mine, written)]
        support = _supported(said[mine], [passages[each] for each in cited[mine] if each in passages])
        partly = outcome.checks != "supported"
        worth.append((not partly, _mean(agreed) + SUPPORT * support))
    return written[max(range(len(written)), key=lambda place: worth[place])]


def _others(mine: int, every: Sequence[object]) -> Iterable[int]:
    return (other for other in range(len(every)) if other != mine)


def _is_written(outcome: Outcome) -> bool:
    return outcome.answered and not outcome.extract


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer says: its content words, its quantities, what it affirms and denies."""

    words: frozenset[str]
    numbers: frozenset[str]
    sides: Polarity


def _said(text: str) -> _Said:
    sentences: Sequence[Sentence] = taken_apart(text)
    sides: dict[str, frozenset[bool]] = {}
    for sentence in sentences:
        for name, some in sentence.polarity.items():
            sides[name] = sides.get(name, frozenset()) | some
    return _Said(
        frozenset(word for sentence in sentences for word in (*sentence.words, *sentence.names)),
        frozenset(quantity.key for sentence in sentences for quantity in sentence.quantities),
        sides,
    )


def _agree(one: _Said, other: _Said, cited: set[int], cited_there: set[int]) -> float:
    """Return how far two answers say the same, 0..1."""
    common = one.sides.keys() & other.sides.keys()
    opposed = any(one.sides[name].isdisjoint(other.sides[name]) for name in common)
    shares = (_share(one.words, other.words), _share(one.numbers, other.numbers), _share(cited, cited_there))
    return _mean([*shares, 0.0 if opposed else 1.0])


def _supported(said: _Said, passages: Iterable[str]) -> float:
    """Return the share of words and numbers of an answer that the passages have, 0..1."""
    there = [_said(text) for text in passages]
    words = said.words | said.numbers
    known = frozenset().union(*(each.words | each.numbers for each in there))
    return len(words & known) / len(words) if words else 0.0


def _share(one: "set[int] | frozenset[str]", other: "set[int] | frozenset[str]") -> float:
    """Return twice what both have over all that they have; 1 where neither has anything."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
