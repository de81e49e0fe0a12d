"""From where an address can be reached."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

HOUSEHOLD = 64
"""Bits of an IPv6 address that one connection to the internet has for itself: the rest its owner chooses freely."""


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach ``host``."""
    found = address_in(host.strip("[]"))
    return host == "localhost" or (found is not None and found.is_loopback)


def address_in(text: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a text is, None where it is none; one of IPv4 in IPv6 clothes as the former."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def connection_of(address: str) -> str:
    """Return what tells one connection to the internet from another: the address, of IPv6 a household's network."""
    found = address_in(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, HOUSEHOLD), strict=False))
    return str(found or address)
