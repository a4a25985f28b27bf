"""The pages an answer cites: their hosts, and which of them are the same."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host of an address without www., or the beginning of what should have been one."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return (host or url[:60]).removeprefix("www.")


def path_of(url: str) -> str:
    """What tells two pages of one host apart: path and query, "" for a host's first page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "" if path == "/" else path


def same_page(url: str) -> str:
    """What two addresses of one page have in common: no fragment, no slash at the end."""
    return url.partition("#")[0].rstrip("/")
