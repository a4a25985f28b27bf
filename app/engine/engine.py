"""Which child holds which model: started when first asked, shared, ended when idle or no longer
wanted."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from app.core.errors import ProviderError
from app.engine.model_file import FIRST_CONTEXT, ModelFile
from app.engine.process import ChildProcess, Order
from app.engine.socket_folder import socket_folder
from app.engine.threads import thread_count

IDLE = 300.0
"""Seconds without a question after which a child gives its memory back by ending."""
LOG_NAME = "engine.log"
LOG_BYTES = 1_000_000

FileFinder = Callable[[str], ModelFile]
"""The file of a model's id. Raises ProviderError for an id that stands for none."""


@dataclass(eq=False)
class Holder:
    """A child that holds a model, or one of another Facet of this profile (`child` is None)."""

    file: ModelFile
    address: str
    context: int
    key: str = ""
    child: ChildProcess | None = None
    hold: int | None = None
    users: int = 0
    idle: asyncio.TimerHandle | None = field(default=None, repr=False)

    @property
    def has_ended(self) -> bool:
        """Whether nobody listens any more."""
        return self.child.has_ended if self.child else not _listens(self.address)


class Engine:
    """The children of one Facet.

    `logs` is the profile's folder of logs, by which its sockets are told from those of other
    profiles; `find` tells the file of a model. A Facet
    that only asks once (`is_guest`) uses a child that the window of the same profile has running,
    or starts one of its own.
    """

    def __init__(
        self,
        logs: Path,
        find: FileFinder,
        *,
        is_guest: bool = False,
        idle: float = IDLE,
    ) -> None:
        self._logs = logs
        self._log = logs / LOG_NAME
        self._find = find
        self._is_guest = is_guest
        self._idle = idle
        self._holders: dict[str, Holder] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._ending: list[ChildProcess] = []

    async def use(self, model_id: str) -> Holder:
        """A child that holds this model, loaded now if need be; `release` gives it back.

        Raises ProviderError when the model cannot be had.
        """
        file = self._find(model_id)
        async with self._locks.setdefault(model_id, asyncio.Lock()):
            holder = self._holders.get(model_id)
            if holder is None or holder.file != file or holder.has_ended:
                if holder is not None:
                    self._end(holder)
                holder = await self._begin(file, FIRST_CONTEXT)
                self._holders[model_id] = holder
            holder.users += 1
            if holder.idle is not None:
                holder.idle.cancel()
                holder.idle = None
            return holder

    async def use_larger(self, model_id: str, tokens: int) -> Holder | None:
        """A child with room for a question of so many tokens; None where it must not be changed.

        The child is started anew with a larger context, unless it writes other answers: those
        would be cut off. Raises ContextLengthError when the model itself reads less.
        """
        file = self._find(model_id)
        context = file.context_for(tokens)
        async with self._locks.setdefault(model_id, asyncio.Lock()):
            holder = self._holders.get(model_id)
            if holder is not None:
                if holder.users or holder.child is None:
                    return None
                self._end(holder)
            holder = self._holders[model_id] = await self._begin(file, context)
            holder.users += 1
            return holder

    def release(self, holder: Holder) -> None:
        """Says that an answer has ended; a child that nobody asks ends some minutes later."""
        holder.users -= 1
        if holder.users == 0:
            self._wait_idle(holder)

    def process_of(self, model_id: str) -> int | None:
        """The number of the process that holds a model, None while there is none of our own."""
        holder = self._holders.get(model_id)
        return holder.child.pid if holder and holder.child and not holder.has_ended else None

    def forget(self, model_id: str) -> None:
        """Ends the child of a model that is removed; answers it writes are cut off."""
        holder = self._holders.get(model_id)
        if holder is not None:
            self._end(holder)

    async def aclose(self) -> None:
        """Ends every child and waits until they are gone."""
        for holder in list(self._holders.values()):
            self._end(holder)
        for child in self._ending:
            await child.wait()
        self._ending.clear()

    async def _begin(self, file: ModelFile, context: int) -> Holder:
        await asyncio.to_thread(file.check)
        context = min(context, file.head().context or context)
        name = blake2b(repr((file.path, file.vision)).encode(), digest_size=8).hexdigest()
        path = ""
        if sys.platform != "win32":
            folder = socket_folder(self._logs)
            path = str(folder / f"{name}.sock")
            if self._is_guest:
                hold = _held(path)
                if hold is not None and _listens(path):
                    return Holder(file, path, context, hold=hold)
                if hold is not None:
                    os.close(hold)
                path = str(folder / f"{os.getpid():016x}.sock")
        slots = self._slots(file, context)
        self._shorten_log()
        order = Order(
            file.path,
            file.id,
            path,
            key="" if path else secrets.token_urlsafe(32),
            vision=file.vision,
            repetition=file.repetition,
            context=context,
            cache_bits=file.head().cache_bits,
            slots=slots,
            threads=thread_count(),
        )
        child = await ChildProcess.started(order, self._log)
        return Holder(file, path or child.address, context, order.key, child)

    def _slots(self, file: ModelFile, context: int) -> int:
        """How many answers at once there is memory for; idle models make room first."""
        while True:
            try:
                return file.slots_for(context)
            except ProviderError:
                idle = [one for one in self._holders.values() if not one.users and one.child]
                if not idle:
                    raise
                self._end(idle[0])

    def _end(self, holder: Holder) -> None:
        if holder.idle is not None:
            holder.idle.cancel()
        if holder.child is not None:
            holder.child.kill()
            self._ending = [child for child in self._ending if not child.has_ended]
            self._ending.append(holder.child)
            if holder.child.address.startswith("unix:"):
                Path(holder.address).unlink(missing_ok=True)
        if holder.hold is not None:
            os.close(holder.hold)
        for model_id, known in list(self._holders.items()):
            if known is holder:
                del self._holders[model_id]

    def _wait_idle(self, holder: Holder) -> None:
        loop = asyncio.get_running_loop()
        holder.idle = loop.call_later(self._idle, self._on_idle, holder)

    def _on_idle(self, holder: Holder) -> None:
        if holder.users:
            return
        if holder.child is not None and _is_held(holder.address):
            self._wait_idle(holder)
        else:
            self._end(holder)

    def _shorten_log(self) -> None:
        """Puts a log aside that has grown large: one older one is kept."""
        with suppress(OSError):
            if self._log.stat().st_size > LOG_BYTES:
                self._log.replace(self._log.with_suffix(".log.1"))


def _listens(path: str) -> bool:
    """Whether a process listens on a socket."""
    probe = socket.socket(socket.AF_UNIX)
    try:
        probe.connect(path)
    except OSError:
        return False
    finally:
        probe.close()
    return True


def _held(path: str) -> int | None:
    """An open file that says, until it is closed, that a guest uses this socket."""
    import fcntl

    try:
        file = os.open(path + ".guests", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def _is_held(path: str) -> bool:
    """Whether a guest uses this socket."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        file = os.open(path + ".guests", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def missing(model_id: str) -> ProviderError:
    """The error for an id that stands for no model of this computer."""
    return ProviderError(
        f"There is no model “{model_id}” on this computer any more.",
        "Choose another one, or open its file again.",
    )
