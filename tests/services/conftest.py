"""Real services on a real database, with a scripted provider in place of the network."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SignalInstance

from app.bootstrap import Core, make_core
from app.paths import folders
from app.services.services import Services
from app.storage.database.database import Database

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

    def fill_disk(self) -> None:
        """The disk takes no more than there is: what SQLite needs a new page for is refused."""
        self.core.database.write(
            lambda writer: writer.execute("PRAGMA max_page_count = 1").fetchall()
        ).result()

    async def answered(self, *texts: str, question: str = "What is a tide?") -> Any:
        """Asks and has the provider answer; the stored answer."""
        self.services.conversations.send(question)
        self.provider.say(*texts)
        self.provider.end()
        (message,) = await self.until(self.services.generation.finished)
        return message


async def open_stage(profile: Path) -> Stage:
    places = folders(profile)
    database = Database.open(places.data / "facet.db")
    provider = scripted.Scripted()
    core = make_core(places, database, recover=True, make_client=lambda _profile, _key: provider)
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
