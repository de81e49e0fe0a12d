"""Words that were analysed once: both legs analyse the same passages, one after the other."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Known = dict[str, Any]
"""What is known of words."""


class _Before(threading.local):
    """What this thread remembers, None where nobody asked it to."""

    known: Known | None = None


_before = _Before()


@contextmanager
def remembered() -> Iterator[None]:
    """Have each analysis of this thread go on with the words of the one before while the block runs."""
    _before.known = {}
    try:
        yield
    finally:
        _before.known = None


def taken() -> Known:
    """Return what is remembered, which nobody else has until it is given back: it is added to meanwhile."""
    found = _before.known
    if found:
        _before.known = {}
    return found or {}


def give_back(known: Known) -> None:
    """Remember these words, where that was asked for."""
    if _before.known is not None:
        _before.known = known
