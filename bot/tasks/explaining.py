"""Explanations at a level: from the documents or the text that is given, else from what a model knows, and says so."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import ModelError
from bot.llm import LanguageModel
from bot.llm.deadline import Said, asked_whole
from bot.llm.extractive import extract
from bot.messages import Checks, Event
from bot.phrases import say
from bot.tasks.extracting import words_of
from bot.tasks.guarding import CITATION, Judged, judge
from bot.tasks.looking import Hit, Looked, look_up
from bot.tasks.releasing import Sentences
from bot.tasks.request import Asked, Outcome, Tools
from bot.tutoring.request import Request
from bot.tutoring.writing import LONGEST_SHOWN, Asking, asking

PASSAGES = 4
PASSAGE_CHARACTERS = 2_000
LONGEST_EXTRACT = 1_500
"""Characters of a text that are given back where no model explains it."""

NO_ANSWER = "NO_ANSWER"
EXAMPLE = (
    "예를 들",
    "예컨대",
    "비유하",
    "마치",
    "쉽게 말하",
    "for example",
    "imagine",
    "think of",
    "it is like",
    "picture",
)
"""How a sentence begins that states nothing of the documents, but makes something plain."""

ALWAYS = ("orders", "image", "link")
"""What not even an example may have."""


def explain(request: Request, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Explain a topic, or a text."""
    language, model = asked.language, tools.model_for("tutor")
    if not request.topic and not request.material:
        return Outcome(say("tutor.ask_topic", language), answered=False, model="none")
    yield Event("status", say("tutor.looking", language))
    looked = None if request.material else look_up(request.topic, asked, tools)
    hits = covering(looked, tools) if looked is not None else ()
    passages = [request.material[:LONGEST_SHOWN]] if request.material else [_text(hit) for hit in hits]
    if model is None:
        return _without(request, hits, looked, asked, say("tutor.needs_model", language))
    try:
        if passages and (made := _from_passages(request, passages, hits, asked, model)) is not None:
            return made
        return _general(request, asked, model)
    except ModelError as error:
        why = say("tutor.failed", language, why=say(error.phrase, language, **error.values))
        return _without(request, hits, looked, asked, why, error.phrase)


def covering(looked: Looked, tools: Tools) -> tuple[Hit, ...]:
    """Return the passages that are about a topic, none where the documents do not cover it."""
    if not looked.hits or looked.found.confidence < tools.least:
        return ()
    best = looked.hits[0].candidate.score
    return tuple(hit for hit in looked.hits[:PASSAGES] if hit.candidate.score >= 0.5 * best)


def _text(hit: Hit) -> str:
    record = hit.record
    return "\n".join(filter(None, [record.title, record.question, record.answer[:PASSAGE_CHARACTERS]]))


# --- with a model ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Checked:
    """An explanation without the sentences that a passage contradicts."""

    text: str
    checks: Checks
    dropped: int
    cited: tuple[int, ...]
    details: tuple[dict[str, Any], ...]


def _asked(work: str, request: Request, passages: Sequence[str], asked: Asked) -> Asking:
    blocks = {f"passage {number}": text for number, text in enumerate(passages, 1)}
    blocks["topic"] = request.topic or say("tutor.this_text", asked.language)
    return asking(work, blocks, asked.language, level=request.level, politeness=asked.preferences.politeness)


def _from_passages(
    request: Request, passages: Sequence[str], hits: Sequence[Hit], asked: Asked, model: LanguageModel
) -> Outcome | None:
    """Return the explanation that a model makes of the passages, None where it finds nothing of the topic in them."""
    order = _asked("explain", request, passages, asked)
    said = asked_whole(model, order.prompt, asked.deadline)
    if not said.text.strip():
        raise ModelError("model.broken")
    if NO_ANSWER in said.text and not request.material:
        return None
    checked = check(said.text.replace(NO_ANSWER, ""), passages, request.topic, order.prompt.system)
    if not checked.text:
        raise ModelError("answer.not_supported", retryable=False)
    used = [hits[number] for number in checked.cited if number < len(hits)]
    text = checked.text if hits else CITATION.sub("", checked.text)
    dropped = say("tutor.dropped", asked.language, count=checked.dropped) if checked.dropped else ""
    cut = len(request.material) > LONGEST_SHOWN
    only = say("tutor.cut", asked.language, count=f"{LONGEST_SHOWN:,}") if cut else ""
    return Outcome(
        text,
        sources=tuple(hit.source() for hit in used),
        source_details=tuple(hit.detail for hit in used),
        checks=checked.checks,
        check_details=checked.details,
        notice=" ".join(filter(None, [dropped, only])) or None,
        **_account(said, order),
    )


def check(text: str, passages: Sequence[str], topic: str, orders: str) -> _Checked:
    """Return an explanation with each sentence checked: one with a wrong fact is left out, an example may stand."""
    sentences = Sentences()
    kept, cited, details, dropped = "", list[int](), list[dict[str, Any]](), 0
    for sentence in [*sentences.feed(text.strip()), sentences.rest()]:
        if not sentence.strip():
            continue
        judged = judge(sentence, passages, topic, orders)
        details.append(judged.detail)
        if not _may_stand(sentence, judged):
            dropped += 1
            continue
        cited += [number for number in judged.rests_on if number not in cited and number < len(passages)]
        kept += sentence
    places = {str(number + 1): f"[{place}]" for place, number in enumerate(cited, 1)}
    kept = CITATION.sub(lambda found: places.get(found[1], ""), kept).strip()
    fine = bool(details) and all(detail["ok"] for detail in details)
    checks: Checks = "none" if not cited else "supported" if fine else "partly"
    return _Checked(kept if cited else "", checks, dropped, tuple(cited), tuple(details))


def _kinds(judged: Judged) -> set[str]:
    return {fault.split(":")[0] for fault in judged.faults}


def _may_stand(sentence: str, judged: Judged) -> bool:
    kinds = _kinds(judged)
    if kinds & set(ALWAYS):
        return False
    if sentence.strip().lower().startswith(EXAMPLE):
        return True
    return not kinds - {"unsupported"}


def _general(request: Request, asked: Asked, model: LanguageModel) -> Outcome:
    """Return what a model knows of a topic that the documents do not cover."""
    order = _asked("general", request, (), asked)
    said = asked_whole(model, order.prompt, asked.deadline)
    sentences = Sentences()
    all_of_it = [*sentences.feed(said.text.strip()), sentences.rest()]
    kept = [one for one in all_of_it if not _kinds(judge(one, ("",), request.topic, order.prompt.system)) & set(ALWAYS)]
    text = CITATION.sub("", "".join(kept)).strip()
    if not text:
        raise ModelError("model.broken")
    return Outcome(text, notice=say("tutor.general", asked.language), **_account(said, order))


def _account(said: Said, order: Asking) -> dict[str, Any]:
    return {
        "model": said.model,
        "tokens": said.tokens,
        "cost_usd": said.cost_usd,
        "prompt": order.prompt.whole,
        "prompt_version": order.version,
    }


# --- without one ----------------------------------------------------------------------------------------------------


def _without(
    request: Request, hits: Sequence[Hit], looked: Looked | None, asked: Asked, why: str, failure: str | None = None
) -> Outcome:
    """Return what the documents, or the text, say of it in their own words, and why it is no more."""
    language = asked.language
    if request.material:
        words = extract(request.topic or request.material[:200], request.material, language).strip()
        words = words if len(words) <= LONGEST_EXTRACT else words[:LONGEST_EXTRACT].rstrip() + "…"
        text = f"{say('tutor.from_text', language)}\n\n{words}"
        return Outcome(text, checks="supported", model="none", extract=True, notice=why, failure=failure)
    if not hits:
        nearest = looked.nearest if looked is not None else ()
        text = say("tutor.not_covered", language, topic=request.topic)
        sure = looked.found.confidence if looked is not None else 0.0
        return Outcome(text, False, sure, nearest=nearest, model="none", notice=why, failure=failure)
    texts = [words_of(request.topic, hit) for hit in hits]
    lines = [f"{text} [{number}]" for number, text in enumerate(texts, 1)]
    return Outcome(
        "\n\n".join([say("tutor.from_documents", language), *lines]),
        confidence=looked.found.confidence if looked is not None else 1.0,
        sources=tuple(hit.source(text) for hit, text in zip(hits, texts, strict=True)),
        source_details=tuple(hit.detail for hit in hits),
        checks="supported",
        model="none",
        extract=True,
        notice=why,
        failure=failure,
    )
