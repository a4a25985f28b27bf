"""Real services on a real database, with a scripted provider in place of the network."""

from __future__ import annotations

import asyncio
import importlib.util
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SignalInstance

from app.bootstrap import Core, make_core
from app.paths import folders
from app.providers.client import Client
from app.services.services import Services
from app.storage.database.database import Database
from tests.simulator import Simulator

_spec = importlib.util.spec_from_file_location("scripted", Path(__file__).with_name("scripted.py"))
assert _spec is not None
assert _spec.loader is not None
scripted = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(scripted)


@dataclass
class Stage:
    """The services under test and the provider that answers."""

    core: Core
    provider: Any

    @property
    def services(self) -> Services:
        return self.core.services

    async def until(self, signal: SignalInstance) -> tuple[Any, ...]:
        """The arguments of the signal's next emission; fails after ten seconds."""
        came: asyncio.Future[tuple[Any, ...]] = asyncio.get_running_loop().create_future()

        def take(*arguments: Any) -> None:
            if not came.done():
                came.set_result(arguments)

        signal.connect(take)
        try:
            return await asyncio.wait_for(came, 10)
        finally:
            signal.disconnect(take)

    @contextmanager
    def slow_disk(self) -> Iterator[None]:
        """Inside, what is written waits; it is written in its order afterwards."""
        goes_on = threading.Event()
        self.core.database.write(lambda _writer: goes_on.wait(10))
        try:
            yield
        finally:
            goes_on.set()

    def wait_for_disk(self) -> None:
        """Waits until all is written, without letting the loop hear of it."""
        self.core.database.write(lambda _writer: None).result(10)

    async def at_rest(self) -> None:
        """Waits until nothing runs any more beside the window."""
        while tasks := {*self.services.scope._all, *self.services.generation._scope._all}:
            await asyncio.wait(tasks, timeout=10)

    def fill_disk(self) -> None:
        """The disk takes no more than there is: what SQLite needs a new page for is refused."""
        self.core.database.write(
            lambda writer: writer.execute("PRAGMA max_page_count = 1").fetchall()
        ).result()

    async def answered(
        self, *texts: str, question: str = "What is a tide?", files: Sequence[Path] = ()
    ) -> Any:
        """Asks and has the provider answer; the stored answer."""
        conversations = self.services.conversations
        conversations.send(question, [conversations.attach(file) for file in files])
        self.provider.say(*texts)
        self.provider.end()
        (message,) = await self.until(self.services.generation.finished)
        return message


async def open_stage(profile: Path, make_client: Any = None) -> Stage:
    places = folders(profile)
    database = Database.open(places.data / "facet.db")
    provider = scripted.Scripted()
    make_client = make_client or (lambda _profile, _key: provider)
    core = make_core(places, database, recover=True, make_client=make_client)
    return Stage(core, provider)


async def close_stage(stage: Stage) -> None:
    await stage.services.close()
    stage.core.database.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await open_stage(tmp_path)
    yield opened
    await close_stage(opened)


@pytest.fixture
async def wired(tmp_path: Path) -> AsyncIterator[tuple[Stage, Simulator]]:
    """A stage whose OpenRouter is the simulator, over real sockets."""
    async with Simulator() as simulator:

        def make_client(profile: Any, key: str | None) -> Client:
            return Client(replace(profile, base_url=simulator.base_url(profile.id)), key=key)

        opened = await open_stage(tmp_path, make_client)
        key = simulator.providers["openrouter"].good_key()
        opened.services.models.keys.use_for_this_run("openrouter", key)
        opened.services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
        yield opened, simulator
        await close_stage(opened)


@pytest.fixture
async def reopen(tmp_path: Path) -> AsyncIterator[Any]:
    """Closes a stage as quitting does, and opens the same folders again."""
    opened: list[Stage] = []

    async def again(stage: Stage) -> Stage:
        await close_stage(stage)
        opened.append(await open_stage(tmp_path))
        return opened[-1]

    yield again
    for stage in opened:
        await close_stage(stage)
