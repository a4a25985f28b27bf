"""The chat wire in process: an httpx transport that answers in the bytes a provider would send."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import httpx

from app.core.identity import new_id
from app.help.passages import PassageIndex, manual
from app.practice.answer import asked_in, every_text, possible_answers
from app.practice.request import (
    CONTEXT,
    MODEL_ID,
    RANGES,
    BadRequestError,
    ChatRequest,
    read_request,
)
from app.practice.words import WordModel, split
from app.practice.writer import Piece, Writer, Written

TOKENS_A_SECOND = 70.0
"""How fast an answer is written when nothing else is said: a pleasant pace to read along with."""

PACE_VARIABLE = "FACET_PRACTICE_PACE"
"""Environment variable with tokens a second; 0 writes as fast as it goes."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Where to look and how to speak; `fingerprint` changes with the manual's text."""

    index: PassageIndex
    model: WordModel
    fingerprint: str


@lru_cache(1)
def knowledge() -> Knowledge:
    """Reads the manual and builds the word model; under 300 ms of CPU once, nothing after."""
    passages = manual()
    texts = list(every_text(passages))
    digest = blake2b("\0".join(texts).encode(), digest_size=6).hexdigest()
    return Knowledge(PassageIndex(passages), WordModel(texts), f"practice-{digest}")


def practice_transport(pace: float | None = None) -> PracticeTransport:
    """The transport behind the provider "practice"; `pace` as in PracticeTransport."""
    return PracticeTransport(pace)


class PracticeTransport(httpx.AsyncBaseTransport):
    """Answers `POST …/chat/completions` and `GET …/models` without a network.

    `pace` is tokens a second, 0 for no pause at all; None takes it from FACET_PRACTICE_PACE, else
    70.
    """

    def __init__(self, pace: float | None = None) -> None:
        if pace is None:
            pace = float(os.environ.get(PACE_VARIABLE) or TOKENS_A_SECOND)
        self._pause = 1 / pace if pace > 0 else 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request; foreseen mistakes become the JSON error a provider would send."""
        known = await asyncio.to_thread(knowledge)
        path = request.url.path.rstrip("/")
        try:
            if request.method == "GET" and path.endswith("/models"):
                return _json(200, {"object": "list", "data": [_listed()]})
            if request.method != "POST" or not path.endswith("/chat/completions"):
                raise BadRequestError(
                    f"Practice has no {request.method} {path}.", code="not_found", status=404
                )
            asked = read_request(_decoded(await request.aread()), known.model.ids_of)
            return self._answer(asked, known)
        except BadRequestError as refusal:
            return _json(refusal.status, refusal.body)

    def _answer(self, asked: ChatRequest, known: Knowledge) -> httpx.Response:
        reply = _Reply(asked, known)
        if asked.is_stream:
            headers = {"content-type": "text/event-stream", "x-generation-id": reply.id}
            return httpx.Response(200, headers=headers, stream=_Events(reply, self._pause))
        return _json(200, reply.whole())


class _Reply:
    """One answer in the shapes of the wire."""

    def __init__(self, asked: ChatRequest, known: Knowledge) -> None:
        self.id = f"gen-practice-{new_id()}"
        self._asked = asked
        self._prompt = sum(len(split(turn.text)) for turn in asked.turns)
        room = CONTEXT - self._prompt
        if room < 1:
            raise BadRequestError(
                f"This conversation has {self._prompt} tokens; Practice reads at most {CONTEXT}.",
                "messages",
                code="context_length_exceeded",
            )
        question = asked_in(asked.turns)
        instructions = "\n".join(
            turn.text for turn in asked.turns if turn.role in ("system", "developer")
        )
        self.writer = Writer(
            known.model,
            possible_answers(question, known.index, instructions),
            asked.sampling,
            read=[token for turn in asked.turns for token in known.model.encode(turn.text)],
            begun=known.model.encode(question.begun),
            seed=asked.seed,
            limit=min(asked.limit, room),
            stops=asked.stops,
            rivals=asked.rivals,
        )
        self._frame: dict[str, Any] = {
            "id": self.id,
            "provider": "Practice",
            "model": MODEL_ID,
            "created": int(time.time()),
            "system_fingerprint": known.fingerprint,
        }

    def opening(self) -> dict[str, Any]:
        """The first chunk: the role and no text."""
        return self._chunk({"role": "assistant", "content": ""})

    def chunk(self, piece: Piece) -> dict[str, Any]:
        """One chunk for one piece of the answer."""
        return self._chunk(
            {"content": piece.text}, piece.finish_reason, self._logprobs(piece.tokens)
        )

    def ending(self) -> dict[str, Any]:
        """The last chunk: usage, with no choice."""
        return {
            **self._frame,
            "object": "chat.completion.chunk",
            "choices": [],
            "usage": self._usage(),
        }

    def whole(self) -> dict[str, Any]:
        """The answer as one body."""
        pieces = list(self.writer.pieces())
        choice = {
            "index": 0,
            "finish_reason": pieces[-1].finish_reason,
            "logprobs": self._logprobs(tuple(token for piece in pieces for token in piece.tokens)),
            "message": {"role": "assistant", "content": "".join(piece.text for piece in pieces)},
        }
        return {
            **self._frame,
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage(),
        }

    def _chunk(
        self, delta: dict[str, Any], reason: str = "", logprobs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        choice = {
            "index": 0,
            "delta": delta,
            "finish_reason": reason or None,
            "logprobs": logprobs,
        }
        return {**self._frame, "object": "chat.completion.chunk", "choices": [choice]}

    def _usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self._prompt,
            "completion_tokens": self.writer.count,
            "total_tokens": self._prompt + self.writer.count,
            "cost": 0,
        }

    def _logprobs(self, tokens: tuple[Written, ...]) -> dict[str, Any] | None:
        if self._asked.rivals is None:
            return None
        return {
            "content": [
                {
                    **_scored(token.text, token.logprob),
                    "top_logprobs": [_scored(text, logprob) for text, logprob in token.rivals],
                }
                for token in tokens
            ]
        }


class _Events(httpx.AsyncByteStream):
    """The answer as server-sent events, one token at a time."""

    def __init__(self, reply: _Reply, pause: float) -> None:
        self._reply = reply
        self._pause = pause
        self._steps = self._written()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._steps

    async def aclose(self) -> None:
        """Ends the writing; called by httpx when the reply is closed early, too."""
        await self._steps.aclose()

    async def _written(self) -> AsyncGenerator[bytes, None]:
        yield _event(self._reply.opening())
        started = time.monotonic()
        for piece in self._reply.writer.pieces():
            due = started + self._reply.writer.count * self._pause - time.monotonic()
            await asyncio.sleep(max(0.0, due) if self._pause else 0)
            yield _event(self._reply.chunk(piece))
        yield _event(self._reply.ending())
        yield b"data: [DONE]\n\n"


def _event(body: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def _json(status: int, body: dict[str, Any]) -> httpx.Response:
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "content-length": str(len(content))}
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))


def _decoded(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise BadRequestError("The body is not JSON.", code="invalid_json") from error


def _scored(text: str, logprob: float | None) -> dict[str, Any]:
    return {"token": text, "logprob": logprob, "bytes": list(text.encode())}


def _listed() -> dict[str, Any]:
    return {
        "id": MODEL_ID,
        "name": "Practice",
        "object": "model",
        "context_length": CONTEXT,
        "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
        "pricing": {"prompt": "0", "completion": "0", "request": "0"},
        "supported_parameters": [*RANGES, "stop", "logprobs", "logit_bias"],
    }
