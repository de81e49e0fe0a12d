"""What a summary is, and its line of JSON."""

from dataclasses import dataclass, field
from typing import Any

from bot.letter import Attachment
from bot.messages import Checks, Tokens
from bot.sentiment.reading import Label
from bot.summary.asking import Action
from knowledge.language import Language

LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line and the sentence behind it; ``written``: a model wrote it, else it is taken from the text.

    ``evidence`` is "" where the bot itself says something of a mail that no sentence says (that nothing more stands in
    it). ``replaced``: a model's line stood here that the text does not bear out.
    """

    text: str
    evidence: str
    written: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A text in a few lines. ``failure`` names the phrase that says why a model did not write what it should have.

    ``left_out``: how many sentences of a long text the model was not shown. ``replaced``: how many lines of a model
    were not borne out by the text, and are taken from it instead. ``attachments`` are those of a mail, read or not.
    """

    lines: tuple[Line, ...]
    actions: tuple[Action, ...] = ()
    questions: tuple[str, ...] = ()
    language: Language = "en"
    sentiment: Label = "neutral"
    model: str = "extractive"
    tokens: Tokens = field(default_factory=Tokens)
    cost_usd: float | None = 0.0
    failure: str | None = None
    left_out: int = 0
    replaced: int = 0
    prompt: str | None = None
    prompt_version: str | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def extract(self) -> bool:
        """Whether no model wrote any of it."""
        return not any(line.written for line in self.lines)

    @property
    def checks(self) -> Checks:
        """Every line stands in the text or has passed its check."""
        return "supported" if self.lines else "none"


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a text beside its words: what a mail says above them."""

    subject: str | None = None
    name: str | None = None
    address: str | None = None
    date: str | None = None
    """ISO 8601 with the offset."""

    forwarded: bool = False


def summary_line(summary: Summary, head: Head, *, id_: Any, latency_ms: float) -> dict[str, Any]:
    """Return the summary as the JSON object of the contract (DESIGN 2).

    ``lines`` and ``evidence`` are always three strings; a text with fewer sentences leaves the last ones empty.
    """
    padding = [""] * (LINES - len(summary.lines))
    return {
        "id": id_,
        "subject": head.subject,
        "from": {"name": head.name, "address": head.address} if head.name or head.address else None,
        "date": head.date,
        "forwarded": head.forwarded,
        "lines": [line.text for line in summary.lines] + padding,
        "evidence": [line.evidence for line in summary.lines] + padding,
        "actions": [_action(one) for one in summary.actions],
        "questions": list(summary.questions),
        "language": summary.language,
        "sentiment": summary.sentiment,
        "model": summary.model,
        "latency_ms": round(latency_ms, 3),
        "extract": summary.extract,
        "tokens": {"input": summary.tokens.input, "output": summary.tokens.output},
        "cost_usd": summary.cost_usd,
    }


def _action(one: Action) -> dict[str, str | None]:
    """Return a thing to do; ``due`` is the day in ISO 8601 where it can be told, and ``said`` how the text says it."""
    return {"what": one.what, "who": one.who, "due": one.when or one.due, "said": one.due}
