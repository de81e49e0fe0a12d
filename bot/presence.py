"""What a process that runs for long does for those of other machines: it says that it is there and is woken by them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.database import processes
from bot.database.listening import CHANGE, INBOX, Listener
from bot.processes import Heartbeat, is_running

if TYPE_CHECKING:
    from bot.indexer import Indexer
    from bot.wiring import Bot

__all__ = ["CHANGE", "INBOX", "nobody_runs", "present"]


def nobody_runs(bot: "Bot") -> bool:
    """Tell whether the database could be shared by several processes, and none was heard of lately."""
    if bot.lead.alone:
        return False
    with bot.sessions() as session:
        return not any(map(is_running, processes.listed(session)))


@contextmanager
def present(
    bot: "Bot", role: str, indexer: "Indexer", wake: Mapping[str, Callable[[], None]] | None = None
) -> Iterator[None]:
    """While the block runs, be one of several processes: ``role`` is serve or worker.

    ``wake`` has what to call for other words than ``CHANGE``, such as ``INBOX``; it must return at once. On SQLite,
    where there is one process, nothing is done.
    """
    if bot.lead.alone:
        yield
        return

    def detail() -> dict[str, Any]:
        place = bot.knowledge.place.space if bot.shared else ""
        folder = str(bot.ownership.folder.absolute())
        return {"folder": folder, "space": place, "leads": bot.lead.had, "documents": indexer.state}

    def followed() -> None:
        heartbeat.wake()
        if bot.shared:  # another process may have made the first vectors
            bot.knowledge.warm()

    heartbeat = Heartbeat(bot.sessions, bot.slot, role, lambda: bot.library.followed, detail)
    with heartbeat, Listener(bot.engine, {CHANGE: indexer.wake, **(wake or {})}):
        indexer.followed = followed
        yield
