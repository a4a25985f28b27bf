"""Which hosts are reached without a proxy: NO_PROXY with names, wildcards, ranges and ports."""

from __future__ import annotations

import ipaddress
import re
from fnmatch import fnmatchcase

_LONGEST = 10_000
"""Letters of NO_PROXY that are read."""
_PORT = re.compile(r"(.*):(\d{1,5})", re.DOTALL)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_excepted(host: str, port: int | None, exceptions: str) -> bool:
    """Whether a host is named among the exceptions, which commas or blanks divide."""
    name = host.strip("[]").rstrip(".").lower()
    address = _address(name)
    return any(
        _fits(entry, name, address, port)
        for entry in re.split(r"[\s,;]+", exceptions[:_LONGEST].lower())
        if entry
    )


def _fits(entry: str, name: str, address: Address | None, port: int | None) -> bool:
    """Whether an entry names the host, and its port where it has one."""
    entry = entry.partition("://")[2] or entry
    if entry == "*":
        return True
    pattern, own_port = _parts(entry)
    if own_port is not None and own_port != port:
        return False
    pattern = pattern.rstrip(".")
    if address is not None:
        found = _in_range(pattern, address)
        return fnmatchcase(name, pattern) if found is None and "*" in pattern else bool(found)
    if "*" in pattern:
        # `*.example.com` is written for the domain and what is below it, as `.example.com` is.
        return fnmatchcase(name, pattern) or pattern == f"*.{name}"
    pattern = pattern.lstrip(".")
    return bool(pattern) and (name == pattern or name.endswith(f".{pattern}"))


def _parts(entry: str) -> tuple[str, int | None]:
    """A pattern and its port: `host:8080`, `[::1]:8080`; colons of an IPv6 address are no port."""
    if entry.startswith("["):
        inner, _, rest = entry[1:].partition("]")
        range_of, _, port = rest.partition(":")
        return inner + range_of, int(port) if port.isdecimal() else None
    found = _PORT.fullmatch(entry) if entry.count(":") == 1 else None
    return (found[1], int(found[2])) if found else (entry, None)


def _in_range(pattern: str, address: Address) -> bool | None:
    """Whether an address lies in a range, or is the one named; None for what is no address."""
    try:
        network = ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        return None
    return address in network


def _address(name: str) -> Address | None:
    try:
        found = ipaddress.ip_address(name.split("%", 1)[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
