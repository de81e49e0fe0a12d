"""What the value of a setting must be, before and after it is read."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_core import PydanticCustomError

SHORTEST_SECRET = 32
"""Characters of ``DAPBOT_SECRET``: 192 bits where it is made by us."""

_DOLLARS = r"\d{1,6}(?:\.\d{1,6})?"

PRICE = re.compile(rf"([a-z0-9_]+:[^\s=,]+)\s*=\s*({_DOLLARS})\s*/\s*({_DOLLARS})(?:\s*/\s*({_DOLLARS}))?")
"""One price of ``DAPBOT_LLM_PRICES``: the model, and dollars for a million tokens read, written, read from a cache."""


PLACE = re.compile(r"([a-z]+)(?::([^\s=,]+))?\s*=\s*(answer|translate|summarize|sentiment|draft|tutor)", re.IGNORECASE)
"""What is done in a channel, or in one place of it, where a message asks for nothing else."""


def small(value: Any) -> Any:
    """Return a word without its case and the space around it."""
    return value.strip().lower() if isinstance(value, str) else value


def web_address(value: str) -> str:
    """Let an http or https address through, without a slash at its end."""
    try:
        parts = urlsplit(value)
        good = not value or (parts.scheme in ("http", "https") and parts.hostname and (parts.port or True))
    except ValueError:
        good = False
    if not good:
        raise PydanticCustomError("settings.web_address", "not a web address")
    return value.rstrip("/")


def networks(value: str) -> str:
    """Let IP addresses and networks through, with commas between."""
    try:
        for each in filter(None, map(str.strip, value.split(","))):
            ip_network(each, strict=False)
    except ValueError as error:
        raise PydanticCustomError("settings.proxies", "not networks") from error
    return value


def known_timezone(value: str) -> str:
    """Let the name of a time zone through."""
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError) as error:  # a folder's name, a path that leads out, an unknown name
        raise PydanticCustomError("settings.timezone", "unknown") from error
    return value


def provider_model(value: str) -> str:
    """Let ``provider:model`` through."""
    if value and not re.fullmatch(r"[a-z0-9_]+:\S+", value):
        raise PydanticCustomError("settings.llm", "not provider:model")
    return value


def prices(value: str) -> str:
    """Let prices through: ``provider:model=input/output``, dollars for a million tokens, with commas between."""
    for each in filter(None, map(str.strip, value.split(","))):
        if not PRICE.fullmatch(each):
            raise PydanticCustomError("settings.prices", "not provider:model=input/output")
    return value


def mail_server(value: SecretStr) -> SecretStr:
    """Let the address of a mail server through: ``imaps://user:password@host:port/folder``, ``smtp://host:port``."""
    try:
        parts = urlsplit(value.get_secret_value())
        good = parts.scheme in ("imap", "imaps", "smtp", "smtps") and parts.hostname and (parts.port or True)
    except ValueError:
        good = False
    if not good:
        raise PydanticCustomError("settings.mail_server", "not the address of a mail server")
    return value


def mailbox(value: str) -> str:
    """Let one e-mail address through, in small letters."""
    value = value.strip().lower()
    if value and not re.fullmatch(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,253}", value):
        raise PydanticCustomError("settings.mailbox", "not an e-mail address")
    return value


def digests(value: str) -> str:
    """Let digests through: ``cron expression, address > address or slack:channel``, with semicolons between."""
    from bot.digests import read_digests  # here: only who sets one pays for it

    try:
        read_digests(value)
    except ValueError as error:
        raise PydanticCustomError("settings.digest", "not a digest") from error
    return value


def reports(value: str) -> str:
    """Let weekly reports through: ``cron expression > address or slack:channel``, with semicolons between."""
    from bot.weekly_targets import read_reports  # here: only who sets one pays for it

    try:
        read_reports(value)
    except ValueError as error:
        raise PydanticCustomError("settings.report", "not a report") from error
    return value


def owners(value: str) -> str:
    """Let people through who are called: addresses of mail, ``slack:`` and the id of a channel or a person."""
    from bot.called import read_owners  # here: only who names some pays for it

    try:
        read_owners(value)
    except ValueError as error:
        raise PydanticCustomError("settings.owners", "nobody who can be called") from error
    return value


def host_and_port(value: str) -> str:
    """Let ``host:port`` through, or a port alone."""
    host, _, port = value.strip().rpartition(":")
    if value.strip() and not (port.isascii() and port.isdigit() and 0 <= int(port) < 65_536 and " " not in host):
        raise PydanticCustomError("settings.listen", "not host:port")
    return value.strip()


def places(value: str) -> str:
    """Let tasks of channels through: ``channel=task`` or ``channel:place=task``, with commas between."""
    for each in filter(None, map(str.strip, value.split(","))):
        if not PLACE.fullmatch(each):
            raise PydanticCustomError("settings.channel_tasks", "not channel=task")
    return value


def cron(value: str) -> str:
    """Let a cron expression of five fields through."""
    from bot.cron import is_cron  # here: only who sets one pays for its library

    if not is_cron(value):
        raise PydanticCustomError("settings.cron", "not a cron expression")
    return value


def long_enough(value: SecretStr) -> SecretStr:
    """Let a secret through that nobody can guess."""
    if len(value.get_secret_value()) < SHORTEST_SECRET:
        raise PydanticCustomError("settings.short_secret", "too short")
    return value


Line = Literal["careful", "balanced", "eager"]
Small = BeforeValidator(small)
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
WebAddress = Annotated[str, BeforeValidator(str.strip), AfterValidator(web_address)]
Model = Annotated[str, AfterValidator(provider_model)]
Prices = Annotated[str, AfterValidator(prices)]
Places = Annotated[str, AfterValidator(places)]
MailServer = Annotated[SecretStr, AfterValidator(mail_server)]
Mailbox = Annotated[str, AfterValidator(mailbox)]
Reports = Annotated[str, AfterValidator(reports)]
Digests = Annotated[str, AfterValidator(digests)]
Listen = Annotated[str, AfterValidator(host_and_port)]
Owners = Annotated[str, AfterValidator(owners)]
