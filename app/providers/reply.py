"""What the head of a reply says, and replies that are read whole: errors, lists, answers in one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from app.core.errors import ProviderError, RefusedError, UnavailableError
from app.providers.catalogue.profile import ProviderProfile
from app.providers.errors.error_reply import ErrorReader, Reply
from app.providers.errors.retry_after import retry_after
from app.providers.errors.web_pages import is_page
from app.providers.transport.delivery import Delivery
from app.providers.transport.http import Timeouts, capped
from app.providers.transport.json_text import DamagedError, read_json

ERROR_LIMIT = 64 * 1024
WHOLE_LIMIT = 16 * 1024 * 1024


def media_type_of(response: httpx.Response) -> str:
    """The media type without parameters, in lower case; "" when there is none."""
    named = str(response.headers.get("content-type", ""))
    return named.partition(";")[0].strip().lower()


def redirect_failure(response: httpx.Response, profile: ProviderProfile) -> RefusedError:
    """A redirect, which is never followed: the key and the question would go elsewhere."""
    target = response.headers.get("location", "")
    try:
        host = urlsplit(urljoin(str(response.request.url), target)).hostname or "another place"
    except ValueError:
        host = "another place"
    return RefusedError(
        f"{profile.host} wants to send you on to {host[:100]}. Facet did not follow, so your key "
        "and question went nowhere else.",
        "If that is the right place, enter its address as the base URL in Settings, Providers.",
        provider=profile.id,
        status=response.status_code,
    )


async def error_of(
    response: httpx.Response,
    chunks: AsyncIterator[bytes],
    profile: ProviderProfile,
    failures: ErrorReader,
) -> ProviderError | None:
    """The error a reply stands for by its status; None when the status is a good one."""
    status = response.status_code
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return redirect_failure(response, profile)
    try:
        data, _ = await capped(chunks, ERROR_LIMIT)
    except (httpx.HTTPError, httpx.StreamError, ProviderError):
        # The status alone still says enough when its explanation breaks off.
        data = b""
    return failures.of_reply(
        Reply(
            status,
            data.decode("utf-8", "replace"),
            media_type_of(response),
            retry_after(response.headers),
        )
    )


def parsed(data: bytes, media_type: str, status: int, failures: ErrorReader) -> Any:
    """The JSON of a whole reply; a web page or anything else raises the error it stands for."""
    text = data.decode("utf-8", "replace").lstrip(" \t\r\n\ufeff")
    if is_page(media_type, text):
        raise failures.of_reply(Reply(status, text[:ERROR_LIMIT], media_type))
    try:
        return read_json(text)
    except DamagedError:
        raise failures.unreadable(text[:4000], status) from None


@asynccontextmanager
async def exchange(
    http: httpx.AsyncClient, message: httpx.Request, profile: ProviderProfile, timeouts: Timeouts
) -> AsyncIterator[tuple[httpx.Response, Delivery]]:
    """Sends a request; gives the head and the bytes of its reply, and lets go of both at the end.

    Raises ProviderError, and httpx's own errors.
    """
    sent_at = asyncio.get_running_loop().time()
    response = await sent(http, message, profile, timeouts)
    try:
        async with aclosing(Delivery(response, timeouts, profile, sent_at)) as delivery:
            yield response, delivery
    finally:
        await response.aclose()


async def json_of(
    http: httpx.AsyncClient,
    message: httpx.Request,
    profile: ProviderProfile,
    failures: ErrorReader,
    timeouts: Timeouts,
    limit: int,
) -> Any:
    """Sends a request and reads the JSON of its reply, at most `limit` bytes.

    Raises ProviderError, and httpx's own errors.
    """
    async with exchange(http, message, profile, timeouts) as (response, delivery):
        error = await error_of(response, delivery, profile, failures)
        if error is not None:
            raise error
        data, is_more = await capped(delivery, limit)
    if is_more:
        raise failures.too_much()
    return parsed(data, media_type_of(response), response.status_code, failures)


async def fetch_json(
    http: httpx.AsyncClient,
    profile: ProviderProfile,
    path: str,
    failures: ErrorReader,
    timeouts: Timeouts,
    headers: Mapping[str, str],
    question: Mapping[str, Any] | None = None,
) -> Any:
    """GETs a JSON document below the base URL, or POSTs a question for it.

    Raises ProviderError, and httpx's own errors.
    """
    address = urljoin(profile.base_url + "/", path.lstrip("/"))
    message = http.build_request(
        "GET" if question is None else "POST",
        address,
        json=question,
        headers={**headers, "Accept": "application/json", "Accept-Encoding": "identity"},
    )
    return await json_of(http, message, profile, failures, timeouts, WHOLE_LIMIT)


async def sent(
    http: httpx.AsyncClient, message: httpx.Request, profile: ProviderProfile, timeouts: Timeouts
) -> httpx.Response:
    """Sends a request and waits for the head of its reply, no longer than for a first byte."""
    try:
        async with asyncio.timeout(timeouts.first_byte):
            return await http.send(message, stream=True)
    except TimeoutError:
        raise UnavailableError(
            f"{profile.name} did not answer within {timeouts.first_byte:g} seconds.",
            "Try again; a model that was asleep may need a second call.",
            provider=profile.id,
        ) from None
