"""Which answer, and which conversation, a line of the log is about: ids that nobody's words are in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_about: ContextVar[Mapping[str, str]] = ContextVar("about", default={})  # noqa: B039 - never changed, only replaced


def about() -> Mapping[str, str]:
    """Return what the lines of this thread are about just now, by name; empty for nothing in particular."""
    return _about.get()


def also_about(**ids: str) -> None:
    """Add what has become known, until the block of ``lines_about`` ends."""
    _about.set({**_about.get(), **{name: value for name, value in ids.items() if value}})


@contextmanager
def lines_about(**ids: str) -> Iterator[None]:
    """Have every line of this thread say what it is about until the block ends; what is "" is left out."""
    before = _about.get()
    _about.set({name: value for name, value in ids.items() if value})
    try:
        yield
    finally:
        _about.set(before)  # not a token: a stream may be closed in another context than it was begun in
