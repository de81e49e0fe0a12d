"""Which mails are collected, when they go out together, and where to: as the setting says it."""

import hashlib
import re
from dataclasses import dataclass

from bot.called import CHANNEL
from bot.cron import FIELDS, is_cron

JOB = "digest:"

_ADDRESS = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,253}")


@dataclass(frozen=True, slots=True)
class Digest:
    """What comes to ``source`` goes to ``target`` (an address, or ``slack:`` and a channel's id) when it is due."""

    expression: str
    source: str
    target: str

    @property
    def job(self) -> str:
        """The name of its job and of its schedule; the same however often the settings are read."""
        return JOB + hashlib.sha256(f"{self.source}>{self.target}".encode()).hexdigest()[:12]


def read_digests(value: str) -> tuple[Digest, ...]:
    """Return the digests that a setting names.

    Raises:
        ValueError: it cannot be understood.
    """
    found = []
    for each in filter(None, map(str.strip, value.split(";"))):
        left, sign, target = each.partition(">")
        *expression, source = left.split()
        target = target.strip()
        cron = " ".join(expression)
        if not (sign and len(expression) == FIELDS and is_cron(cron) and _ADDRESS.fullmatch(source)):
            raise ValueError(each)
        if not (CHANNEL.fullmatch(target) or _ADDRESS.fullmatch(target)):
            raise ValueError(each)
        found.append(Digest(cron, source.lower(), target if target.startswith("slack:") else target.lower()))
    return tuple(found)


def sources(value: str) -> frozenset[str]:
    """Return the addresses whose mails are collected."""
    return frozenset(each.source for each in read_digests(value))
