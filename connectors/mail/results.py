"""What our own receiving server found out about a sender: its Authentication-Results (RFC 8601), and no one else's.

The server must remove what mails bring of these fields under its own name (RFC 8601 5): Gmail, Microsoft 365, Naver
Works, opendmarc and rspamd do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.mail.head import Head

NAMELESS = "none"
"""The name of a server that gives none in its fields: Microsoft 365."""

MOST_FIELDS = 20
_METHOD = re.compile(r"([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z]+)\s*\.\s*([a-z0-9-]+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^\s;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """What a method (spf, dkim, dmarc, auth) found; ``properties`` as ``header.from``, in small letters."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


def verified(head: Head, address: str, authserv_id: str) -> bool:
    """Tell whether our server has verified that a mail is from ``address`` (RFC 7489: aligned with its domain)."""
    authserv_id, domain = authserv_id.strip().lower(), address.rpartition("@")[2]
    if not authserv_id or not domain:
        return False
    if authserv_id == NAMELESS and head.first("x-ms-exchange-organization-authas").strip().lower() == "internal":
        return True  # sent by somebody who is signed in to the same organisation; it takes the field from others' mail
    found = list(results(head, authserv_id))
    for dmarc in (each for each in found if each.method == "dmarc"):
        return dmarc.result == "pass" and _same(dmarc.properties.get("header.from", ""), domain)
    return any(_aligned(each, address, domain) for each in found)


def results(head: Head, authserv_id: str) -> Iterator[Result]:
    """Yield what the server of this name found, the topmost field first."""
    for value in head.fields.get("authentication-results", ())[:MOST_FIELDS]:
        name, *found = _split(_without_comments(value))
        own = name.strip().strip('"').split(maxsplit=1)[:1]
        if authserv_id == NAMELESS and "=" in name:
            found = [name, *found]
        elif not own or own[0].lower() != authserv_id:
            continue
        for each in found:
            if (said := _METHOD.match(each.strip())) is not None:
                properties = {f"{a}.{b}".lower(): c.strip('"').lower() for a, b, c in _PROPERTY.findall(each)}
                yield Result(said[1].lower(), said[2].lower(), properties)


def servers(head: Head) -> tuple[str, ...]:
    """Return the names of the servers whose results a mail has, the topmost first; ``none`` for one that gives none."""
    found: dict[str, None] = {}
    for value in head.fields.get("authentication-results", ())[:MOST_FIELDS]:
        name = _split(_without_comments(value))[0].strip().strip('"')
        found[NAMELESS if "=" in name or not name else name.split(maxsplit=1)[0].lower()] = None
    return tuple(found)


def _aligned(found: Result, address: str, domain: str) -> bool:
    """Tell whether a method other than DMARC verified the domain, or the very address."""
    known = found.properties
    if found.result != "pass":
        return False
    if found.method == "dkim":
        signer = known.get("header.d") or known.get("header.i", "").rpartition("@")[2]
        return _above(signer, domain)
    if found.method == "spf":
        sender = known.get("smtp.mailfrom", "")
        return _same(sender.rpartition("@")[2] or sender, domain)
    return found.method == "auth" and address in (known.get("smtp.auth"), known.get("smtp.mailfrom"))


def _same(one: str, other: str) -> bool:
    return bool(one) and one.rpartition("@")[2] == other


def _above(signer: str, domain: str) -> bool:
    """Tell whether the signer is the domain, or one that it belongs to; a domain of one word owns nothing."""
    return bool(signer) and (signer == domain or ("." in signer and domain.endswith(f".{signer}")))


def _without_comments(value: str) -> str:
    """Return a field without what stands in brackets, which may be nested and may hold what looks like results."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for sign in value:
        if escaped:
            escaped = False
        elif sign == "\\" and (quoted or depth):
            escaped = True
        elif sign == '"' and not depth:
            quoted = not quoted
        elif sign == "(" and not quoted:
            depth += 1
        elif sign == ")" and not quoted and depth:
            depth -= 1
            continue
        if not depth:
            kept.append(sign)
    return "".join(kept)


def _split(value: str) -> list[str]:
    """Return the parts between semicolons, those in quotes not counted."""
    return re.findall(r"(?:[^;\"]|\"(?:[^\"\\]|\\.)*\"?)+|(?<=;)(?=;)", value) or [""]
