"""Nothing leaves this machine: Python asks ``watch`` before each of its own network functions."""

import ipaddress
import socket
import sys

_LOCAL_NAMES = {"localhost", "", None, b"localhost"}
refused: list[str] = []
"""What was tried, in order."""


class BeyondLoopbackError(OSError):
    """A test tried to reach another machine."""


def _is_local(host: object) -> bool:
    if host in _LOCAL_NAMES:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return text == socket.gethostname() or text.endswith(".localhost")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what leaves the machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None  # a path: a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        refused.append(f"{event} {host!r}")
        raise BeyondLoopbackError(f"a test tried to reach {host!r} ({event})")


def watch() -> None:
    """Begin to refuse; it cannot be taken back in this process."""
    sys.addaudithook(_watch)
