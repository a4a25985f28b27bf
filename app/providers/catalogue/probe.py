"""Finds out which dialects an unknown address speaks, without a key and without a question that
could cost anything."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import httpx

from app.core.errors import UnavailableError
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.dialect import DIALECTS
from app.providers.errors.http_errors import HTTP_FAILURES, translated
from app.providers.reply import sent
from app.providers.transport.http import Timeouts, capped, open_client

_PATIENCE = Timeouts(connect=5.0, first_byte=15.0, idle=5.0, content=5.0)
_ABSENT = (404, 405, 501)
_NOWHERE = "/facet-asks-for-what-is-not-there"
_USUAL_PATH = "/v1"
_VERSION = re.compile(r"/v\d\w*$")
_NO_MODEL = re.compile(r"\bmodel\b", re.I)
"""In the words of a page that is there and misses only the model of a question."""
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Found:
    """What an address turned out to be: its base URL, its dialects, and whether it wants a key.

    `dialects` are in the order of preference; `text` says it all to the user.
    """

    base_url: str
    dialects: tuple[str, ...]
    needs_key: bool
    text: str


async def probe(address: str, transport: httpx.AsyncBaseTransport | None = None) -> Found:
    """Asks an address for its list of models and for a page of each dialect.

    What is sent to a dialect's page is empty: a server that has the page refuses it, one that has
    not says so. SettingError for an address that cannot be used,
    ProviderError when nothing answers there or nothing can be told.
    """
    profile = replace(custom_profile(address), name="This address")
    for place in _places(profile):
        found = await _Probe(place, transport).found()
        if found is not None:
            return found
    raise UnavailableError(
        f"{profile.host} answers, but speaks none of the languages Facet knows.",
        "Check the address in the service's own instructions; many end in /v1.",
    )


def _places(profile: ProviderProfile) -> list[ProviderProfile]:
    """The address as it was typed, and with the usual ending where it names no version."""
    usual = replace(profile, base_url=profile.base_url + _USUAL_PATH)
    return [profile] if _VERSION.search(profile.base_url) else [profile, usual]


class _Probe:
    """One base URL that is looked at."""

    def __init__(
        self, profile: ProviderProfile, transport: httpx.AsyncBaseTransport | None
    ) -> None:
        self._profile = profile
        self._transport = transport

    async def found(self) -> Found | None:
        """What speaks here, None when nothing does. Raises ProviderError."""
        async with open_client(self._profile, None, _PATIENCE, self._transport) as http:
            listing = await self._status(http, "GET", self._profile.models_path)
            missing = await self._status(http, "POST", _NOWHERE)
            statuses = {
                name: await self._status(http, "POST", dialect.endpoint, dialect.headers)
                for name, dialect in DIALECTS.items()
            }
        spoken = tuple(
            name for name, status in statuses.items() if status not in _ABSENT and status != missing
        )
        wants_key = any(s in (401, 403) for s in (listing, *statuses.values()))
        if spoken:
            return Found(self._profile.address, spoken, wants_key, _said(spoken, wants_key))
        if any(status not in _ABSENT for status in statuses.values()):
            self._complain(missing)
        return None

    def _complain(self, status: int) -> None:
        """Says why nothing can be told: every page, also one that cannot exist, answers alike."""
        host = self._profile.host
        if 300 <= status < 400:
            raise UnavailableError(
                f"{host} sends everybody on to another address.",
                "Use the address it leads to; Facet follows none by itself.",
            )
        if status in (401, 403):
            raise UnavailableError(
                f"{host} answers nobody without a key, so what it speaks cannot be told.",
                "Most services speak Chat Completions: add it with that and with its key.",
            )
        if status >= 500:
            raise UnavailableError(
                f"{host} is out of order now (status {status}).", "Try again later."
            )
        raise UnavailableError(
            f"{host} answers every page alike, as a web page does.",
            "Check the address in the service's own instructions; many end in /v1.",
        )

    async def _status(
        self,
        http: httpx.AsyncClient,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
    ) -> int:
        """The status of one page; 400 for a page that is there and says a model is not."""
        profile = self._profile
        message = http.build_request(
            method,
            profile.base_url + path,
            json={} if method == "POST" else None,
            headers={**(headers or {}), "Accept": "application/json"},
        )
        try:
            response = await sent(http, message, profile, _PATIENCE)
            try:
                if response.status_code == 404 and await _misses_a_model(response):
                    return 400
            finally:
                await response.aclose()
        except HTTP_FAILURES as error:
            raise translated(error, profile, None) from error
        return response.status_code


async def _misses_a_model(response: httpx.Response) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE.idle):
            words, _ = await capped(response.aiter_bytes(), _LONGEST)
    except TimeoutError:
        return False
    return bool(_NO_MODEL.search(words.decode("utf-8", "replace")))


def _said(spoken: tuple[str, ...], wants_key: bool) -> str:
    titles = [DIALECTS[name].title for name in spoken]
    listed = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
    key = " It asks for a key." if wants_key else ""
    chosen = f" {titles[0]} is chosen." if len(titles) > 1 else ""
    return f"It speaks {listed}.{chosen}{key}"
