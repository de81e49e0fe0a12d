"""An answer's ledger in words, for the page of its conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import quote, urlencode

from bot.database.dossier import Said
from bot.database.handovers import Handover
from bot.database.ledger import Ledger
from bot.phrases import PHRASES, say
from bot.sentiment.reading import label_of
from bot.shown import author_name
from connectors.web.trial import entry_address
from knowledge.confidence import LINES
from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source: its scores are as they are shown, ``link`` leads to the entry, "" where there is none any more."""

    title: str
    place: str
    quote: str
    score: str
    legs: str
    state: str
    state_words: str
    link: str


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """What a check found of a sentence: ``ok`` is None where it was no check of a sentence."""

    ok: bool | None
    text: str
    reasons: str


@dataclass(frozen=True, slots=True)
class ShownExchange:
    """A question and its answer with everything that is kept of them."""

    ledger: Ledger
    at: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[ShownSource, ...]
    checks: tuple[ShownCheck, ...]
    share: int
    line: int
    opinions: tuple[str, ...]
    handovers: tuple[tuple[int, str], ...]
    mood: str
    mend: tuple[tuple[str, str], ...]
    mail: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """How exchanges are shown: ``line`` is the setting that says from where on a question is answered."""

    line: str
    zone: tzinfo | None
    language: Language


def shown(said: Said, how: Shown, *, hit: bool) -> ShownExchange:
    """Return an exchange as its page shows it."""
    line, zone, language = how.line, how.zone, how.language
    ledger = said.ledger
    return ShownExchange(
        ledger=ledger,
        at=f"{ledger.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        facts=tuple(_facts(ledger, language)),
        sources=tuple(_sources(said, language)),
        checks=tuple(_check(each, language) for each in ledger.check_details),
        share=int(100 * ledger.confidence),
        line=round(100 * LINES[line]) if line in LINES else 0,
        opinions=tuple(_opinion(each, zone, language) for each in ledger.feedback),
        handovers=tuple((each.id, handover_words(each, zone, language)) for each in said.handovers),
        mood="" if ledger.mood is None else label_of(ledger.mood),
        mend=tuple(_mend(said, how)),
        mail=said.mail,
        hit=hit,
    )


def _facts(ledger: Ledger, language: Language) -> list[tuple[str, str]]:
    """Return what is said in one line each; a line without a value is left out."""
    cost = say("report.unknown_price", language) if ledger.cost_usd is None else f"${ledger.cost_usd:.4f}"
    version = f" ({ledger.prompt_version[:12]})" if ledger.prompt_version else ""
    lines = [
        ("searched", ledger.searched if ledger.searched != ledger.asked else ""),
        ("checks", say(f"report.checks.{ledger.checks}", language)),
        ("legs", ", ".join(_leg(name, str(state), language) for name, state in ledger.legs.items())),
        ("model", _known("web.conversation.model", ledger.model, language) + version),
        ("tokens", f"{ledger.input_tokens:,} + {ledger.output_tokens:,}, {cost}" if ledger.prompt else ""),
        ("latency", f"{ledger.latency_ms:,.0f} ms"),
        ("notice", ledger.notice or ""),
        ("error", ledger.error or ""),
        ("answer", ledger.answer_id),
    ]
    return [(say(f"report.{name}", language), text) for name, text in lines if text]


def _sources(said: Said, language: Language) -> list[ShownSource]:
    found = []
    for source, used in zip(said.ledger.sources, said.used, strict=True):
        scores = {"keywords": source.keyword_score, "vectors": source.vector_score}
        legs = [
            f"{_known('report.leg', leg, language)} {score:.2f}" for leg, score in scores.items() if score is not None
        ]
        page = say("web.chat.page", language, page=source.page) if source.page else ""
        version = say("web.chat.version", language, version=source.version) if source.version else ""
        found.append(
            ShownSource(
                title=source.title or source.passage,
                place=" · ".join(filter(None, (source.document, page, version))),
                quote=source.quote,
                score=f"{source.score:.3f}",
                legs=" · ".join(legs),
                state=used.state,
                state_words=say(f"web.conversations.source.{used.state}", language),
                link=entry_address(used.document, used.key) if used.state != "gone" else "",
            )
        )
    return found


def _check(check: Mapping[str, Any], language: Language) -> ShownCheck:
    ok = check.get("ok")
    text = str(check.get("text") or check.get("missing") or check.get("kind") or "")
    reasons = [_reason(str(each), language) for each in check.get("reasons") or ()]
    return ShownCheck(ok if isinstance(ok, bool) else None, text, ", ".join(reasons))


def _reason(reason: str, language: Language) -> str:
    kind, colon, detail = reason.partition(": ")
    return _known("report.reason", kind, language) + colon + detail


def _leg(name: str, state: str, language: Language) -> str:
    leg, _, why = state.partition(": ")
    words = _known("report.leg_state", leg, language)
    off = f" ({_known('report.leg_off', why, language)})" if why else ""
    return f"{_known('report.leg', name, language)}: {words}{off}"


def _known(group: str, word: str, language: Language) -> str:
    key = f"{group}.{word.replace(' ', '_')}"
    return say(key, language) if key in PHRASES else word


def _opinion(opinion: Any, zone: tzinfo | None, language: Language) -> str:
    words = say("web.conversations.rating.good" if opinion.rating > 0 else "web.conversations.rating.bad", language)
    reason = say(f"web.conversations.reason.{opinion.reason}", language) if opinion.reason else ""
    comment = f"“{opinion.comment}”" if opinion.comment else ""
    return " · ".join(filter(None, (words, reason, comment, day_and_minute(opinion.at, zone))))


def handover_words(each: Handover, zone: tzinfo | None, language: Language) -> str:
    """Return what became of a question that was handed over to people."""
    begun = day_and_minute(each.created_at, zone)
    if each.solved_at is None:
        return say("web.conversations.handed.waits", language, at=begun)
    outcome = say(f"web.conversations.outcome.{each.outcome}", language) if each.outcome else ""
    ended = day_and_minute(each.solved_at, zone)
    solver = author_name((each.solver or "").removeprefix("account:"), language)
    told = say("web.conversations.handed.done", language, at=begun, end=ended)
    return " · ".join(filter(None, (told, outcome, solver, f"“{each.note}”" if each.note else "")))


def _mend(said: Said, how: Shown) -> list[tuple[str, str]]:
    """Return where an answer that is wrong is put right: words and address."""
    ledger = said.ledger
    links = {"try": f"/documents/try?{urlencode({'q': ledger.searched[:1000]})}"}
    if live := next((used for used in said.used if used.state != "gone"), None):
        links["entry"] = entry_address(live.document, live.key)
    if old := next((used for used in said.used if used.state != "live" and used.row), None):
        links["recall"] = f"/documents/{old.document}/recall/{old.row}"
    if not ledger.answered or said.handovers or any(each.rating < 0 for each in ledger.feedback):
        links["question"] = f"/questions/answer/{ledger.answer_id}"
    links["golden"] = f"/documents/golden/new?{urlencode({'answer': ledger.answer_id})}"
    order = [name for name in ("entry", "question", "try", "golden", "recall") if name in links]
    return [(say(f"web.conversations.mend.{name}", how.language), links[name]) for name in order]


def day_and_minute(moment: datetime, zone: tzinfo | None) -> str:
    """Return a moment as the pages show it, in the bot's time zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def conversation_address(conversation: str, answer: str = "", *, before: int | None = None) -> str:
    """Return the address of a conversation, at one of its answers; ``before``: of the part that ends there."""
    part = f"?before={before}" if before else ""
    return f"/conversations/{quote(conversation, safe='')}{part}{f'#answer-{answer}' if answer else ''}"
