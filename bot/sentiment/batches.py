"""Many texts read by a language model, some at a time, within the limits of tokens and cost; our own reads the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from bot.errors import ModelError
from bot.limits import Limits
from bot.llm import LanguageModel, model_for
from bot.llm.deadline import Deadline, added
from bot.llm.metered import Metered
from bot.messages import Message, Tokens
from bot.sentiment.judging import LONGEST_JUDGED, judge
from bot.sentiment.opinions import read_whole
from bot.sentiment.reading import Sentiment
from knowledge.language import language_of

AT_ONCE = 10
"""Texts in one prompt: the orders are paid for once, and a model still keeps them apart."""

OWN = "none"
"""Stands for the model where our own read a text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The mood of a text and the name of the language model that read it, ``none`` where our own did."""

    mood: Sentiment
    model: str


@dataclass(frozen=True, slots=True)
class Bill:
    """What a batch used: texts that a language model read, and the phrases, with their values, that say why it
    did not read the others."""

    judged: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    cost_usd: float | None = 0.0
    failures: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


class ModelReader:
    """Reads packs of texts; threads may share it. What it uses counts for everyone, as in every batch."""

    def __init__(self, model: LanguageModel, limits: Limits, seconds: float, channel: str) -> None:
        """``seconds`` is the deadline of one pack."""
        self._model = model_for("sentiment", model)
        self._limits = limits
        self._seconds = seconds
        self._message = Message("", channel)
        self._lock = Lock()
        self.bill = Bill()

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Return the reading of each text; where the model cannot, or may not any more, our own reads."""
        if sum(map(len, texts)) > LONGEST_JUDGED:  # one text, longer than a model is shown
            return self._own(texts, "sentiment.failure.long")
        if self._limits.capped(self._message, own=False) is not None:
            return self._own(texts, "sentiment.failure.cap")
        meter = Metered(self._model)
        try:
            judged = judge(meter, texts, language_of(texts[0]), Deadline(self._seconds))
        except ModelError as error:
            self._add(Bill(0, meter.used(), meter.spent(), {error.phrase: error.values}))
            return [Reading(read_whole(text), OWN) for text in texts]
        found = [
            Reading(mood, judged.said.model) if mood else Reading(read_whole(text), OWN)
            for mood, text in zip(judged.moods, texts, strict=True)
        ]
        read = sum(each.model != OWN for each in found)
        failures: dict[str, Mapping[str, object]] = {} if read == len(texts) else {"sentiment.failure.left_out": {}}
        self._add(Bill(read, meter.used(), meter.spent(), failures))
        return found

    def _own(self, texts: Sequence[str], why: str) -> list[Reading]:
        self._add(Bill(failures={why: {}}))
        return [Reading(read_whole(text), OWN) for text in texts]

    def _add(self, more: Bill) -> None:
        self._limits.use_unrecorded(self._message, more.tokens, more.cost_usd)
        with self._lock:
            bill = self.bill
            self.bill = Bill(
                bill.judged + more.judged,
                bill.tokens + more.tokens,
                added(bill.cost_usd, more.cost_usd),
                {**bill.failures, **more.failures},
            )


def packs(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts, in order, in lists that a model is shown at once; a text that is too long stands alone."""
    pack: list[str] = []
    for text in texts:
        if pack and (len(pack) == AT_ONCE or sum(map(len, pack)) + len(text) > LONGEST_JUDGED):
            yield pack
            pack = []
        pack.append(text)
    if pack:
        yield pack
