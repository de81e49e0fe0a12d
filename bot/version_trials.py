"""Trials of versions: begun in the background, followed, taken back, kept; and what the settings want of them."""

import logging
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.database import version_rows, version_trials
from bot.database.audit import Actor, note
from bot.database.version_trials import Case, Kind, Trial
from bot.errors import DapbotError, UserError
from bot.shelf import NOBODY, version_of
from bot.trying_versions import StoppedError, Wish, try_version
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.database.version_rows import VersionRow
    from bot.wiring import Bot

log = logging.getLogger(__name__)

TELL_SECONDS = 0.5


def begin(bot: "Bot", version: int, wish: Wish, *, author: str | Actor = NOBODY) -> Trial:
    """Try a version in the background, and return the trial that has begun.

    Raises:
        UserError: the version does not wait to be published, or is being tried.
    """
    trial, row = _opened(bot, version, author)
    threading.Thread(target=_beside, args=(bot, trial, row, wish), name="dapbot-version-trial", daemon=True).start()
    return trial


def try_now(
    bot: "Bot", version: int, wish: Wish, progress: Progress | None = None, *, author: str | Actor = NOBODY
) -> Trial:
    """Try a version and return the trial when it has ended, however it did; errors as for ``begin``."""
    trial, row = _opened(bot, version, author)
    _run(bot, trial, row, wish, progress)
    return trial_of(bot, version) or trial


def trial_of(bot: "Bot", version: int) -> Trial | None:
    """Return the last trial of a version, None where it was not tried."""
    with bot.sessions() as session:
        return version_trials.of_version(session, version)


def cases_of(bot: "Bot", trial: Trial, kind: Kind | None = None, limit: int = 1_000, offset: int = 0) -> list[Case]:
    """Return the questions of a trial that are answered otherwise."""
    with bot.sessions() as session:
        return version_trials.cases(session, trial.id, kind, limit, offset)


def cancel(bot: "Bot", version: int) -> bool:
    """Have a trial end; False where none goes on."""
    with bot.sessions.begin() as session:
        trial = version_trials.of_version(session, version)
        return trial is not None and version_trials.end(session, trial.id, "cancelled")


def is_tried(bot: "Bot", version: int) -> bool:
    """Tell whether a version was tried against what is live now."""
    trial = trial_of(bot, version)
    if trial is None or trial.state != "done":
        return False
    return trial.live == bot.library.live_number(bot.library.version(version).document)


def require_tried(bot: "Bot", versions: Iterable[int]) -> None:
    """Raise a UserError where the settings want versions tried before they are published, and one was not."""
    if bot.settings.publishing != "tried":
        return
    for version in versions:
        about = bot.library.version(version)
        if about.state == "staged" and not is_tried(bot, version):
            raise UserError("library.not_tried", version=version, name=about.name)


def _opened(bot: "Bot", version: int, author: str | Actor) -> "tuple[Trial, VersionRow]":
    with bot.sessions.begin() as session:
        row = version_of(session, version)
        if row.state != "staged":
            raise UserError("library.not_staged", version=version, name=row.document, number=row.number)
        basis = version_rows.basis(session, row.document_id)
        live = version_rows.one(session, basis) if basis is not None else None
        number = version_trials.begin(session, version, live.number if live else None, Actor.of(author).name)
        if number is None:
            raise UserError("library.trial_runs", name=row.document)
        note(session, author, "document.tried", row.document, version=row.number)
        trial = version_trials.of_version(session, version)
    assert trial is not None  # noqa: S101 - written in this transaction
    return trial, row


def _beside(bot: "Bot", trial: Trial, row: "VersionRow", wish: Wish) -> None:
    """Try a version in a thread of its own, which ends with the process: then the trial is said to have broken off."""
    try:
        _run(bot, trial, row, wish, None)
    except Exception:  # the edge of a thread: not even that it failed could be written
        log.warning("the trial of version %s of %r ended with the server", row.number, row.document, exc_info=True)


def _run(bot: "Bot", trial: Trial, row: "VersionRow", wish: Wish, progress: Progress | None) -> None:
    """Try a version, and write what came of it, also where it fails."""
    try:
        result = try_version(bot, row, wish, _telling(bot, trial.id, progress))
        with bot.sessions.begin() as session:
            version_trials.finish(session, trial.id, result.figures, result.cases)
    except StoppedError:
        return
    except DapbotError as error:
        _failed(bot, trial, error.phrase)
    except Exception:  # the edge of a thread: what went wrong is told on the page, the log has the rest
        log.exception("the trial of version %s of %r failed", row.number, row.document)
        _failed(bot, trial, "web.publishing.failed_unknown")
        if progress is not None:
            raise


def _failed(bot: "Bot", trial: Trial, phrase: str) -> None:
    with bot.sessions.begin() as session:
        version_trials.end(session, trial.id, "failed", phrase)


def _telling(bot: "Bot", trial: int, progress: Progress | None) -> Progress:
    """Return a progress that writes down how far it is now and then, and ends the work where it was taken back."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if progress:
            progress(done, total)
        if time.monotonic() - last >= TELL_SECONDS:
            last = time.monotonic()
            with bot.sessions.begin() as session:
                if not version_trials.tell(session, trial, done, total):
                    raise StoppedError

    return tell
