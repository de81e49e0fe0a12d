"""May this sentence of a language model go out? Its check against the passages, and what a check does not see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import checking

LEAK = 30
"""So many characters in a row of the bot's own orders may not be in an answer."""

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
    def detail(self) -> dict[str, Any]:
        """What the ledger keeps of it."""
        return {"text": self.text.strip(), "ok": not self.faults, "reasons": list(self.faults)}


def judge(sentence: str, passages: Sequence[str], question: str, orders: str) -> Judged:
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
    return Judged(sentence, claims, tuple(faults), _rests_on(sentence, passages) if claims and not faults else ())


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
