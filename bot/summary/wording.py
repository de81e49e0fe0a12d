"""A summary in words: the lines, what is to be done, what is still asked, and the sentences behind the lines."""

from collections.abc import Iterator

from bot.phrases import say
from bot.summary.asking import Action
from bot.summary.result import Summary
from knowledge.language import Language

LONGEST_QUOTE = 160
"""Characters of a sentence that is quoted as the evidence of a line."""


def told(summary: Summary, language: Language) -> str:
    """Return the summary as it is shown; lines that a model wrote come with the sentences they rest on."""
    lines = [f"{number}. {line.text}" for number, line in enumerate(summary.lines, 1)]
    if len(lines) == 1:
        lines = [summary.lines[0].text]
    if summary.actions:
        lines += ["", say("summary.actions", language), *(f"- {_action(one, language)}" for one in summary.actions)]
    if summary.questions:
        lines += ["", say("summary.questions", language), *(f"- {question}" for question in summary.questions)]
    if quotes := list(_quotes(summary)):
        lines += ["", say("summary.evidence", language), *quotes]
    return "\n".join(lines)


def _action(action: Action, language: Language) -> str:
    known = {"who": action.who, "due": action.due}
    said = [say(f"summary.{name}", language, value=value) for name, value in known.items() if value]
    return f"{action.what} ({', '.join(said)})" if said else action.what


def _quotes(summary: Summary) -> Iterator[str]:
    for number, line in enumerate(summary.lines, 1):
        if line.written:
            quote = line.evidence if len(line.evidence) <= LONGEST_QUOTE else f"{line.evidence[:LONGEST_QUOTE]}…"
            yield f"{number}. “{quote}”"


def notice_of(summary: Summary, language: Language, wanted: Language | None = None) -> str | None:
    """Return what there is to say about how the summary came about; ``wanted``: the language that was asked for."""
    said: list[str] = []
    if summary.failure:
        said.append(say("summary.instead", language, why=say(summary.failure, language)))
    elif summary.model == "extractive":
        said.append(say("summary.extract", language))
    elif summary.replaced:
        said.append(say("summary.replaced", language, count=summary.replaced))
    if summary.left_out and not summary.extract:
        said.append(say("summary.left_out", language, count=summary.left_out))
    if wanted and wanted != summary.language:
        said.append(say("summary.other_language", language))
    return " ".join(said) or None
