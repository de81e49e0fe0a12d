"""The rows of the inbox in words, the same on the page and in the terminal."""

from bot.database.inbox_rows import Row
from bot.phrases import PHRASES, say
from knowledge.language import Language


def error_in_words(error: str | None, language: Language) -> str:
    """Return why a row went wrong; what a channel or a model said of it as it is."""
    phrase = f"inbox.error.{error}"
    return say(phrase, language) if phrase in PHRASES else error or ""


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
