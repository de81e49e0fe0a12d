"""The sentence for a value of a setting that cannot be used; what looks like a secret is not in it."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from bot.errors import SettingsError

LOOKS_SECRET = re.compile(r"sk-|xox[a-z]-|xapp-|gsk_|:[^/@\s]+@")
"""Begins of keys, and passwords in addresses: not shown even where they were given for another setting."""

LONGEST_SHOWN = 100


def variable_of(error: ValidationError, variables: Mapping[str, str]) -> str:
    """Return the variable of the first wrong value."""
    place = str(error.errors(include_url=False)[0]["loc"][0])
    return place if place in variables else next(v for v, name in variables.items() if name == place)


def complaint(error: ValidationError, named: str, field: FieldInfo) -> SettingsError:
    """Return the sentence for the first wrong value, which is ``field``'s and was given as ``named``."""
    first = error.errors(include_url=False)[0]
    values: dict[str, object] = {"name": named, "value": shown(first["input"], secret=is_secret(field))}
    if first["type"] == "literal_error":
        choices = str(first.get("ctx", {}).get("expected", ""))
        choices = choices.replace("''", "").replace("'", "").replace(" or ", ", ").strip(", ")
        return SettingsError("settings.choice", **values, choices=choices)
    if first["type"].startswith("settings."):
        return SettingsError(first["type"], **values)
    lowest, highest = bounds(field)
    if lowest is not None and highest is not None:
        return SettingsError("settings.number", **values, lowest=lowest, highest=highest)
    return SettingsError("settings.wrong", **values)


def bounds(field: FieldInfo) -> tuple[float | None, float | None]:
    """Return the least and the greatest number that a field may hold, None where there is no such bound."""
    rules = {type(rule).__name__: rule for rule in field.metadata}
    return getattr(rules.get("Ge"), "ge", None), getattr(rules.get("Le"), "le", None)


def is_secret(field: FieldInfo) -> bool:
    """Whether a field holds a key, a token or a password."""
    return SecretStr.__name__ in str(field.annotation)


def looks_secret(text: str) -> bool:
    """Whether a text is, or holds, what nobody should see."""
    return bool(LOOKS_SECRET.search(text[:2_000]))


def shown(value: Any, *, secret: bool = False) -> str:
    """Return a value as it may be shown."""
    text = str(value)
    if secret or looks_secret(text):
        return "***"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
