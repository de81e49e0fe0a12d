"""The rows of the inbox in words, the same on the page and in the terminal."""

import re

from bot.database.inbox_rows import Row
from bot.phrases import PHRASES, say
from knowledge.language import Language

_TOLD = {
    r"there is no channel (?P<name>.*) here": "inbox.error.no_channel",
    r"gone:(?P<reason>.*)": "inbox.error.gone",
    r"there is no job (?P<name>.*) here": "inbox.error.no_job",
    r"what was kept of the message cannot be read": "inbox.error.unreadable",
}
"""What workers write down themselves (``bot/delivering.py``)."""


def error_in_words(error: str | None, language: Language) -> str:
    """Return why a row went wrong; what a channel said of it, and what nobody foresaw, as it is."""
    if not error:
        return ""
    if f"inbox.error.{error}" in PHRASES:
        return say(f"inbox.error.{error}", language)
    for pattern, phrase in _TOLD.items():
        if found := re.fullmatch(pattern, error):
            return say(phrase, language, **found.groupdict())
    phrase = error.partition(": ")[2]  # an error of ours: its kind, and the phrase that tells of it
    return say(phrase, language) if phrase in PHRASES and "{" not in PHRASES[phrase][0] else error


def state_in_words(row: Row, language: Language) -> str:
    """Return where a row stands."""
    return say("inbox.state.working" if is_worked_on(row) else f"inbox.state.{row.state}", language)


def is_worked_on(row: Row) -> bool:
    """Tell whether a worker has the row."""
    return row.owner is not None and row.state not in ("done", "dead")


def failed(row: Row) -> bool:
    """Tell whether something about the row should be looked at."""
    return row.state == "dead" or (row.error is not None and row.state != "done")


def whose(row: Row) -> str:
    """Return where a row comes from: channel and conversation, of a job its name."""
    return row.conversation if row.kind == "job" else f"{row.channel} {row.conversation}"
