"""May this sentence of a language model go out? Its check against the passages, and what a check does not see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import checking
from bot.politeness import in_other_language, off_level, rude
from bot.preference_kinds import Politeness
from knowledge.language import Language

LEAK = 30
"""So many characters in a row of the bot's own orders may not be in an answer."""

HOPELESS = frozenset({"orders", "image"})
"""Faults of somebody's attack, and no slips of the pen: such a sentence is not written again."""

TOLERATED = "tone"
"""The fault of a sentence that is polite, at another level than was asked for: better than none."""

_TABLE = re.compile(r"^[ \t]*\|(?:[ \t:|-]*$)?|\|", re.MULTILINE)

CITATION = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence: ``faults`` say why it may not go out; ``rests_on`` are its passages, counted from 0; where it
    ``claims`` nothing (a greeting, a heading, "I could not find it") it is no answer by itself.
    """

    text: str
    claims: bool
    faults: tuple[str, ...]
    rests_on: tuple[int, ...]

    @property
    def released(self) -> bool:
        """Whether it may go out, if it must as it is."""
        return all(fault == TOLERATED for fault in self.faults)

    @property
    def mendable(self) -> bool:
        """Whether the model may try it once more."""
        return bool(self.faults) and HOPELESS.isdisjoint(self.faults)

    @property
    def detail(self) -> dict[str, Any]:
        """What the ledger keeps of it."""
        return {"text": self.text.strip(), "ok": self.released, "reasons": list(self.faults)}


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is to be written."""

    language: Language
    politeness: Politeness = ""

    def faults(self, sentence: str) -> list[str]:
        """Return what is wrong with the way a sentence is said."""
        if in_other_language(sentence, self.language):
            return ["language"]
        if self.language != "ko":
            return []
        if rude(sentence, self.politeness):
            return ["politeness"]
        return [TOLERATED] if off_level(sentence, self.politeness) else []


def judge(sentence: str, passages: Sequence[str], question: str, orders: str, manner: Manner | None = None) -> Judged:
    """Judge a sentence by the passages shown to the model; ``orders`` is the prompt's own part."""
    checks: tuple[checking.SentenceCheck, ...]
    if _TABLE.search(sentence):  # its cells say something only together, and its citations stand below it
        checks = (checking.check_sentence(_TABLE.sub(" ", sentence).replace("\n", ", "), passages, question=question),)
    else:
        checks = checking.check(sentence, passages, question=question).sentences
    faults = [str(reason) for one in checks if not one.ok for reason in one.reasons]
    if _leaks(sentence, orders):
        faults.append("orders")
    if "![" in sentence:
        faults.append("image")  # shown, it would be fetched from wherever the model says
    claims = any(one.claims for one in checks)
    if manner is not None and claims:
        faults += manner.faults(sentence)
    borne = claims and all(fault == TOLERATED for fault in faults)
    return Judged(sentence, claims, tuple(faults), _rests_on(sentence, passages) if borne else ())


def _leaks(sentence: str, orders: str) -> bool:
    """Tell whether a stretch of the bot's own orders stands in the sentence."""
    squeezed, orders = "".join(sentence.split()).lower(), "".join(orders.split()).lower()
    return any(squeezed[i : i + LEAK] in orders for i in range(len(squeezed) - LEAK + 1))


def _rests_on(sentence: str, passages: Sequence[str]) -> tuple[int, ...]:
    """Return the passages a sentence cites; where it cites none, the one that shares the most pairs of letters."""
    cited = tuple(int(number) - 1 for number in CITATION.findall(sentence))
    if cited:
        return cited
    pairs = {sentence[i : i + 2] for i in range(len(sentence) - 1)}
    shared = [sum(pair in passage for pair in pairs) for passage in passages]
    return (shared.index(max(shared)),)
