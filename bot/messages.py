"""Message in, Reply out: the only data that crosses between the channels and the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.letter import Letter
from bot.preference_kinds import Preferences
from knowledge.language import Language

Checks = Literal["supported", "partly", "none"]
"""How far the text of a reply is backed by the passages it cites."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person said, on whichever channel.

    ``conversation`` is the channel's own name for the thread (None: a new one begins); ``audience`` the groups
    the person is in; ``person`` the channel's own id for them, if it knows one. ``shared`` is what several people may
    stand behind, an address or a program: what they use is counted for it too (``bot/limits.py``).

    ``task`` is the one that a command or a button names, "": the words decide; ``options`` is how it is to be done (the
    tasks say what they take). With a task, ``text`` is what it is done to.

    ``documents`` are the names of those that may be used where it was written, none for all. ``usual`` is what is
    preferred there, where the person has not said.

    ``material`` is the text that a named task is done to where the channel read it, a thread that others wrote: then
    ``text`` only says what was asked, and nothing but that is recorded. ``notice`` is what the channel has to say of
    it, with the reply: what of the thread was read. ``letter`` is a mail that it is about, as its channel understood
    it; like the material it is not kept with a message that waits, the channel gives it again.
    """

    text: str
    channel: str
    conversation: str | None = None
    person: str | None = None
    audience: frozenset[str] = frozenset()
    language: Language | None = None
    shared: str | None = None
    task: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    usual: Preferences = field(default_factory=Preferences)
    material: str = ""
    notice: str = ""
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One passage that a reply rests on; ``passage`` is its key within the document, ``version`` the number."""

    document: str
    passage: str
    version: int
    title: str
    page: int | None
    score: float
    quote: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """A question the documents do answer, offered when the asked one is below the line."""

    passage: str
    question: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens used, as the provider counted them.

    Of ``input``, ``cached`` were read from the provider's cache of prompts and ``stored`` were written to it.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    stored: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Return the sum of both."""
        return Tokens(
            self.input + other.input,
            self.output + other.output,
            self.cached + other.cached,
            self.stored + other.stored,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says back.

    ``answered`` is False for "I don't know"; ``extract`` marks text taken from the documents without a language
    model; ``notice`` is a sentence about how the answer came about (provider down, no documents in that
    language) that channels show apart from ``text``; ``cost_usd`` is None where the price is not known.
    ``summary`` is the JSON object of a mail's summary (DESIGN 2), for channels that show more of it than text.
    """

    answer_id: str
    conversation: str
    text: str
    answered: bool
    confidence: float
    task: str
    language: Language
    sources: tuple[Source, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    checks: Checks = "none"
    model: str = "extractive"
    tokens: Tokens = field(default_factory=Tokens)
    cost_usd: float | None = 0.0
    latency_ms: float = 0.0
    extract: bool = False
    notice: str | None = None
    error: str | None = None
    failed: bool = False
    """A language model failed, so that something else stands in its place: another try may go better."""
    summary: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a streamed reply.

    kind: ``status`` (text: what is being done), ``sources`` (sources), ``text`` (text: one more sentence, with
    the space or newline before it), ``done`` (reply; its text replaces what was streamed), ``error`` (text).
    """

    kind: Literal["status", "sources", "text", "done", "error"]
    text: str = ""
    sources: tuple[Source, ...] = ()
    reply: Reply | None = None


def source_line(source: Source) -> dict[str, Any]:
    """Return the source as the JSON contract has it."""
    return {name: getattr(source, name) for name in Source.__slots__}


def answer_line(reply: Reply, question_id: str | None = None) -> dict[str, Any]:
    """Return the reply as the answer line of the JSON contract (DESIGN 2), plus ``extract`` and ``notice``."""
    line: dict[str, Any] = {
        "id": question_id,
        "answer_id": reply.answer_id,
        "conversation": reply.conversation,
        "answer": reply.text,
        "answered": reply.answered,
        "confidence": round(reply.confidence, 6),
        "task": reply.task,
        "language": reply.language,
        "sources": [source_line(s) for s in reply.sources],
        "nearest": [{"passage": n.passage, "question": n.question} for n in reply.nearest],
        "checks": reply.checks,
        "model": reply.model,
        "tokens": {"input": reply.tokens.input, "output": reply.tokens.output},
        "cost_usd": reply.cost_usd,
        "latency_ms": round(reply.latency_ms, 3),
        "extract": reply.extract,
    }
    if reply.notice:
        line["notice"] = reply.notice
    if reply.error:
        line["error"] = reply.error
    return line
