"""A conversation in a few lines: what was asked, and what was answered to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.llm import LanguageModel
from bot.llm.deadline import Deadline
from bot.phrases import say
from bot.routing import wanted
from bot.summary.asking import actions_of
from bot.summary.condensing import Said, condensed
from bot.summary.ranking import LINES, best
from bot.summary.result import Line, Summary
from bot.summary.sentences import Unit, units_of
from bot.summary.summarizing import mood_of
from bot.summary.trimming import line_of
from knowledge.language import Language

ROOM = 20_000
"""Characters of a conversation that are read: the newest turns whole, the earlier ones condensed."""

LONGEST_ASKED = 60
"""Characters of a question in the line that tells its answer."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What was asked and what was answered, "" where nothing was."""

    asked: str
    answered: str = ""


def summarize_conversation(
    turns: Sequence[Said],
    language: Language,
    *,
    model: LanguageModel | None = None,
    deadline: Deadline | None = None,
    count: int = LINES,
) -> Summary:
    """Return a conversation, oldest turn first, in at most ``count`` lines; greetings and the like are passed over.

    Raises:
        UserError: nothing has been said in it yet.
    """
    spoken = [turn for turn in turns if turn.role == "bot" or not _passed_over(turn.text, language)]
    kept = condensed(spoken, ROOM)
    exchanges = _exchanges(kept.turns)
    if not exchanges:
        raise UserError("summary.no_conversation")
    names = say("summary.person", language), say("summary.bot", language)
    units = units_of(kept.text(*names))
    extract = _extracted(exchanges, units, names[0], language, count)
    if model is None:
        return extract
    from bot.summary.writing import written

    return written(units, extract, model, deadline or Deadline(120.0), language, count=count)


def _passed_over(text: str, language: Language) -> bool:
    """Whether a turn of a person says nothing to be told: small talk, or an earlier order to summarise all this."""
    found = wanted(text, language)
    return found.task == "smalltalk" or (found.task == "summarize" and not found.material)


def _exchanges(turns: Sequence[Said]) -> list[_Exchange]:
    found: list[_Exchange] = []
    for turn in turns:
        if turn.role == "person":
            found.append(_Exchange(turn.text))
        elif found and not found[-1].answered:
            found[-1] = replace(found[-1], answered=turn.text)
    return found


def _extracted(
    exchanges: Sequence[_Exchange], units: Sequence[Unit], person: str, language: Language, count: int
) -> Summary:
    """Return the lines without a model: the exchanges that tell most of it, the last one always among them."""
    told = "\n\n".join(" ".join(one.asked.split()) for one in exchanges[:-1])
    asked = {unit.text for unit in best(units_of(told), count - 1)} if count > 1 else set()
    chosen = [one for one in exchanges[:-1] if asked & {unit.text for unit in units_of(one.asked)}]
    chosen = [*chosen[: count - 1], exchanges[-1]]
    own = [unit for unit in units if unit.speaker == person]
    return Summary(
        tuple(_line(one) for one in chosen),
        tuple(replace(action, what=action.what.removeprefix(f"{person}: ")) for action in actions_of(own)),
        (exchanges[-1].asked,) if not exchanges[-1].answered else (),
        language,
        mood_of(own),
    )


def _line(one: _Exchange) -> Line:
    """Return an exchange as one line: the question, and the sentence of the answer that says most."""
    asked = line_of(" ".join(one.asked.split()))
    asked = asked if len(asked) <= LONGEST_ASKED else f"{asked[:LONGEST_ASKED].rstrip()}…"
    answer = next(iter(best(units_of(one.answered), 1)), None)
    if answer is None:
        return Line(asked, one.asked)
    return Line(f"{asked} → {line_of(answer.text)}", answer.text)
