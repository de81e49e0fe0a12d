"""What a database says when it cannot go on, in words that say what to do."""

from typing import Any

from sqlalchemy import URL, Engine, event

from bot.errors import DapbotError, DataError

CANNOT_WRITE = ("is full", "disk i/o error", "readonly database", "unable to open database file", "no space left")
DAMAGED = ("malformed", "not a database")
GONE = ("connection", "server closed", "terminating", "timeout expired", "the database system is")


def told(url: URL, error: BaseException) -> DapbotError | None:
    """Return the error to raise for one that the driver raised, None for one that is about the statement."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    lower = said.lower()
    if url.get_backend_name() != "sqlite":
        server = url.render_as_string(hide_password=True)
        if _any(CANNOT_WRITE, lower):
            return DataError("database.server_full", server=server, reason=said)
        if type(error).__name__ in ("OperationalError", "InterfaceError", "AdminShutdown") and _any(GONE, lower):
            return DataError("database.unreachable", server=server, reason=said)
        return None
    if _any(DAMAGED, lower):
        return DataError("database.not_sqlite", file=url.database)
    if _any(CANNOT_WRITE, lower):
        return DataError("database.cannot_write", file=url.database, reason=said)
    if "database is locked" in lower:
        return DataError("database.locked", file=url.database)
    return None


def tell_failures(engine: Engine) -> None:
    """Have the engine raise errors of ours where the database cannot go on."""

    @event.listens_for(engine, "handle_error")
    def told_instead(context: Any) -> None:
        if context.is_pre_ping:  # the pool finds out by it that the server was restarted, and connects anew
            return
        error = told(engine.url, context.original_exception)
        if error is not None:
            raise error from context.original_exception


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(each in text for each in words)
