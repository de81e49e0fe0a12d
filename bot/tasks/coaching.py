"""Work on what a learner wrote: corrections, practice, hints before solutions, code that is read and never run."""

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any

from bot.errors import ModelError
from bot.llm.deadline import Said, asked_whole
from bot.llm.structured import structured
from bot.messages import Event
from bot.phrases import say
from bot.tasks.request import Asked, Outcome, Tools
from bot.tutoring import code, quiz, thread
from bot.tutoring.mistakes import Change, mended
from bot.tutoring.request import Request
from bot.tutoring.writing import LONGEST_SHOWN, Asking, Corrected, Help, Practised, asking
from knowledge.language import Language

HINTS = 2
"""Hints that are given before the solution comes without being asked for."""

MOST_CHANGES = 12
SHORTEST_ANSWER = 2
"""Characters of a solution from which it may not stand in a hint."""


def _order(work: str, request: Request, asked: Asked, **blocks: str) -> Asking:
    return asking(work, blocks, asked.language, level=request.level, politeness=asked.preferences.politeness)


def _account(said: Said, order: Asking) -> dict[str, Any]:
    return {
        "model": said.model,
        "tokens": said.tokens,
        "cost_usd": said.cost_usd,
        "prompt": order.prompt.whole,
        "prompt_version": order.version,
    }


def _failed(error: ModelError, language: Language) -> str:
    return say("tutor.failed", language, why=say(error.phrase, language, **error.values))


# --- corrections ----------------------------------------------------------------------------------------------------


def correct(request: Request, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Correct a text: what was wrong, how it is right, why."""
    language, model = asked.language, tools.model_for("tutor")
    if not request.material:
        return Outcome(say("tutor.ask_sentence", language), answered=False, model="none")
    if model is None:
        return _by_rules(request.material, language, say("tutor.correct.needs_model", language))
    yield Event("status", say("tutor.correct.reading", language))
    text = request.material[:LONGEST_SHOWN]
    order = _order("correct", request, asked, text=text)
    try:
        found = structured(model, order.prompt, Corrected, asked.deadline)
    except ModelError as error:
        return replace(_by_rules(request.material, language, _failed(error, language)), failure=error.phrase)
    value = found.value
    changes = [Change(one.wrong, one.right, one.why) for one in value.changes]
    real = [one for one in changes if one.wrong in text and one.right in value.corrected]
    notice = _cut(request.material, language)
    return Outcome(_told(text, value.corrected, real, language), notice=notice, **_account(found.said, order))


def _cut(text: str, language: Language) -> str | None:
    """Return what is to be said of a text that is longer than a model is shown."""
    return say("tutor.cut", language, count=f"{LONGEST_SHOWN:,}") if len(text) > LONGEST_SHOWN else None


def _by_rules(text: str, language: Language, why: str) -> Outcome:
    right, changes = mended(text, language)
    if not changes:
        return Outcome(say("tutor.correct.nothing", language), answered=False, model="none", notice=why)
    return Outcome(_told(text, right, changes, language), model="none", notice=why)


def _told(text: str, corrected: str, changes: Sequence[Change], language: Language) -> str:
    """Return the corrected text, and each change with its reason."""
    if corrected.strip() == text.strip():
        return say("tutor.correct.fine", language)
    lines = [say("tutor.correct.corrected", language), corrected.strip()]
    if changes:
        lines += ["", say("tutor.correct.changes", language)]
        lines += [f"- {one.wrong} → {one.right or '∅'}: {one.why}" for one in changes[:MOST_CHANGES]]
    return "\n".join(lines)


# --- practice -------------------------------------------------------------------------------------------------------


def practise(request: Request, asked: Asked, tools: Tools, *, going: bool = False) -> Generator[Event, None, Outcome]:
    """Talk with a learner in the language they practise, and correct each sentence; without a model say what helps."""
    language, model = asked.language, tools.model_for("tutor")
    said = asked.message.text if going else ""
    if going and quiz.stops(said):
        return Outcome(say("tutor.practice.end", language), model="none")
    last = asked.turns[-1].text if going else ""
    practised = _practised(request.topic, last)
    if going:  # explained in the language in which the practice was asked for
        language = "ko" if re.match(r"\[\S+ 연습\]", last) else "en"
        asked = replace(asked, language=language)
    if model is None:
        return Outcome(say("tutor.practice.needs_model", language), answered=False, model="none")
    yield Event("status", say("tutor.practice.thinking", language))
    spoken = say(f"tutor.language.{practised}", language)
    before = "\n".join(f"{turn.role}: {turn.text}" for turn in asked.turns[-6:]) if going else "-"
    order = _order("practice", request, asked, practised=spoken, before=before, text=said or request.topic or "-")
    try:
        found = structured(model, order.prompt, Practised, asked.deadline)
    except ModelError as error:
        return Outcome(_failed(error, language), answered=False, model="none", failure=error.phrase)
    value, lines = found.value, [say("tutor.practice.head", language, language=spoken)]
    if said and value.corrected.strip() and value.corrected.strip() != said.strip():
        changes = [Change(one.wrong, one.right, one.why) for one in value.changes if one.wrong in said]
        lines += [_told(said, value.corrected, changes, language), ""]
    lines.append(value.reply)
    if not going:
        lines += ["", say("tutor.practice.how", language)]
    return Outcome("\n".join(lines), **_account(found.said, order))


def _practised(topic: str, last: str) -> Language:
    """Return the language that is practised."""
    if last:
        return "ko" if re.match(r"\[(?:한국어|Korean)", last) else "en"
    return "ko" if re.search(r"한국어|한글|우리말|존댓말|맞춤법|korean", topic, re.IGNORECASE) else "en"


# --- homework -------------------------------------------------------------------------------------------------------


def help_with(request: Request, asked: Asked, tools: Tools, *, given: int = 0) -> Generator[Event, None, Outcome]:
    """Give a hint for a problem; the solution after ``HINTS`` of them, when it is asked for again, or when it is found.

    ``given``: hints that were given already; the message is then a try, or asks for the solution.
    """
    language, model = asked.language, tools.model_for("tutor")
    problem = request.material or request.topic
    if not problem or (not given and not re.search(r"\d|[=?？]", problem) and len(problem) < 40):
        return Outcome(say("tutor.ask_problem", language), answered=False, model="none")
    if model is None:
        text = say(f"tutor.hint.first_{_field(problem)}", language)
        return Outcome(text, model="none", notice=say("tutor.hint.needs_model", language))
    yield Event("status", say("tutor.hint.thinking", language))
    said = asked.message.text if given else "-"
    before = "\n".join(turn.text for turn in asked.turns[-6:]) if given else "-"
    order = _order("hint", request, asked, problem=problem, before=before, attempt=said)
    try:
        found = structured(model, order.prompt, Help, asked.deadline)
    except ModelError as error:
        text = say(f"tutor.hint.first_{_field(problem)}", language)
        return Outcome(text, model="none", notice=_failed(error, language), failure=error.phrase)
    text = _helped(found.value, said, given, problem, language)
    return Outcome(text, notice=say("tutor.hint.by_model", language), **_account(found.said, order))


def _helped(value: Help, said: str, given: int, problem: str, language: Language) -> str:
    if given and value.verdict == "right":
        return say("tutor.hint.right", language, answer=value.answer)
    if given and (thread.SOLUTION.search(said) or given >= HINTS):
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(value.steps, 1))
        return "\n".join(filter(None, [say("tutor.hint.solution", language), steps, value.answer]))
    hint = say("tutor.hint.hidden", language) if tells(value.hint, value.answer, problem) else value.hint
    wrong = say("tutor.hint.not_yet", language) + "\n" if given and value.verdict == "wrong" else ""
    return f"{say('tutor.hint.head', language, number=given + 1)}\n{wrong}{hint}\n\n{say('tutor.hint.how', language)}"


def tells(hint: str, answer: str, problem: str) -> bool:
    """Tell whether a hint gives the solution away: the solution stands in it and not in the problem."""
    plain = [re.sub(r"\s", "", text).lower().rstrip(".") for text in (hint, answer, problem)]
    if plain[1] and len(plain[1]) >= SHORTEST_ANSWER and plain[1] in plain[0] and plain[1] not in plain[2]:
        return True
    numbers = set(re.findall(r"-?\d+(?:\.\d+)?", answer)) - set(re.findall(r"-?\d+(?:\.\d+)?", problem))
    return bool(numbers) and numbers <= set(re.findall(r"-?\d+(?:\.\d+)?", hint))


def _field(problem: str) -> str:
    if code.looks_like_code(problem) and not re.search(r"[가-힣]", problem) and "(" in problem and "=" not in problem:
        return "code"
    if re.search(r"\d.*[=+*/^×÷]|방정식|함수|분수|확률|\bequation\b|\bfraction", problem):
        return "sum"
    return "text"


# --- code -----------------------------------------------------------------------------------------------------------


def look_at_code(request: Request, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Say where code cannot be read, and what is in it; a model says what is behind it. Nothing is ever run."""
    language, model = asked.language, tools.model_for("tutor")
    if not request.material:
        return Outcome(say("tutor.ask_code", language), answered=False, model="none")
    yield Event("status", say("tutor.code.reading", language))
    text = code.code_in(request.material)
    read = code.read_code(text) if code.is_python(text) else None
    facts = (
        ""
        if read is None
        else code.told(read, language)
        if isinstance(read, code.Outline)
        else code.explained(read, language)
    )
    if model is None:
        return _unexplained(facts, text, language, say("tutor.code.needs_model", language))
    order = _order("code", request, asked, topic=asked.message.text[:200], facts=facts or "-", text=text)
    try:
        said = asked_whole(model, order.prompt, asked.deadline)
        if not said.text.strip():
            raise ModelError("model.broken")
    except ModelError as error:
        return replace(_unexplained(facts, text, language, _failed(error, language)), failure=error.phrase)
    lines = [facts, said.text.strip()] if isinstance(read, code.Broken) else [said.text.strip()]
    notice = " ".join(filter(None, [say("tutor.code.not_run", language), _cut(text, language)]))
    return Outcome("\n\n".join(lines), notice=notice, **_account(said, order))


def _unexplained(facts: str, text: str, language: Language, why: str) -> Outcome:
    if facts:
        return Outcome(facts, model="none", notice=why)
    key = "tutor.code.too_long" if code.is_python(text) else "tutor.code.not_python"
    return Outcome(say(key, language), answered=False, model="none", notice=why)
