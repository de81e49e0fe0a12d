"""What a running process keeps in memory of people goes when they are erased, in whichever process that is done."""

import logging
from typing import TYPE_CHECKING

from bot import quantities, support
from bot.database import erasures
from bot.memory import Memory
from knowledge import tokens

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

log = logging.getLogger(__name__)


class Forgetting:
    """Watches for erasures, for one process; threads share it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._number: str | None = None

    def look(self, session: "Session") -> None:
        """Forget whoever was erased since the last look: one value is read where nobody was."""
        number = erasures.number(session)
        if number == self._number:
            return
        gone = set(erasures.marks(session))
        self._memory.forget(lambda channel, person: erasures.mark(channel, person) in gone)
        if self._number is not None:
            forget_texts()
            log.info("what was kept in memory of erased people is gone")
        self._number = number

    def look_now(self, sessions: "sessionmaker[Session]") -> None:
        """Look in a session of its own: for whoever watches while no question comes."""
        with sessions() as session:
            self.look(session)


def forget_texts() -> None:
    """Empty the caches that are keyed by texts: sentences, words."""
    for cached in (quantities.quantities, support.taken_apart, support.take_apart, tokens.stem):
        cached.cache_clear()
