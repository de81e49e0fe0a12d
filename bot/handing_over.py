"""Questions that people take over: asked for on a channel, once in a place; who ended it, and how, is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.database import handovers
from bot.database.handovers import LONGEST_NOTE, OUTCOMES, Handover, Questioned

if TYPE_CHECKING:
    from bot.database.engine import Sessions

__all__ = ["LONGEST_NOTE", "OUTCOMES", "HandingOver", "Handover", "Questioned"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the one that waits in the place, and whether it was begun just now."""

    handover: Handover
    begun: bool


class HandingOver:
    """Threads share it; ``clock`` tells the time, aware."""

    def __init__(self, sessions: "Sessions", clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock

    def question_of(self, channel: str, answer_id: str) -> Questioned | None:
        """Return the question of an answer; None where there is no such answer on this channel."""
        with self._sessions() as session:
            return handovers.question_of(session, channel, answer_id)

    def last_question(self, channel: str, conversation: str, person: str) -> Questioned | None:
        """Return what somebody asked of the documents last in a conversation; None: nothing."""
        with self._sessions() as session:
            return handovers.last_question(session, channel, conversation, person)

    def begin(self, new: Handover) -> Asked:
        """Return the one that waits in the place of ``new``, which is it where none did."""
        found, begun = handovers.begin_or_find(self._sessions, replace(new, created_at=self._clock()))
        return Asked(found, begun)

    def get(self, number: int) -> Handover | None:
        """Return one by its number."""
        with self._sessions() as session:
            return handovers.handover(session, number)

    def reopen(self, number: int) -> Handover | None:
        """Have one that ended by mistake wait again, and return it; None where that cannot be, or it waits already."""
        return self.get(number) if handovers.reopen(self._sessions, number) else None

    def solve(self, number: int, *, by: str, outcome: str, note: str = "") -> Handover | None:
        """Write how one ended, and return it; who said so first is who ended it. None: there is no such one."""
        with self._sessions.begin() as session:
            handovers.solve(session, number, by=by, outcome=outcome, note=note, at=self._clock())
        return self.get(number)
