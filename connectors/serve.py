"""`dapbot serve`: the owner of the data folder, with the web server and the indexer, until it is told to stop."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from types import FrameType
from typing import TYPE_CHECKING

from bot.errors import OperatorError, SettingsError
from bot.phrases import say
from bot.settings import Settings
from knowledge.language import Language

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from bot.wiring import Bot

log = logging.getLogger(__name__)

PORTS_TRIED = 50
STOP_SECONDS = 5
"""What is still running then is left behind: rows are whole at any moment, and the indexes catch up at the next start."""
GRACE_SECONDS = 2


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket on ``port``, or on the next free one (0: any).

    Raises:
        SettingsError: the host is not this machine's alone, or it has no free port near.
    """
    if not is_loopback(host):
        raise SettingsError("serve.beyond", host=host)
    tried = range(port, min(port + PORTS_TRIED, 65_536)) if port else (0,)
    for each in tried:
        made = _bound(host, each)
        if made:
            return made
    raise SettingsError("serve.no_port", host=host, first=port, last=tried[-1])


def _bound(host: str, port: int) -> socket.socket | None:
    """Return a socket that listens on this port, None where another program does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two programs share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(1024)
    except PermissionError as error:
        made.close()
        raise SettingsError("serve.failed", host=f"{host}:{port}", reason=error.strerror) from error
    except OSError as error:
        made.close()
        if error.errno == _IN_USE:
            return None
        raise SettingsError("serve.failed", host=f"{host}:{port}", reason=error.strerror) from error
    return made
