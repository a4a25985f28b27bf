"""What the client of "This computer" speaks through: httpx over the socket of a child."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import httpx

from app.core.errors import ProviderError, RefusedError
from app.engine.engine import Engine, Holder
from app.engine.model_file import ModelFile

_BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError)
"""What a child that is gone looks like from its socket."""

MOST_BYTES = 64 * 1024 * 1024
"""Largest request that is passed on."""


class EngineTransport(httpx.AsyncBaseTransport):
    """Passes a request to the child that holds its model, which is started first if need be.

    The list of models is answered here: asking for it starts nothing. A child that ends before it
    said a word is started once more; one that ends later raises UnavailableError with the reason.
    """

    def __init__(self, engine: Engine, files: Callable[[], Sequence[ModelFile]]) -> None:
        self._engine = engine
        self._files = files
        self._ways: dict[Holder, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The child's reply. Raises ProviderError when there is none to be had."""
        if request.method == "GET" and request.url.path.endswith("/models"):
            return _json({"object": "list", "data": [file.listed() for file in self._files()]})
        body = await request.aread()
        model_id = _model_of(body)
        for is_last in (False, True):
            holder = await self._engine.use(model_id)
            try:
                response = await self._passed(request, body, holder)
                if response.status_code == 400:
                    return await self._longer(request, body, model_id, response)
                return response
            except _BROKEN as error:
                self._engine.release(holder)
                await self._let_go(holder)
                failure = await _failure(holder)
                if is_last or not holder.has_ended:
                    raise failure from error
            except BaseException:
                self._engine.release(holder)
                raise
        raise AssertionError("two rounds end by a reply or an error")

    async def aclose(self) -> None:
        """Closes the connections; the children are the engine's."""
        for way in self._ways.values():
            await way.aclose()
        self._ways.clear()

    async def _passed(self, request: httpx.Request, body: bytes, holder: Holder) -> httpx.Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("accept", "accept-encoding", "content-type")
        }
        if holder.key:
            headers["authorization"] = f"Bearer {holder.key}"
        place = "http://localhost" if holder.address.startswith("/") else holder.address
        passed = httpx.Request(
            request.method,
            place.rstrip("/") + request.url.raw_path.decode("ascii"),
            headers=headers,
            content=body,
            extensions=request.extensions,
        )
        response = await self._way(holder).handle_async_request(passed)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Stream(response.stream, holder, self._engine)
        return response

    async def _longer(
        self, request: httpx.Request, body: bytes, model_id: str, response: httpx.Response
    ) -> httpx.Response:
        """The reply to a question that was refused; one that is too long is asked again with room.

        Raises ContextLengthError when the model reads less, ProviderError when there is no memory.
        """
        said = await response.aread()
        await response.aclose()
        tokens = _tokens_of(said)
        if tokens:
            holder = await self._engine.use_larger(model_id, tokens)
            if holder is not None:
                try:
                    return await self._passed(request, body, holder)
                except BaseException:
                    self._engine.release(holder)
                    raise
        return httpx.Response(400, headers=response.headers, stream=httpx.ByteStream(said))

    def _way(self, holder: Holder) -> httpx.AsyncHTTPTransport:
        if holder not in self._ways:
            path = holder.address if holder.address.startswith("/") else None
            self._ways[holder] = httpx.AsyncHTTPTransport(uds=path, trust_env=False)
        return self._ways[holder]

    async def _let_go(self, holder: Holder) -> None:
        way = self._ways.pop(holder, None)
        if way is not None:
            await way.aclose()


class _Stream(httpx.AsyncByteStream):
    """A child's reply; its end gives the child back, and a break says why the child ended."""

    def __init__(self, inner: httpx.AsyncByteStream, holder: Holder, engine: Engine) -> None:
        self._inner = inner
        self._holder = holder
        self._engine = engine
        self._is_open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._inner:
                yield piece
        except _BROKEN as error:
            raise (await _failure(self._holder)) from error

    async def aclose(self) -> None:
        """Ends the reply; the child stops writing when its connection closes."""
        if self._is_open:
            self._is_open = False
            self._engine.release(self._holder)
        await self._inner.aclose()


async def _failure(holder: Holder) -> ProviderError:
    if holder.child is None:
        return ProviderError(
            "The window that held the model was closed.", "Ask again: the model starts anew."
        )
    return await holder.child.reason()


def _tokens_of(said: bytes) -> int:
    """How many tokens a question had that was too long; 0 when that was not what was wrong."""
    try:
        error = json.loads(said)["error"]
        if error["type"] == "exceed_context_size_error":
            return int(error["n_prompt_tokens"])
    except (ValueError, TypeError, KeyError):
        pass
    return 0


def _model_of(body: bytes) -> str:
    try:
        said: Any = json.loads(body)
    except ValueError:
        said = None
    model = said.get("model") if isinstance(said, dict) else None
    if not isinstance(model, str):
        raise RefusedError("The request names no model.", "Choose a model in the header.")
    return model


def _json(body: dict[str, Any]) -> httpx.Response:
    content = json.dumps(body).encode()
    headers = {"content-type": "application/json", "content-length": str(len(content))}
    return httpx.Response(200, headers=headers, stream=httpx.ByteStream(content))
