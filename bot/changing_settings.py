"""Changes of what administrators set: checked, kept, noted in the audit log, taken up, and taken back."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.database import kept_settings
from bot.database.audit import Actor, note
from bot.database.kept_settings import SETTINGS, WORDS, Kept
from bot.errors import SettingsError, UserError
from bot.kept_settings import default_of, put
from bot.llm import model_from
from bot.own_words import LANGUAGES, checked
from bot.setting_complaints import looks_secret, shown
from bot.setting_sections import CHANGEABLE, ITEMS, MODELS
from bot.settings import ENVIRONMENT, VARIABLES, set_by

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.settings import Settings

LONGEST = 2_000
"""Characters of a value."""


class ChangingSettings:
    """``settings`` are those of this process; ``taken_up`` is called after each change."""

    def __init__(
        self, settings: "Settings", sessions: "Sessions", taken_up: Callable[[], object] = lambda: None
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._taken_up = taken_up

    def kept(self, name: str = SETTINGS) -> Kept:
        """Return what is kept, of the settings or of own words."""
        with self._sessions() as session:
            return kept_settings.read(session, name)

    def set(self, wanted: Mapping[str, str | None], actor: Actor | str, *, seen: int | None = None) -> Kept:
        """Set values by variable, None for the default; ``seen`` is the number of what they were chosen over.

        Raises:
            SettingsError: a value cannot be used, or is fixed elsewhere; nothing is changed then.
            UserError: somebody else changed something meanwhile.
        """
        kept = self.kept()
        values = dict(kept.values)
        for variable, value in wanted.items():
            self._require_changeable(variable)
            text = None if value is None else value.strip()[:LONGEST]
            if text is None or text == "":
                values.pop(variable, None)
            else:
                values[variable] = self._checked(variable, text)
        self._check_models(kept.values, values)
        return self._write(SETTINGS, kept.number if seen is None else seen, kept.values, values, actor)

    def say(self, key: str, texts: Mapping[str, str], actor: Actor | str, *, seen: int | None = None) -> Kept:
        """Keep own words for a phrase, by language; empty: what was written.

        Raises:
            UserError: they cannot be used, or somebody else changed something meanwhile.
        """
        kept = self.kept(WORDS)
        own = {language: checked(key, language, texts.get(language, "")) for language in LANGUAGES}
        values = {**kept.values, key: own}
        if not any(own.values()):
            del values[key]
        return self._write(WORDS, kept.number if seen is None else seen, kept.values, values, actor)

    def undo(self, name: str, seen: int, actor: Actor | str) -> Kept:
        """Take the last change back, and return what is kept then; doing it twice brings the change back.

        Raises:
            UserError: there is none, or somebody else changed something meanwhile.
        """
        kept = self.kept(name)
        if kept.before is None:
            raise UserError("settings.nothing_to_undo")
        return self._write(name, seen, kept.values, kept.before, actor, undone=True)

    def _require_changeable(self, variable: str) -> None:
        item = ITEMS.get(variable)
        if item is None:
            raise SettingsError("settings.no_such", name=variable[:80])
        if item.changes not in CHANGEABLE:
            raise SettingsError(f"settings.not_here_{item.changes}", name=variable)
        if where := set_by(self._settings, variable):
            kind = where if where in (ENVIRONMENT, "flag") else "file"
            raise SettingsError(f"settings.fixed_{kind}", name=variable, where=where)

    def _checked(self, variable: str, text: str) -> Any:
        """Return a value as it is kept: as the settings understand it."""
        if looks_secret(text):
            raise SettingsError("settings.looks_secret", name=variable)
        copy = self._settings.model_copy()
        put(copy, variable, text)
        return getattr(copy, VARIABLES[variable])

    def _check_models(self, before: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Refuse a model whose package or key is not there, before anybody asks it."""
        changed = {v for v in MODELS if before.get(v) != values.get(v)}
        if not changed:
            return
        copy = self._settings.model_copy()
        for variable in MODELS:
            if not self._settings.fixed(variable):
                put(copy, variable, values.get(variable, default_of(variable)))
        model_from(copy)

    def _write(
        self,
        name: str,
        seen: int,
        before: Mapping[str, Any],
        values: Mapping[str, Any],
        actor: Actor | str,
        *,
        undone: bool = False,
    ) -> Kept:
        changed = sorted(key for key in {*before, *values} if before.get(key) != values.get(key))
        with self._sessions.begin() as session:
            kept = kept_settings.write(session, name, seen, values)
            for key in changed:
                detail: dict[str, Any] = {"undone": True} if undone else {}
                if name == SETTINGS:  # own words are a text, which the audit log does not hold
                    detail |= {"before": _said(before.get(key)), "after": _said(values.get(key))}
                note(session, actor, f"{name}.changed", key, **detail)
        self._taken_up()
        return kept


def _said(value: Any) -> str:
    return "" if value is None else shown(value)
