"""What versions change, kept for a while: whoever looks through a large one asks for it page by page."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from starlette.requests import Request

if TYPE_CHECKING:
    from bot.comparing import Change
    from bot.library import Library

MOST = 8
"""Changes that are kept; one of 20,000 entries takes about a second to find and some 50 MB."""

Key = tuple[str, int, int, int, int]


class Previews:
    """The changes looked at last, as long as no document has changed; threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Change] = OrderedDict()
        self._lock = Lock()

    def of(self, library: "Library", version: int) -> "Change":
        """Return what a staged version would change; UserError where there is none of this id."""
        key = ("staged", version, 0, 0, library.change_number())
        return self._change(key, lambda: library.change_of(version))

    def between(self, library: "Library", document: int, older: int, newer: int) -> "Change":
        """Return what the version ``newer`` changed against ``older``; UserError where one is not there."""
        key = ("diff", document, older, newer, library.change_number())
        return self._change(key, lambda: library.diff(document, older, newer))

    def _change(self, key: Key, find: "Callable[[], Change]") -> "Change":
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        change = find()
        with self._lock:
            self._kept[key] = change
            for old in [each for each in self._kept if each[4] != key[4]] + list(self._kept)[:-MOST]:
                self._kept.pop(old, None)
        return change


def previews_of(request: Request) -> Previews:
    """Return those of this application."""
    previews: Previews = request.app.state.previews
    return previews
