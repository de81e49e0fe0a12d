"""The checks of `dapbot doctor` while the server runs: one group a thread, each with a limit of its time."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.findings import Check
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

log = logging.getLogger(__name__)

LIMIT = 60.0
"""Seconds after which a group is given up: a server that takes a connection and says nothing."""

Look = Callable[[], Iterable[Check]]


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of a group: when it was last looked at to the end (None: never), and what was found, so far."""

    name: str
    running: bool
    at: datetime | None
    findings: tuple[Check, ...]

    @property
    def to_do(self) -> int:
        """Return how many findings must be acted on."""
        return sum(check.state == "todo" for check in self.findings)


class Checks:
    """Looks at groups when asked to, each at most once at a time; threads share it.

    ``limit`` is in seconds of ``moment``.
    """

    def __init__(
        self,
        groups: Mapping[str, Look],
        clock: Callable[[], datetime],
        *,
        limit: float = LIMIT,
        moment: Callable[[], float] = time.monotonic,
    ) -> None:
        self._groups = groups
        self._clock = clock
        self._limit = limit
        self._moment = moment
        self._lock = threading.Lock()
        self._runs: dict[str, _Run] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the groups."""
        return tuple(self._groups)

    def begin(self, *names: str) -> None:
        """Begin to look at these, or at all; one that is being looked at goes on."""
        with self._lock:
            for name in names or self.names:
                run = self._runs.get(name)
                if run is None or not run.running(self._limit):
                    self._runs[name] = _Run(name, self._groups[name], self._clock, self._moment)

    def groups(self) -> list[Group]:
        """Return what is known of each."""
        with self._lock:
            return [self._group(name) for name in self._groups]

    def wait(self, seconds: float) -> None:
        """Wait until nothing is being looked at, so long at most."""
        until = time.monotonic() + seconds
        while any(group.running for group in self.groups()) and time.monotonic() < until:
            time.sleep(0.02)

    def _group(self, name: str) -> Group:
        run = self._runs.get(name)
        if run is None:
            return Group(name, running=False, at=None, findings=())
        found = tuple(run.found)
        if run.late(self._limit):
            values = {"seconds": f"{self._limit:g}"}
            late = Check(f"{name}_late", "todo", "web.checks.late", values, "web.checks.late_do")
            return Group(name, running=False, at=run.began, findings=(*found, late))
        return Group(name, run.ended is None, run.ended, found)


class _Run:
    """One look at one group, in a thread; what hangs is left behind."""

    def __init__(self, name: str, look: Look, clock: Callable[[], datetime], moment: Callable[[], float]) -> None:
        self.found: list[Check] = []
        self.began = clock()
        self.ended: datetime | None = None
        self._begun = moment()
        self._look = look
        self._clock = clock
        self._moment = moment
        threading.Thread(target=self._run, args=(name,), name=f"check-{name}", daemon=True).start()

    def late(self, limit: float) -> bool:
        return self.ended is None and self._moment() - self._begun > limit

    def running(self, limit: float) -> bool:
        return self.ended is None and not self.late(limit)

    def _run(self, name: str) -> None:
        try:
            for check in self._look():
                self.found.append(check)
        except Exception:  # the others' findings stand, and the page says that this one has none
            log.exception("a check failed: %s", name)
            self.found.append(Check(f"{name}_broke", "todo", "web.checks.broke", {}, "web.checks.broke_do"))
        self.ended = self._clock()


def checks_of(bot: "Bot", parts: Callable[[], dict[str, str]]) -> Checks:
    """Return the checks of a running server; nothing is loaded before one is asked for."""
    groups: dict[str, Look] = {
        "system": lambda: _doctor("of_machine", bot),
        "data": lambda: _doctor("of_data", bot),
        "vectors": lambda: _doctor("of_vectors", bot),
        "models": lambda: _models(bot),
        "slack": lambda: _slack(bot),
        "mail": lambda: _mail(bot),
        "running": lambda: _running(bot, parts),
    }
    return Checks(groups, bot.clock)


def _doctor(name: str, bot: "Bot") -> Iterable[Check]:
    from bot import doctor

    found: Iterable[Check] = getattr(doctor, name)(bot.settings)
    return found


def _models(bot: "Bot") -> Iterator[Check]:
    from bot.doctor import of_models
    from bot.findings_of_models import of_model_answers

    found = list(of_models(bot.settings))
    yield from found
    if not any(check.state == "todo" for check in found):
        yield from of_model_answers(bot.settings)


def _slack(bot: "Bot") -> Iterable[Check]:
    from connectors.slack.checkup import of_slack

    return of_slack(bot.settings)


def _mail(bot: "Bot") -> Iterable[Check]:
    from connectors.mail.checkup import of_mail

    return of_mail(bot.settings)


def _running(bot: "Bot", parts: Callable[[], dict[str, str]]) -> Iterable[Check]:
    from bot.database import kept_settings
    from bot.database.kept_settings import SETTINGS
    from bot.doctor import running_parts
    from bot.kept_settings import waiting

    found = list(running_parts({**bot.knowledge.ready(), **parts()}))
    with bot.sessions() as session:
        later = waiting(bot.settings, kept_settings.read(session, SETTINGS).values)
    if later:
        found.append(
            Check("restart", "note", "web.checks.restart", {"names": ", ".join(later)}, "web.checks.restart_do")
        )
    return found or [Check("running", "ok", "web.checks.good")]


def check_line(check: Check, language: Language) -> dict[str, Any]:
    """Return a finding as programs get it, as `dapbot doctor --json` gives it."""
    return {
        "name": check.name,
        "state": check.state,
        "said": check.said(language),
        "advice": check.advised(language),
    }
