"""One child process from its parent's side: started, waited for, ended, and why it ended."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import app
from app.core.errors import ProviderError, UnavailableError

LOG_BYTES = 64 * 1024
"""How much of the end of the child's log is read for a reason."""

_ERROR_LINE = re.compile(r"^[\d.]+ E +(?P<text>.+)$", re.MULTILINE)
_PLACE = re.compile(r"^\w+:\s+")


@dataclass(frozen=True, slots=True)
class Order:
    """What a child is to serve: a model file on a socket, or on a port of 127.0.0.1 with a key.

    `name` is what its answers call the model. `context` is in tokens for each of `slots` answers
    at once; `vision` is the file that lets the model see, or ""; `repetition` the penalty for words
    said before where a request names none; `cache_bits` (8 or 16) is what a value of a token that
    was read takes in memory.
    """

    model: str
    name: str
    socket: str
    key: str = ""
    vision: str = ""
    repetition: float = 1.0
    context: int = 512
    cache_bits: int = 16
    slots: int = 1
    threads: int = 1


class ChildProcess:
    """A running child; made by `started`."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, begin: int) -> None:
        self._process = process
        self._log = log
        self._begin = begin
        self.address = ""

    @classmethod
    async def started(cls, order: Order, log: Path) -> ChildProcess:
        """A child with its model loaded. Raises ProviderError; nothing is left running then."""
        child = cls._launched(order, log)
        try:
            answer = await child.first_words()
        except BaseException:
            child.kill()
            await child.wait()
            raise
        if answer.get("state") == "ready":
            child.address = str(answer.get("address", ""))
            return child
        child.kill()
        await child.wait()
        if answer.get("state") == "no engine":
            raise ProviderError(
                "The engine for models on this computer is not installed.",
                "Run packaging/run.py again, or choose another provider.",
                details=str(answer.get("message", ""))[:500],
            )
        raise child.failure(is_loading=True)

    @classmethod
    def _launched(cls, order: Order, log: Path) -> ChildProcess:
        root = str(Path(app.__file__).parent.parent)
        try:
            output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            output = os.open(os.devnull, os.O_WRONLY)
        begin = os.fstat(output).st_size
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "app.engine.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                env={**os.environ, "PYTHONPATH": root},
            )
        except OSError as error:
            raise ProviderError(
                f"The model on this computer cannot be started: {error.strerror}.",
                "Check that there is memory and a place for one more program.",
            ) from error
        finally:
            os.close(output)
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
            process.stdin.flush()
        return cls(process, log, begin)

    async def first_words(self) -> dict[str, Any]:
        """What it says first: that it is ready, or why it cannot be; nothing when it died."""
        assert self._process.stdout is not None
        line = await asyncio.to_thread(self._process.stdout.readline)
        words = json.loads(line) if line else {}
        return words if isinstance(words, dict) else {}

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    async def wait(self) -> int:
        """Waits for the end; the result is as `subprocess.Popen.returncode`."""
        return await asyncio.to_thread(self._process.wait)

    def kill(self) -> None:
        """Ends it at once; it keeps nothing that would have to be written."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    async def reason(self) -> ProviderError:
        """Why it no longer answers; waits a moment for a process that is ending."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), 1)
        return self.failure()

    def failure(self, *, is_loading: bool = False) -> ProviderError:
        """Why it ended, from how it ended and what it wrote last."""
        code = self._process.poll()
        reason, lines = self._reason()
        if is_loading and code is not None and code >= 0 and reason:
            return ProviderError(
                f"The model file cannot be used: {reason}.",
                "Choose another file; this one may be damaged, or newer than the engine.",
                details=lines,
            )
        return UnavailableError(
            f"The model on this computer stopped: {reason or _how(code)}.",
            "Ask again: it starts anew. If it stops again, choose a smaller model or a shorter "
            "history.",
            details=lines,
        )

    def _reason(self) -> tuple[str, str]:
        """The first error since it was started, in the engine's words, and all of them."""
        try:
            with self._log.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(self._begin, size - LOG_BYTES))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            return "", ""
        errors = [_PLACE.sub("", found["text"]).strip() for found in _ERROR_LINE.finditer(text)]
        named = [words for words in errors if "error loading model" in words]
        first = (named or errors or [""])[0]
        first = first.removeprefix("error loading model:").strip().rstrip(".")
        return first[:300], "\n".join(errors)[:2000]


def _how(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "it no longer answers"
    if code == -getattr(signal, "SIGKILL", 9):
        return "something ended it; the system does so when memory runs out"
    if code < 0:
        return f"it crashed ({signal.Signals(-code).name})"
    return f"it ended by itself (code {code})"
