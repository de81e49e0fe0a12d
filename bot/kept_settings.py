"""The settings that administrators set on the page or with `dapbot settings`: below the environment and the files.

At the start they are put into the settings. While a process runs, those that are read at each use are put in at once,
the others wait for the next start; every process looks every few seconds whether another one has changed something.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.database import kept_settings
from bot.database.kept_settings import SETTINGS, WORDS, Kept
from bot.errors import DapbotError, SettingsError
from bot.own_words import use as use_words
from bot.setting_complaints import complaint
from bot.setting_sections import CHANGEABLE, ITEMS, MODELS, NAMING
from bot.settings import VARIABLES, Settings

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0

_changing = threading.Lock()


def default_of(variable: str) -> Any:
    """Return the value of a setting that nobody has set."""
    return Settings.model_fields[VARIABLES[variable]].default


def with_kept(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Return the settings with what is kept under what is given; the same object where that changes nothing.

    A value that cannot be used (any more) is left out, and the log says so: a server starts all the same.
    """
    result = settings.model_copy()
    for variable, value in values.items():
        item = ITEMS.get(variable)
        if item is None or item.changes not in CHANGEABLE or settings.fixed(variable):
            continue
        try:
            put(result, variable, value)
            if variable in NAMING:
                _check_model(result, variable)
        except SettingsError as error:
            log.warning("a setting that is kept is not used: %s", error)
            setattr(result, item.name, getattr(settings, item.name))
    return settings if result.model_dump() == settings.model_dump() else result


def with_stored(settings: Settings) -> Settings:
    """Return the settings with what the database keeps, as they are where it cannot be asked."""
    from bot.database.opening import opened_if_there

    try:
        with opened_if_there(settings) as sessions:
            if sessions is None:
                return settings
            return kept_under(settings, sessions)
    except DapbotError:  # whoever needs the database says so in its own words
        return settings


def kept_under(settings: Settings, sessions: "Sessions") -> Settings:
    """Return the settings with what the database keeps under what is given, and have own words said."""
    with sessions() as session:
        values, words = kept_settings.read(session, SETTINGS).values, kept_settings.read(session, WORDS).values
    use_words(words)
    return with_kept(settings, values)


def put(settings: Settings, variable: str, value: Any) -> None:
    """Put one value into the settings.

    Raises:
        SettingsError: it cannot be used; the sentence says what would do.
    """
    name = VARIABLES[variable]
    try:
        setattr(settings, name, value)
    except ValidationError as error:
        raise complaint(error, variable, Settings.model_fields[name]) from None


def _check_model(settings: Settings, variable: str) -> None:
    from bot.llm.providers import check

    if name := str(getattr(settings, VARIABLES[variable])):
        check(name, settings, variable)


def waiting(settings: Settings, values: Mapping[str, Any]) -> list[str]:
    """Return the variables whose kept value holds from the next start on only."""
    wanted = with_kept(settings, {v: default_of(v) for v, i in ITEMS.items() if i.changes == "restart"} | dict(values))
    return [
        variable
        for variable, item in ITEMS.items()
        if item.changes == "restart" and getattr(wanted, item.name) != getattr(settings, item.name)
    ]


class KeptSettings:
    """What a running bot takes up of what is kept; threads share it."""

    def __init__(self, sessions: "Sessions", settings: Settings, renew_model: Callable[[], None]) -> None:
        """``renew_model`` is called when another model is to answer."""
        self._sessions, self._settings, self._renew_model = sessions, settings, renew_model
        self._seen: dict[str, int] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kept-settings", daemon=True)

    def look(self) -> None:
        """Take up what has changed since the last look."""
        with self._sessions() as session:
            found = {name: kept_settings.read(session, name) for name in (SETTINGS, WORDS)}
        with _changing:
            for name, kept in found.items():
                if self._seen.get(name, 0) != kept.number:
                    self._take_up(name, kept)
                    self._seen[name] = kept.number

    def _take_up(self, name: str, kept: Kept) -> None:
        if name == WORDS:
            use_words(kept.values)
            return
        settings = self._settings
        now = [v for v, item in ITEMS.items() if item.changes == "now" and not settings.fixed(v)]
        wanted = with_kept(settings, {v: kept.values.get(v, default_of(v)) for v in now})
        changed = [v for v in now if getattr(wanted, VARIABLES[v]) != getattr(settings, VARIABLES[v])]
        for variable in changed:
            put(settings, variable, getattr(wanted, VARIABLES[variable]))
        if MODELS.intersection(changed):
            self._renew_model()
        if changed:
            log.info("settings changed: %s", ", ".join(changed))

    def start(self) -> None:
        """Look every few seconds from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the thread must live on: the database may be restarting
                log.warning("the settings that are kept cannot be read: %s", type(error).__name__)
