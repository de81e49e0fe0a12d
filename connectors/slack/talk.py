"""What people said in a channel or a thread, as it was read: its lines, in order, as many as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.slack.posted import seconds

MOST = 2_000
"""Messages that are read for one request, the newest."""

ROOM = 60_000
"""Characters that are kept, the newest: more than a model reads with care, and some seconds without one."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one person wrote, and in which thread: by the ``ts`` of its first message, its own where it is none's."""

    ts: str
    thread: str
    person: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was read, each thread together, oldest first; ``name`` is the channel's, "" where it has none.

    ``since``: when it begins; None for a thread, and for a message. ``until``: when it ends, None for now. ``older``:
    there was more, and the oldest was left out; ``unread``: threads whose replies were; ``unseen``: the asker's own
    last message was not found.
    """

    lines: tuple[Line, ...]
    name: str = ""
    since: datetime | None = None
    until: datetime | None = None
    older: bool = False
    unread: int = 0
    unseen: bool = False

    def people(self) -> int:
        """Return how many people wrote."""
        return len({line.person for line in self.lines})

    def talk(self) -> str:
        """Return it as lines, each with the name of who wrote it, threads apart."""
        threads: dict[str, list[str]] = {}
        for line in self.lines:
            threads.setdefault(line.thread, []).append(f"{line.name}: {' '.join(line.text.split())}")
        return "\n\n".join("\n".join(each) for each in threads.values())

    def opinions(self) -> str:
        """Return what was written as the items of a list, without names: it is not about who was in which mood."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return "\n".join(f"- {' '.join(line.text.split())}" for line in self.lines)


def newest(lines: Sequence[Line]) -> tuple[tuple[Line, ...], bool]:
    """Return the newest lines that there is room for, in their order, and whether some were left out."""
    kept: set[str] = set()
    room = ROOM
    for line in sorted(lines, key=lambda line: seconds(line.ts), reverse=True)[:MOST]:
        room -= len(line.name) + len(line.text) + 3
        if room < 0 and kept:
            break
        kept.add(line.ts)
    return tuple(line for line in lines if line.ts in kept), len(kept) < len(lines)
