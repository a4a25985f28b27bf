"""Turns an address that somebody typed into a provider profile, or says what is wrong with it."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, urlsplit

from app.core.errors import SettingError
from app.providers.catalogue.profile import DIALECT_NAMES, ProviderProfile, ascii_host
from app.providers.catalogue.reply_place import ReplyPlace
from app.providers.parameters.parameter import shown

_ENDPOINTS = ("/chat/completions", "/completions", "/responses", "/messages", "/models")
_WRITTEN_NUMBER = re.compile(r"\d+|0x[0-9a-f]+")
"""A host that resolvers read as an IPv4 address in one number: 134744072 is 8.8.8.8."""
_BARE = re.compile(
    r"(?:localhost|\[[0-9a-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d))(?::\d{1,5})?"
    r"(?:[/?][^\s#@]*)?"
)
"""A host of several names, or one with a port: `mailto:someone` and lone words are neither."""
_SECRET = re.compile(r"key|token|secret|passw|sig|auth|credential|^code$", re.I)
_EXAMPLE = "An address looks like https://api.example.com/v1 or http://localhost:11434/v1."


def custom_profile(
    base_url: str, *, name: str = "", dialect: str = "chat", needs_key: bool = False
) -> ProviderProfile:
    """A provider at the user's own address, normalised; `note` says what was changed.

    A query is kept and goes with every request. Raises SettingError for an address without scheme
    or host, with a user name, a fragment or a key in its query, for plain http to a host on the
    public internet, and for a dialect that is not spoken here.
    """
    if dialect not in DIALECT_NAMES:
        known = ", ".join(DIALECT_NAMES)
        raise SettingError(f"There is no dialect “{shown(dialect)}”.", f"Facet speaks {known}.")
    text = base_url.strip()
    _check_text(text)
    try:
        parts = urlsplit(text)
        port = parts.port
        host = ascii_host(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise SettingError("The address cannot be read.", _EXAMPLE) from error
    scheme = parts.scheme.lower()
    _check_parts(text, scheme, host)
    if "@" in parts.netloc:
        raise SettingError(
            "The address holds a user name or password.",
            "Take out everything up to the @; the key has a place of its own.",
        )
    if parts.fragment or text.endswith("#"):
        raise SettingError("The address ends in a mark (#…).", "Take out everything from there.")
    if any(_SECRET.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise SettingError(
            "The query (?…) of the address holds a key.",
            "Take it out; a key is never part of the address and has a place of its own.",
        )
    place = f"[{host}]" if ":" in host else host
    if scheme == "http" and not is_private(host):
        raise SettingError(
            f"Plain http to {host} would show your key and chats to the network.",
            f"Use https://{place} instead. Plain http is for this computer or your own network.",
        )
    path, note = _clean_path(parts.path)
    place += f":{port}" if port is not None else ""
    if not note and scheme == "http" and not is_loopback(host):
        note = "Others on this network can read what is sent to this address."
    return ProviderProfile(
        id=_id_of(scheme, place, f"{path}?{parts.query}" if parts.query else path),
        name=name.strip() or place,
        base_url=f"{scheme}://{place}{path}",
        query=parts.query,
        dialect=dialect,
        auth_header="x-api-key" if dialect == "messages" else "Authorization",
        auth_prefix="" if dialect == "messages" else "Bearer ",
        needs_key=needs_key,
        is_local=is_private(host),
        is_custom=True,
        cost_from=(ReplyPlace("usage.cost"),),
        about=f"Your own address, {place}.",
        note=note,
    )


def with_scheme(text: str) -> str:
    """An address as it was meant: one that is only host, port and path gets its scheme."""
    text = text.strip()
    return _guess(text) if _BARE.fullmatch(text) else text


def _guess(text: str) -> str:
    host = text[1:].partition("]")[0] if text[:1] == "[" else re.split(r"[:/]", text, maxsplit=1)[0]
    return f"{'http' if is_private(host) else 'https'}://{text}"


def _id_of(scheme: str, place: str, path: str) -> str:
    """An id that no other address has: keys in memory and clients are kept by it."""
    text = f"{scheme}-{place}{path}".lower().replace("/", "~")
    return "custom-" + re.sub(r"[^a-z0-9._~:-]+", "-", text)


def is_loopback(host: str) -> bool:
    """Whether a host is this computer: localhost, 127.0.0.0/8, ::1, also in mapped form."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    found = _number(name)
    return found is not None and found.is_loopback


def is_private(host: str) -> bool:
    """Whether a host is this computer or one in the same private network."""
    name = host.strip("[]").rstrip(".").lower()
    found = _number(name)
    if found is not None:
        return (found.is_private or found.is_link_local) and not found.is_unspecified
    return (
        is_loopback(name)
        or ("." not in name and not _WRITTEN_NUMBER.fullmatch(name))
        or name.endswith((".local", ".lan", ".internal", ".home.arpa"))
    )


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def _check_text(text: str) -> None:
    if not text:
        raise SettingError("The address is empty.", _EXAMPLE)
    if any(
        letter <= " " or letter in "\\\x7f" or "\u200b" <= letter <= "\u202e" for letter in text
    ):
        raise SettingError(
            "The address holds a blank, a backslash or a hidden character.", _EXAMPLE
        )


def _check_parts(text: str, scheme: str, host: str) -> None:
    if "://" not in text:
        meant = _guess(text)
        raise SettingError(
            "The address does not say http:// or https://.", f"Did you mean {meant}? {_EXAMPLE}"
        )
    if scheme not in ("http", "https"):
        raise SettingError(f"An address cannot start with {scheme}://.", _EXAMPLE)
    if not host:
        raise SettingError("The address names no host.", _EXAMPLE)


def _clean_path(path: str) -> tuple[str, str]:
    """The path without trailing slashes and without an endpoint that Facet adds by itself."""
    cleaned = re.sub(r"/{2,}", "/", path).rstrip("/")
    for endpoint in _ENDPOINTS:
        if cleaned.endswith(endpoint):
            return cleaned.removesuffix(endpoint), f"Left out {endpoint}: Facet adds it by itself."
    return cleaned, ""
