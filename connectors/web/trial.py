"""A question tried out beside the documents: what is found with which scores, and what would be answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.lookup import Lookup, look_up, lookup_line
from bot.messages import Message, Reply, answer_line
from bot.phrases import say
from connectors.web.askers import WEB
from knowledge.confidence import LINES
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.wiring import Bot
    from knowledge.passages import Candidate

SHOWN = 10
QUOTE = 400


def entry_address(document: int, key: str) -> str:
    """Return the address that leads to an entry of a document."""
    return f"/documents/{document}/entry?key={quote(key, safe='')}"


@dataclass(frozen=True, slots=True)
class TriedPassage:
    """A passage found; scores as they are shown, "" where a leg did not find it."""

    document_id: int
    document: str
    key: str
    title: str
    quote: str
    page: int | None
    score: str
    keyword_score: str
    vector_score: str
    alias: bool

    @property
    def link(self) -> str:
        """The address of the entry in its document."""
        return entry_address(self.document_id, self.key)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a question; ``share`` and ``line_share`` are percents."""

    question: str
    groups: frozenset[str]
    reply: Reply
    looked: Lookup
    share: int
    line_share: int
    verdict: str
    reasons: tuple[str, ...]
    legs: str

    @property
    def answered(self) -> bool:
        """Whether it would be answered."""
        return self.reply.answered

    @property
    def vectors(self) -> bool:
        """Whether meanings were compared."""
        return self.looked.found.legs.get("vectors") == "used"

    @property
    def passages(self) -> list[TriedPassage]:
        """The passages found, best first."""
        if self.reply.task != "answer":
            return []
        return [_passage(candidate, record, self.question) for candidate, record in self.looked.passages]


def try_out(bot: "Bot", question: str, groups: frozenset[str], language: Language) -> Trial:
    """Ask a question as somebody in these groups would; nothing is recorded."""
    reply = bot.ask(Message(question, WEB, audience=groups), record=False)
    looked = look_up(bot.sessions, bot.knowledge, question, audience=groups, today=bot.clock().date(), limit=SHOWN)
    line = LINES[bot.settings.line]
    kind = "other" if reply.task != "answer" else "answered" if reply.answered else "unanswered"
    return Trial(
        question,
        groups,
        reply,
        looked,
        share=int(100 * looked.found.confidence),
        line_share=round(100 * line),
        verdict=say(f"web.try.{kind}", language),
        reasons=tuple(say(reason, language) for reason in _reasons(kind, looked, line)),
        legs=_legs(looked.found.legs, language),
    )


def trial_line(trial: Trial) -> dict[str, Any]:
    """Return a trial as JSON: what a search gives, the line, the answer line, and why it would not be answered."""
    why = list(trial.reasons)
    line = trial.line_share / 100
    return lookup_line(trial.looked) | {"line": line, "answer": answer_line(trial.reply), "why": why}


def _reasons(kind: str, looked: Lookup, line: float) -> list[str]:
    if kind != "unanswered":
        return []
    if not looked.passages:
        return ["web.try.why.nothing", "web.try.why.check"]
    below = looked.found.confidence < line
    return [*(["web.try.why.below"] if below else []), "web.try.why.check"]


def _legs(legs: Mapping[str, str], language: Language) -> str:
    words = {name: say(f"web.try.leg.{_state(legs.get(name, ''))}", language) for name in ("keywords", "vectors")}
    return say("web.try.legs", language, **words)


def _state(told: str) -> str:
    if told in ("used", "loading"):
        return told
    return "language" if "language" in told or "no passage" in told else "off"


def _passage(candidate: "Candidate", record: "PassageRecord", question: str) -> TriedPassage:
    text = record.answer
    return TriedPassage(
        document_id=record.document_id,
        document=record.document,
        key=record.key,
        title=record.question or record.title or text[:60],
        quote=text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…",
        page=record.page,
        score=f"{candidate.score:.3f}",
        keyword_score="" if candidate.keyword_score is None else f"{candidate.keyword_score:.2f}",
        vector_score="" if candidate.vector_score is None else f"{candidate.vector_score:.2f}",
        alias=bool(record.question) and record.question.strip() != question.strip(),
    )
