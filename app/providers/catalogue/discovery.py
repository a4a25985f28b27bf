"""Looks for model servers on this computer, when the user asks for it and only then."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx

from app.core.errors import ProtocolError
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.live_models import read_models
from app.providers.catalogue.local_servers import PROGRAMS, Program, with_facts
from app.providers.errors.http_errors import HTTP_FAILURES
from app.providers.transport.http import capped
from app.providers.transport.json_text import DamagedError, read_json

_LONGEST = 1024 * 1024
_PATIENCE = httpx.Timeout(1.5, connect=0.5)


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server that answered: the program (or "a model server"), its base URL and its models."""

    name: str
    address: str
    models: tuple[str, ...]


def usual_addresses() -> list[str]:
    """Where the known programs listen unless they are told otherwise; loopback only."""
    return [f"http://127.0.0.1:{program.port}/v1" for program in PROGRAMS]


async def found_servers(addresses: Sequence[str] | None = None) -> list[FoundServer]:
    """The servers that answer at these addresses (the usual ones), in their order.

    Asks for pages that cost nothing, past every proxy, for no more than seconds; what answers
    strangely, with too much or not at all is no server.
    """
    wanted = usual_addresses() if addresses is None else list(addresses)
    transport = httpx.AsyncHTTPTransport(verify=False, trust_env=False, retries=0)
    async with httpx.AsyncClient(
        transport=transport, timeout=_PATIENCE, follow_redirects=False, trust_env=False
    ) as http:
        found = await asyncio.gather(*(_server(http, address) for address in wanted))
    return [server for server in found if server is not None]


async def _server(http: httpx.AsyncClient, address: str) -> FoundServer | None:
    profile = custom_profile(address)
    listing = await _page(http, profile.base_url, "/models")
    if listing is None:
        return None
    try:
        models = read_models(listing, profile)
    except ProtocolError:
        return None
    name = "a model server"
    for program in _likeliest_first(profile.base_url):
        facts = program.read(await _page(http, profile.base_url, program.path))
        if facts is not None:
            name, models = program.name, with_facts(models, facts)
            break
    if name == "a model server" and not models:
        return None
    return FoundServer(name, profile.base_url, tuple(model.id for model in models))


def _likeliest_first(address: str) -> list[Program]:
    return sorted(PROGRAMS, key=lambda program: f":{program.port}/" not in address)


async def _page(http: httpx.AsyncClient, address: str, path: str) -> Any:
    """The JSON at a path, None for anything else."""
    target = urljoin(address + "/", path.lstrip("/"))
    try:
        async with http.stream("GET", target, headers={"Accept": "application/json"}) as response:
            if response.status_code != 200:
                return None
            data, is_more = await capped(response.aiter_raw(), _LONGEST)
    except HTTP_FAILURES:
        return None
    if is_more:
        return None
    try:
        return read_json(data.decode("utf-8", "replace"))
    except DamagedError:
        return None
