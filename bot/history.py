"""Follow-up questions: does the new one lean on the conversation, and what would it be on its own?

Without a model by rules (``history_korean``, ``history_english``); where those are not sure, by which version the
documents answer better. With a model it writes the question, and the rules check what it wrote.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from bot import history_english as english
from bot import history_korean as korean
from bot import joining_korean
from bot.errors import ModelError
from bot.history_words import EN_STOP
from bot.routing import route
from knowledge.language import Language, language_of
from knowledge.tokens import stem

if TYPE_CHECKING:
    from bot.llm import Prompt

LONGEST = 400
"""Characters of a question that may lean on the one before; a longer one says what it is about."""

ANSWER_READ = 300
"""Characters of the last answer whose nouns count as spoken of."""

TURNS_SHOWN = 6
"""Turns a model is shown."""

BETTER = 0.1
"""By so much must the documents answer one version better than the other to overrule the rules."""

GOOD = 0.5
"""A question that the documents answer so well by itself needs nothing more."""

NEARLY = 0.95
"""A joined question must be answered nearly as well as the earlier one: else what was added is foreign to it."""

Score = Callable[[str], float]
"""The confidence (0..1) with which the documents answer a question."""

Ask = Callable[["Prompt"], str]
"""Asks a language model and returns all it wrote; raises ModelError."""


class Said(Protocol):
    """One earlier turn; ``completed`` is the question as it was searched, None where that is ``text``."""

    @property
    def role(self) -> Literal["person", "bot"]:
        """Who said it."""
        ...

    @property
    def text(self) -> str:
        """What was said."""
        ...

    @property
    def completed(self) -> str | None:
        """The question as it was searched, where it had been completed."""
        ...


@dataclass(frozen=True, slots=True)
class Completed:
    """The question to search for; ``joined``: words of the conversation were added; ``by`` says who decided."""

    question: str
    joined: bool = False
    by: Literal["rules", "documents", "model"] = "rules"


def complete(question: str, turns: Sequence[Said], *, score: Score | None = None, ask: Ask | None = None) -> Completed:
    """Return the question as it can be understood without the conversation.

    ``turns``, oldest first, do not include the question. ``score`` is asked only where the rules are unsure,
    ``ask`` only where there is a conversation to lean on; a model that fails or invents words is not followed.
    """
    question = question.strip()
    earlier, answer = _last_exchange(turns)
    if not question or not earlier or len(question) > LONGEST:
        return Completed(question)
    by_rules = _by_rules(question, earlier, answer, score)
    if ask is None:
        return by_rules
    return _by_model(question, turns, ask) or by_rules


def _last_exchange(turns: Sequence[Said]) -> tuple[str, str]:
    """Return the last real question, as it was searched, and the answer to it; empty where there is none."""
    answer = ""
    for turn in reversed(turns):
        if turn.role == "bot":
            answer = turn.text
        elif route(turn.text, language_of(turn.text)) == "answer":
            return (turn.completed or turn.text).strip()[:LONGEST], answer
    return "", ""


def _by_rules(question: str, earlier: str, answer: str, score: Score | None) -> Completed:
    if language_of(question, language_of(earlier)) == "ko":
        new, before = korean.take_apart(question), korean.take_apart(earlier)
        answered = frozenset(n.text for n in korean.take_apart(answer[:ANSWER_READ]).nouns)
        verdict, versions = korean.leans(new, before, answered), joining_korean.stand_alone(new, before)
    else:
        asked, said = english.take_apart(question), english.take_apart(earlier)
        answered = frozenset(stem(w.lower()) for w in english.take_apart(answer[:ANSWER_READ]).content)
        verdict, versions = english.leans(asked, said, answered), english.stand_alone(asked, said)
    return _decide(question, earlier, verdict, versions, score)


def _decide(question: str, earlier: str, verdict: str, versions: Sequence[str], score: Score | None) -> Completed:
    if verdict == "alone":
        return Completed(question)
    if score is None:
        return Completed(versions[0], joined=True) if verdict in ("joined", "likely") else Completed(question)
    if verdict == "joined":
        return _best_version(earlier, versions, score)
    alone = score(question)
    if verdict == "unlikely" and alone >= GOOD:
        return Completed(question, by="documents")
    best = _best_version(earlier, versions, score)
    joined = score(best.question)
    foreign = joined < NEARLY * score(earlier)
    if verdict == "likely":
        apart = alone >= joined + BETTER or (foreign and alone >= GOOD)
    else:
        apart = foreign or alone >= joined - BETTER
    return Completed(question, by="documents") if apart else replace(best, by="documents")


def _best_version(earlier: str, versions: Sequence[str], score: Score) -> Completed:
    """Return the likeliest version, unless the documents do not answer it and do answer another.

    Another keeps words of the earlier question, which the documents answer anyway: it must lose nothing by the new
    ones.
    """
    first, *others = versions
    if others and score(first) < GOOD:
        enough = max(GOOD, NEARLY * score(earlier))
        best = max(others, key=score)
        if score(best) >= enough:
            return Completed(best, joined=True, by="documents")
    return Completed(first, joined=True)


def _by_model(question: str, turns: Sequence[Said], ask: Ask) -> Completed | None:
    """Return what the model makes of it; None where it fails, says too much, or adds words nobody said."""
    try:
        written = ask(prompt_for(question, turns))
    except ModelError:
        return None
    line = next((line.strip() for line in written.splitlines() if line.strip()), "").strip("\"'“”`")
    if not line or len(line) > 2 * LONGEST:
        return None
    if _words(line) == _words(question):
        return Completed(question, by="model")
    said = _words(" ".join([question, *(f"{t.text} {t.completed or ''}" for t in turns[-TURNS_SHOWN:])]))
    if not _words(question) - said and all(_was_said(word, said) for word in _words(line)):
        return Completed(line, joined=True, by="model")
    return None


def _words(text: str) -> set[str]:
    return {stem(word) for word in re.findall(r"[^\W_]+", text.lower())}


def _was_said(word: str, said: set[str]) -> bool:
    """Whether a word, with whatever ending, occurs in what was said; words that name nothing may be added."""
    if word in said or word in EN_STOP or len(word) < 2:
        return True
    root = word[: max(2, len(word) - 2)] if language_of(word) == "ko" else word
    return any(other.startswith(root[:2]) for other in said) if language_of(word) == "ko" else False


def prompt_for(question: str, turns: Sequence[Said]) -> "Prompt":
    """Return the prompt that asks a model for the stand-alone question, in one line."""
    from bot.llm.templates import template

    language: Language = language_of(question, language_of(turns[-1].text) if turns else "en")
    speakers = {"person": "질문자", "bot": "안내"} if language == "ko" else {"person": "Person", "bot": "Bot"}
    lines = [f"{speakers[t.role]}: {' '.join(t.text.split())[:LONGEST]}" for t in turns[-TURNS_SHOWN:]]
    return template("followup", language).fill(conversation="\n".join(lines), question=" ".join(question.split()))
