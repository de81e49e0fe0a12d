"""Where the rows of the tests are: in a SQLite file in each data folder or, with ``pytest --database postgresql``, in a
PostgreSQL database of each folder's own. Tests that ask here for settings, copies and commands run on both.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.servers import postgres

VARIABLE = "DAPBOT_DATABASE_URL"
NOWHERE = "postgresql:///made-without-tests.servers.databases?host=/nowhere"
"""What the environment holds outside of tests: what is made there has to ask here, or fails."""

_chosen: list[str] = []
_addresses: dict[Path, str] = {}
"""By folder; a folder without an entry has that of the nearest one above it."""


def choose(database: str) -> None:
    """Take ``sqlite`` or ``postgresql`` for this process."""
    _chosen[:] = [database]


def on_postgresql() -> bool:
    """Tell which it is."""
    return _chosen == ["postgresql"]


def address(folder: Path) -> str:
    """Return the address of the folder's database, made when it is asked for first; "" on SQLite."""
    if not on_postgresql():
        return ""
    folder = folder.absolute()
    found = next((_addresses[each] for each in (folder, *folder.parents) if each in _addresses), None)
    if found is None:
        found = _addresses[folder] = postgres.new_database()
    return found


def settings_of(folder: Path, **values: Any) -> Any:
    """Return the settings for a data folder."""
    from bot.settings import Settings

    return Settings(**{"data": folder, "database_url": address(folder) or None, **values})


def copy_folder(template: Path, folder: Path) -> Path:
    """Copy a data folder that nobody has open, with its database; what lies in the folder already stays."""
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("*.lock"), dirs_exist_ok=True)
    if template.absolute() in _addresses:
        _addresses[folder.absolute()] = postgres.new_database(_addresses[template.absolute()])
    return folder


def environment(words: Sequence[object]) -> dict[str, str]:
    """Return what a command needs in its environment for the folder that it names by ``--data``."""
    typed = [str(word) for word in words]
    where = address(Path(typed[typed.index("--data") + 1])) if "--data" in typed else ""
    return {VARIABLE: where} if where else {}


def run(words: Sequence[str]) -> int:
    """Run a command in this process; return its exit code."""
    from connectors.cli import run as run_command

    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(words).items():
            patch.setenv(name, value)
        return run_command(list(words))


def rows(folder: Path, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """Return the rows that a statement with ``:name`` for its values finds."""
    from sqlalchemy import text

    from bot.database.engine import open_engine

    engine = open_engine(settings_of(folder))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]
    finally:
        engine.dispose()


def count(folder: Path, table: str) -> int:
    """Return how many rows a table has."""
    return int(rows(folder, f"SELECT count(*) FROM {table}")[0][0])


@contextmanager
def of_a_test(folder: Path) -> Iterator[None]:
    """While a test runs: a database for all that is made below its folder, and for what asks the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, address(folder))
        yield
    for made in [each for each in _addresses if each.is_relative_to(folder.absolute())]:
        postgres.give_back(_addresses.pop(made))
