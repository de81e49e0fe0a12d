"""The files that settings are read from, ``.env`` and ``dapbot.toml``: what they hold, or why they cannot be read."""

import tomllib
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.errors import SettingsError

ENV_FILE, TOML_FILE = ".env", "dapbot.toml"


def check_readable() -> None:
    """Raise the sentence that fits for a file that is there and cannot be read."""
    for name in (ENV_FILE, TOML_FILE):
        if Path(name).is_file():
            _text(Path(name))


def _text(path: Path) -> str:
    """Return the text of a settings file."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError("settings.encoding", file=path.name) from error
    except OSError as error:
        raise SettingsError("settings.unreadable", file=path.name, reason=error.strerror or error) from error


def toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says; SettingsError where it cannot be read."""
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("settings.toml", file=path.name, reason=error) from None  # may quote the line


def names_in_files() -> list[tuple[str, str]]:
    """Return the names in ``.env`` and ``dapbot.toml``, each with its file; tables of the latter count as names."""
    names: list[tuple[str, str]] = []
    if Path(ENV_FILE).is_file():
        names += [(name, ENV_FILE) for name in dotenv_values(ENV_FILE, encoding="utf-8-sig", interpolate=False)]
    if Path(TOML_FILE).is_file():
        names += [(name, TOML_FILE) for name in toml(Path(TOML_FILE))]
    return names
