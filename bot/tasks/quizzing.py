"""Quizzes: from the documents, else (with a model) from what it knows; answers judged, score told, misses re-asked."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from bot import lookup
from bot.database import documents
from bot.database.examples import everyones_passages
from bot.errors import ModelError
from bot.llm import LanguageModel
from bot.llm.deadline import Said, added
from bot.llm.structured import structured
from bot.messages import Event, Source
from bot.phrases import say
from bot.tasks.looking import Hit
from bot.tasks.request import Asked, Outcome, SourceDetail, Tools
from bot.tutoring import quiz
from bot.tutoring.quiz import Item, State
from bot.tutoring.request import MOST_QUESTIONS, Request
from bot.tutoring.writing import Asking, Judgement, Question, asking
from knowledge.confidence import LINES
from knowledge.passages import Candidate

LOOKED_AT = 24
"""Passages about a topic that questions are made from."""

NEAR = 0.3
"""Share of the best score from which a passage is about the topic; then come the others of its document."""

MOST_BLANKS = 3
"""Questions from one passage of prose."""

MOST_GENERAL = 3
"""Questions from a model's own knowledge: as many as the turns that are looked back at still hold."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A question and the passage that it is from; None where a model made it up."""

    item: Item
    hit: Hit | None = None


def begin(request: Request, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Ask the first question."""
    language, model = asked.language, tools.model_for("tutor")
    yield Event("status", say("tutor.quiz.making", language))
    made = questions(request.topic, asked, tools, model)
    if made:
        state = State(request.topic, 1, min(request.count, len(made)), language=language)
        return _shown(_posed(state, made[0].item), made[0], model)
    if model is None or not request.topic:
        key = "tutor.quiz.none" if request.topic else "tutor.quiz.empty"
        notice = None if model is not None else say("tutor.quiz.needs_model", language)
        return Outcome(say(key, language, topic=request.topic), answered=False, model="none", notice=notice)
    state = State(request.topic, 1, min(request.count, MOST_GENERAL), general=True, language=language)
    try:
        return _invented(state, (), request, asked, model)
    except ModelError as error:
        why = say("tutor.failed", language, why=say(error.phrase, language, **error.values))
        return Outcome(why, answered=False, model="none", failure=error.phrase)


def go_on(state: State, request: Request, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Judge an answer, and ask the next question or tell the score."""
    asked = replace(asked, language=state.language)
    language, model = state.language, tools.model_for("tutor")
    said = asked.message.text
    if quiz.stops(said):
        return Outcome(_score(state, None, stopped=True), model="none")
    question = quiz.question_in(asked.turns[-1].text, state)
    made = () if state.general else questions(state.topic, asked, tools, model)
    now = next((each for each in made if each.item.question == question), None)
    if now is None and not state.general:
        return Outcome(say("tutor.quiz.changed", language), answered=False, model="none")
    yield Event("status", say("tutor.quiz.judging", language))
    try:
        verdict = _judged(said, now, question, request, asked, model)
    except ModelError as error:
        why = say("tutor.failed", language, why=say(error.phrase, language, **error.values))
        verdict = _Verdict(None, why)
    if verdict.right is None and now is not None and now.item.kind == "choose":
        return Outcome(f"{say('tutor.quiz.number', language)}\n\n{_posed(state, now.item)}", model="none")
    return _next(state, verdict, now, made, request, asked, model)


# --- questions ------------------------------------------------------------------------------------------------------


def questions(topic: str, asked: Asked, tools: Tools, model: LanguageModel | None) -> tuple[_Made, ...]:
    """Return the questions that the documents have about a topic, the nearest first; the same ones every time."""
    hits = _about(topic, asked, tools) if topic else _of_all(asked, tools)
    rows = [hit for hit in hits if hit.record.question]
    others = rows if len(rows) > 3 else [*rows, *(hit for hit in _of_all(asked, tools) if hit.record.question)]
    found: dict[str, _Made] = {}
    for hit in hits:
        for item in _items(hit, [other.record.answer for other in others if other.record.id != hit.record.id], model):
            found.setdefault(item.question, _Made(item, hit))
    return tuple(found.values())[:MOST_QUESTIONS]


def _items(hit: Hit, others: Sequence[str], model: LanguageModel | None) -> list[Item]:
    """Return the question of a table's row, of prose a few sentences with blanks."""
    record = hit.record
    if not record.question:
        return quiz.blanking(record.answer)[:MOST_BLANKS]
    question = " ".join(record.question.split())
    if model is not None:
        return [Item("free", question, record.answer, record.answer)]
    choosing = quiz.choosing(question, record.answer, others)
    return [choosing] if choosing is not None else quiz.blanking(record.answer)[:1]


def _about(topic: str, asked: Asked, tools: Tools) -> list[Hit]:
    """Return the passages about a topic: the nearest, then others of the best one's document; else what stands in
    documents of that name."""
    audience, only, today = asked.message.audience, asked.message.documents, tools.clock().date()
    looked = lookup.look_up(
        tools.sessions, tools.knowledge, topic, audience=audience, today=today, limit=LOOKED_AT, only=only
    )
    found = [Hit(candidate, record) for candidate, record in looked.passages]
    if not found or looked.found.confidence < LINES["eager"]:
        words = {word for word in topic.lower().split() if len(word) > 1}
        return [hit for hit in _of_all(asked, tools) if words and all(word in _named(hit) for word in words)]
    near = [hit for hit in found if hit.candidate.score >= NEAR * found[0].candidate.score]
    beside = [hit for hit in found if hit not in near and hit.record.document_id == found[0].record.document_id]
    return _in_language([*near, *beside], asked)


def _named(hit: Hit) -> str:
    return f"{hit.record.document} {hit.record.title}".lower()


def _of_all(asked: Asked, tools: Tools) -> list[Hit]:
    """Return passages from all over the documents."""
    audience, only, today = asked.message.audience, asked.message.documents, tools.clock().date()
    with tools.sessions() as session:
        ids = everyones_passages(session, asked.language, 4 * MOST_QUESTIONS, only)
        seen = documents.visible(session, ids, audience, today, only)
        records = documents.load(session, [one for one in ids if one in seen])
    return [Hit(Candidate(one, 0.0), records[one]) for one in ids if one in records]


def _in_language(hits: Sequence[Hit], asked: Asked) -> list[Hit]:
    return [hit for hit in hits if hit.record.language == asked.language] or list(hits)


# --- judging --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Verdict:
    """``right`` is None where nobody could judge."""

    right: bool | None
    feedback: str = ""
    partly: bool = False
    said: Said | None = None
    order: Asking | None = None


def _judged(
    text: str, now: _Made | None, question: str, request: Request, asked: Asked, model: LanguageModel | None
) -> _Verdict:
    right = quiz.judged(text, now.item) if now is not None else None
    if right is not None or (now is not None and now.item.kind != "free"):
        return _Verdict(right)
    if model is None:
        return _Verdict(None, say("tutor.quiz.compare", asked.language))
    blocks = {"question": question, "attempt": text}
    if now is not None:
        blocks = {"passage 1": now.item.whole, **blocks}
    order = asking(
        "judge" if now is not None else "judge_general",
        blocks,
        asked.language,
        level=request.level,
        politeness=asked.preferences.politeness,
    )
    found = structured(model, order.prompt, Judgement, asked.deadline)
    value = found.value
    return _Verdict(value.verdict == "right", value.feedback.strip(), value.verdict == "partly", found.said, order)


def _next(
    state: State,
    verdict: _Verdict,
    now: _Made | None,
    made: Sequence[_Made],
    request: Request,
    asked: Asked,
    model: LanguageModel | None,
) -> Outcome:
    """Return what is said of an answer, with the next question or the score."""
    language = state.language
    missed = "partly" if verdict.partly else "wrong"
    key = "compare" if verdict.right is None else "right" if verdict.right else missed
    lines = [say(f"tutor.quiz.{key}", language), verdict.feedback if verdict.right is not None else ""]
    if now is not None and verdict.right is not True:
        lines.append(say("tutor.quiz.answer", language, answer=now.item.whole.strip()))
    feedback = "\n".join(filter(None, lines))
    following = state.after(right=verdict.right is not False)
    if following is None:
        outcome = Outcome(f"{feedback}\n\n{_score(state, verdict.right)}", model="none")
    elif state.general:
        outcome = _again_or_invented(feedback, following, request, asked, model)
    else:
        number = min(following.number, len(made)) - 1
        outcome = _shown(f"{feedback}\n\n{_posed(following, made[number].item)}", made[number], model)
    return _accounted(outcome, verdict, now)


def _accounted(outcome: Outcome, verdict: _Verdict, now: _Made | None) -> Outcome:
    sources: tuple[Source, ...] = ()
    details: tuple[SourceDetail, ...] = ()
    if now is not None and now.hit is not None and verdict.right is not True:
        sources, details = (now.hit.source(),), (now.hit.detail,)
    outcome = replace(
        outcome,
        sources=sources,
        source_details=details,
        checks="supported" if sources else "none",
        extract=bool(sources),
    )
    if verdict.said is None:
        return outcome
    return replace(
        outcome,
        extract=False,
        model=verdict.said.model,
        tokens=outcome.tokens + verdict.said.tokens,
        cost_usd=added(outcome.cost_usd, verdict.said.cost_usd),
        prompt=verdict.order.prompt.whole if verdict.order else outcome.prompt,
        prompt_version=verdict.order.version if verdict.order else outcome.prompt_version,
    )


# --- what is shown --------------------------------------------------------------------------------------------------


def _posed(state: State, item: Item) -> str:
    how = say(f"tutor.quiz.how_{item.kind}", state.language)
    return f"{state.head}\n{item.lines}\n\n{how}"


def _shown(text: str, made: _Made, model: LanguageModel | None) -> Outcome:
    return Outcome(text, model="none", extract=model is None and made.hit is not None)


def _score(state: State, right: bool | None, *, stopped: bool = False) -> str:
    first, mended = state.score(right=right)
    key = "tutor.quiz.stopped" if stopped else "tutor.quiz.score"
    text = say(key, state.language, right=first, total=state.total)
    return f"{text} {say('tutor.quiz.mended_all', state.language, mended=mended)}" if mended else text


def _again_or_invented(
    feedback: str, state: State, request: Request, asked: Asked, model: LanguageModel | None
) -> Outcome:
    """Return the next question that a model makes up, or one of its own that was missed."""
    posed = {
        found.number: quiz.question_in(turn.text, found)
        for turn in reversed(asked.turns)
        if turn.role == "bot" and (found := quiz.read_state(turn.text)) and not found.again
    }
    if state.again:
        question = posed.get(state.number, "")
        if not question:
            return Outcome(f"{feedback}\n\n{_score(state, None)}", model="none")
        return Outcome(f"{feedback}\n\n{_posed(state, Item('free', question, '', ''))}", model="none")
    if model is None:
        return Outcome(f"{feedback}\n\n{say('tutor.needs_model', state.language)}", model="none")
    try:
        made = _invented(state, tuple(posed.values()), request, asked, model)
    except ModelError as error:
        why = say(error.phrase, state.language, **error.values)
        return Outcome(
            f"{feedback}\n\n{say('tutor.failed', state.language, why=why)}", model="none", failure=error.phrase
        )
    return replace(made, text=f"{feedback}\n\n{made.text}")


def _invented(state: State, before: Sequence[str], request: Request, asked: Asked, model: LanguageModel) -> Outcome:
    """Ask a question of a model's own; ModelError where it fails."""
    blocks = {"topic": state.topic, "asked_before": "\n".join(before) or "-"}
    order = asking("question", blocks, state.language, level=request.level, politeness=asked.preferences.politeness)
    found = structured(model, order.prompt, Question, asked.deadline)
    item = Item("free", " ".join(found.value.question.split()), "", "")
    return Outcome(
        _posed(state, item),
        model=found.said.model,
        tokens=found.said.tokens,
        cost_usd=found.said.cost_usd,
        notice=say("tutor.general", state.language),
        prompt=order.prompt.whole,
        prompt_version=order.version,
    )
