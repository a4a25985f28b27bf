"""Which proxy, if any, stands between this computer and a host; itself it needs none."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit

from app.core.errors import UnavailableError
from app.providers.catalogue.address import is_loopback
from app.providers.transport.proxy_exceptions import is_excepted


def proxy_for(address: str) -> str | None:
    """The system's proxy for an address (environment or system settings), or None.

    UnavailableError names a proxy that cannot be used, without its user name and password.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_loopback(host):
        return None
    known = urllib.request.getproxies()
    found = known.get(parts.scheme) or known.get("all")
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    is_direct = is_excepted(host, port, known.get("no", ""))
    # The system's own settings have exceptions of their own, which only the library reads.
    if not found or is_direct or urllib.request.proxy_bypass(host):
        return None
    if "://" not in found:
        found = f"http://{found}"
    proxy = urlsplit(found)
    if proxy.scheme not in ("http", "https") or not proxy.hostname:
        raise UnavailableError(
            f"The system's proxy ({proxy.scheme}://{proxy.hostname or '?'}) is of a kind that "
            "Facet cannot use.",
            "Set an http proxy in the system's settings, or unset ALL_PROXY before starting Facet.",
        )
    return found
