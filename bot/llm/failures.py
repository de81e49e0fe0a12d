"""The errors of the providers' libraries, told apart as the asker and the retry must know them.

Each library has its own tree of errors; what they share is a status and the names of their classes.
"""

from collections.abc import Iterator

from bot.errors import ModelError

RETRYABLE = frozenset({408, 409, 425, 429})
"""Statuses below 500 after which asking again can help."""

DOWN = ("Connect", "Protocol", "OSError", "ReadError", "WriteError")
"""Parts of the names of errors of a line that broke, or was never there."""


def model_error(error: Exception) -> ModelError:
    """Return the error as limited, refused, slow, down, or unreadable."""
    status = status_of(error)
    names = " ".join(kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__)
    if status == 429 or "RateLimit" in names:
        return ModelError("model.limited", retry_after=_retry_after(error))
    if status is not None and 400 <= status < 500 and status not in RETRYABLE:
        return ModelError("model.refused", retryable=False, status=status)
    if "Timeout" in names:
        return ModelError("model.slow")
    if (status is not None and status >= 500) or any(word in names for word in DOWN):
        return ModelError("model.down")
    return ModelError("model.broken")


def status_of(error: Exception) -> int | None:
    """Return the HTTP status that an error stands for, None where it stands for none."""
    for cause in _causes(error):
        for name in ("status_code", "code"):
            status = getattr(cause, name, None)
            if isinstance(status, int) and 400 <= status < 600:
                return status
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it was raised from: some libraries wrap the one that knows the status."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__


def _retry_after(error: Exception) -> float | None:
    """Return the seconds that the provider wants to be left alone for, None where it does not say."""
    for cause in _causes(error):
        headers = getattr(getattr(cause, "response", None), "headers", None) or {}
        for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
            try:
                return max(0.0, float(headers[name]) * scale)
            except (KeyError, TypeError, ValueError):
                continue  # absent, or a date: then the usual pause
    return None
