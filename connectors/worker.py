"""`dapbot worker`: answers what is in the inbox, beside `dapbot serve` and on as many machines as there are."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.phrases import say
from connectors import running
from connectors.channels import channels_of
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.settings import Settings


def run(settings: "Settings", language: Language, tell: Callable[[str], None], count: int | None = None) -> None:
    """Work until SIGINT or SIGTERM, then finish what is at hand and stop. ``tell`` shows a line to whoever started it.

    Raises:
        SettingsError: the database is a SQLite file, whose only process is the server.
        OperatorError: another setting is wrong, or the database cannot be used.
    """
    from bot.database.engine import database_url
    from bot.kept_settings import with_stored

    if database_url(settings).get_backend_name() == "sqlite":
        raise SettingsError("worker.postgresql", name="DAPBOT_DATABASE_URL")
    settings = with_stored(settings)
    with ExitStack() as undo:
        stop = undo.enter_context(running.stop_signals())
        from bot.indexer import Indexer
        from bot.presence import INBOX, present
        from bot.processes import place_for_worker
        from bot.wiring import build_bot

        place = undo.enter_context(place_for_worker(settings))
        bot = build_bot(settings, ownership=place, channels=channels_of(settings))
        undo.callback(running.close, bot)
        indexer = Indexer(bot.library).start()
        undo.callback(indexer.stop, running.GRACE_SECONDS)
        _ = bot.llm  # a model that nobody can use is told before anything is answered
        work = undo.enter_context(running.at_work(bot, count))
        undo.enter_context(present(bot, "worker", indexer, {INBOX: work.workers.wake}))
        bot.warm()
        tell(say("worker.ready", language, count=work.count))
        running.say_if_paused(bot, language, tell)
        stop.wait()
        tell(say("serve.stopping", language))
    tell(say("worker.stopped", language))
    running.leave_behind()
