"""A question tried out as the pages and the API show it: what was found and why, the answer, its checks, its cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.database import documents
from bot.lookup import lookup_line
from bot.marking import Piece, marked, words_of
from bot.messages import Reply, answer_line
from bot.phrases import say
from bot.trying import Checked, Knobs, Tried, reason_in_words, reply_of, try_question
from connectors.web.knobs import address_of, knob_words, without_model
from knowledge.language import Language
from knowledge.splitting import normalised

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.wiring import Bot
    from knowledge.passages import Candidate, Passage

QUOTE = 400


def entry_address(document: int, key: str) -> str:
    """Return the address that leads to an entry of a document."""
    return f"/documents/{document}/entry?key={quote(key, safe='')}"


@dataclass(frozen=True, slots=True)
class TriedPassage:
    """A passage found; scores as they are shown, "" where a leg did not find it; ``why`` it is there, in words.

    ``title`` and ``quote`` are in pieces, the words of the question marked.
    """

    document_id: int
    document: str
    key: str
    title: tuple[Piece, ...]
    quote: tuple[Piece, ...]
    page: int | None
    score: str
    keyword_score: str
    vector_score: str
    why: tuple[str, ...]
    used: bool
    alias: bool

    @property
    def link(self) -> str:
        """The address of the entry in its document."""
        return entry_address(self.document_id, self.key)


@dataclass(frozen=True, slots=True)
class TriedSentence:
    """A sentence of the answer and its check; ``reasons`` say what is wrong with it."""

    text: str
    ok: bool
    reasons: tuple[str, ...]
    score: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a question; ``share`` and ``line_share`` are percents, ``set`` what is not as usual.

    ``has_model``: there is one; ``waits``: it would be asked, were this more than an address that was opened.
    """

    tried: Tried
    reply: Reply
    set: tuple[str, ...]
    address: str
    share: int
    line_share: int
    kind: str
    verdict: str
    reasons: tuple[str, ...]
    legs: str
    passages: tuple[TriedPassage, ...]
    sentences: tuple[TriedSentence, ...]
    stages: str
    cost: str
    has_model: bool
    waits: bool

    @property
    def question(self) -> str:
        """What was asked."""
        return self.tried.question

    @property
    def groups(self) -> frozenset[str]:
        """As whom."""
        return self.tried.knobs.groups

    @property
    def answered(self) -> bool:
        """Whether it would be answered."""
        return self.reply.answered

    @property
    def vectors(self) -> bool:
        """Whether meanings were compared."""
        return self.tried.looked.found.legs.get("vectors") == "used"


def try_out(bot: "Bot", question: str, knobs: Knobs, language: Language, *, waits: bool = False) -> Trial:
    """Ask a question under these conditions; nothing is recorded."""
    has_model = bool(bot.settings.llm) or bot.llm is not None
    waits = waits and has_model and knobs.model
    tried = try_question(bot, question, without_model(knobs) if waits else knobs)
    reply = reply_of(tried)
    found = tried.looked.found
    kind = "other" if tried.task != "answer" else "answered" if reply.answered else "unanswered"
    reasons = [say(reason, language) for reason in _reasons(kind, tried)]
    if tried.capped is not None:
        reasons.append(tried.capped.sentence(language))
    return Trial(
        tried,
        reply,
        tuple(knob_words(knobs, bot.settings, language, has_model=has_model)),
        address_of(question, knobs),
        share=int(100 * found.confidence),
        line_share=round(100 * tried.line),
        kind=kind,
        verdict=say(f"web.try.{kind}", language),
        reasons=tuple(reasons),
        legs=_legs(found.legs, language),
        passages=tuple(_passages(bot, tried, language)) if kind != "other" else (),
        sentences=tuple(_sentence(each, language) for each in tried.checks),
        stages=_stages(tried, language),
        cost=_cost(tried, language),
        has_model=has_model,
        waits=waits,
    )


def trial_line(trial: Trial) -> dict[str, Any]:
    """Return a trial as JSON: what a search gives, the line, the answer line, why it would not be answered; the check
    of each sentence, the milliseconds of each stage, and the prompt where a model was asked."""
    tried = trial.tried
    stages = tried.stages
    looked = lookup_line(tried.looked)
    for passage, shown in zip(looked["passages"], trial.passages, strict=False):
        passage["why"] = list(shown.why)
    return looked | {
        "line": tried.line,
        "answer": answer_line(trial.reply),
        "why": list(trial.reasons),
        "set": list(trial.set),
        "checks": [
            {"text": each.text, "ok": each.ok, "reasons": list(each.reasons), "score": each.score}
            for each in tried.checks
        ],
        "stages_ms": {
            name: round(getattr(stages, name), 3) for name in ("understanding", "search", "model", "rest", "total")
        },
        "prompt": tried.outcome.prompt,
    }


def _reasons(kind: str, tried: Tried) -> list[str]:
    if kind != "unanswered":
        return []
    if not tried.looked.passages:
        return ["web.try.why.nothing", "web.try.why.check"]
    below = tried.looked.found.confidence < tried.line
    return [*(["web.try.why.below"] if below else []), "web.try.why.check"]


def _legs(legs: Mapping[str, str], language: Language) -> str:
    words = {name: say(f"web.try.leg.{_state(legs.get(name, ''))}", language) for name in ("keywords", "vectors")}
    return say("web.try.legs", language, **words)


def _state(told: str) -> str:
    if told in ("used", "loading"):
        return told
    return "language" if "language" in told or "no passage" in told else "off"


def _passages(bot: "Bot", tried: Tried, language: Language) -> Iterable[TriedPassage]:
    """Yield what was found, best first, each with why it is there."""
    found = tried.looked.passages
    with bot.sessions() as session:
        indexed = {each.id: each for each in documents.for_index(session, [record.id for _, record in found])}
    words = words_of(tried.looked.question)
    used = {detail.passage_id for detail in tried.outcome.source_details}
    places = [_places(found, name) for name in ("keyword_score", "vector_score")]
    for candidate, record in found:
        why = list(_why(candidate, tried, indexed.get(record.id), places, language))
        yield _passage(candidate, record, (words, tuple(why), record.id in used), tried.question)


def _places(found: "Sequence[tuple[Candidate, PassageRecord]]", name: str) -> dict[int, int]:
    """Return which place each passage has by this score, from 1."""
    scored = [(getattr(candidate, name), candidate.id) for candidate, _ in found]
    best = sorted(((score, each) for score, each in scored if score is not None), reverse=True)
    return {each: place for place, (_, each) in enumerate(best, 1)}


def _why(
    candidate: "Candidate",
    tried: Tried,
    passage: "Passage | None",
    places: Sequence[Mapping[int, int]],
    language: Language,
) -> Iterable[str]:
    asked = normalised(tried.looked.question)
    if passage is not None and asked == normalised(passage.question):
        yield say("web.trials.why.same", language)
    elif passage is not None and asked in map(normalised, passage.aliases):
        yield say("web.trials.why.alias", language)
    for name, place in zip(("keywords", "vectors"), places, strict=True):
        if candidate.id in place:
            yield say(f"web.trials.why.{name}", language, place=place[candidate.id])


def _passage(
    candidate: "Candidate", record: "PassageRecord", seen: tuple[frozenset[str], tuple[str, ...], bool], question: str
) -> TriedPassage:
    text, (words, why, used) = record.answer, seen
    return TriedPassage(
        document_id=record.document_id,
        document=record.document,
        key=record.key,
        title=marked(record.question or record.title or text[:60], words),
        quote=marked(text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…", words),
        page=record.page,
        score=f"{candidate.score:.3f}",
        keyword_score="" if candidate.keyword_score is None else f"{candidate.keyword_score:.2f}",
        vector_score="" if candidate.vector_score is None else f"{candidate.vector_score:.2f}",
        why=why,
        used=used,
        alias=bool(record.question) and normalised(record.question) != normalised(question),
    )


def _sentence(checked: Checked, language: Language) -> TriedSentence:
    reasons = tuple(reason_in_words(reason, language) for reason in checked.reasons)
    return TriedSentence(
        checked.text, checked.ok, reasons, "" if checked.score is None else f"{100 * min(1, checked.score):.0f}%"
    )


def _stages(tried: Tried, language: Language) -> str:
    stages = tried.stages
    names = ("understanding", "search", "model", "rest")
    parts = {name: f"{getattr(stages, name):.0f}" for name in names}
    return say("web.trials.stages", language, total=f"{stages.total:.0f}", **parts)


def _cost(tried: Tried, language: Language) -> str:
    """Return which model was asked, and what it took; "" where none was."""
    outcome = tried.outcome
    if not (outcome.tokens.input or outcome.tokens.output):
        return ""
    tokens = {"input": outcome.tokens.input, "output": outcome.tokens.output}
    if outcome.cost_usd is None:
        return say("web.trials.cost.unknown", language, model=outcome.model, **tokens)
    return say("web.trials.cost", language, model=outcome.model, cost=f"{outcome.cost_usd:.4f}", **tokens)
