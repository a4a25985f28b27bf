"""Which addresses written by others may be opened at all: no local file, no other program, no host
that hides behind a name or behind signs nobody sees."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

SCHEMES = ("http", "https", "mailto")
LONGEST = 4096
_REFUSED = re.compile(
    "[\\x00-\\x20\\x7f-\\x9f\\\\\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_REFUSED_ENCODED = re.compile(
    "[\\x00-\\x1f\\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
_HOST = re.compile(r"[^\s/?#@:\[\]%]+|\[[0-9a-fA-F:.]+\]")
_MAIL = re.compile(r"[^\s@/?#]+@[^\s@/?#]+")


def is_openable(url: str) -> bool:
    """Whether an address is http, https or mailto, with a real host and nothing that deceives.

    Userinfo, backslashes, control and direction characters are refused wherever they stand; also
    percent-encoded ones.
    """
    if not url or len(url) > LONGEST or _REFUSED.search(url):
        return False
    if "%" in url and _REFUSED_ENCODED.search(unquote(url, errors="replace")):
        return False
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return bool(_MAIL.fullmatch(parts.path))
    if parts.scheme not in SCHEMES or not port_is_fine:
        return False
    if "@" in parts.netloc or "%" in parts.netloc or "⁄" in parts.netloc:
        return False
    host = parts.netloc.rsplit(":", 1)[0] if not parts.netloc.endswith("]") else parts.netloc
    return bool(_HOST.fullmatch(host)) and "%5C" not in url.split("?", 1)[0].upper()


def host_of(url: str) -> str:
    """The host an address names, for a label; the scheme or "this computer" when there is none."""
    cleaned = url.strip().replace("\\", "/")
    try:
        parts = urlsplit(cleaned)
        host = parts.hostname or ""
    except ValueError:
        return "unreadable address"
    if host:
        return host
    if parts.scheme in ("", "file") or len(parts.scheme) == 1:
        return "a file"
    return f"{parts.scheme[:20]}:"
