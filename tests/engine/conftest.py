import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from app.engine.engine import Engine, missing
from app.engine.model_file import ModelFile
from app.engine.transport import EngineTransport
from tests.engine.tiny_model import write_tiny_model


@pytest.fixture(scope="session")
def tiny_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("models") / "tiny.gguf")


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for sockets with a short path, as a system has one."""
    folder = Path(tempfile.mkdtemp(prefix="f", dir="/tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


class Stage:
    """An engine with some model files, and a client that speaks through it."""

    def __init__(self, logs: Path, *files: ModelFile, idle: float = 300, is_guest: bool = False):
        self.files = {file.id: file for file in files}
        self.log = logs / "engine.log"
        self.engine = Engine(logs, self.find, idle=idle, is_guest=is_guest)
        transport = EngineTransport(self.engine, lambda: list(self.files.values()))
        self.http = httpx.AsyncClient(transport=transport, timeout=60)

    def find(self, model_id: str) -> ModelFile:
        if model_id not in self.files:
            raise missing(model_id)
        return self.files[model_id]

    async def ask(self, model: str = "tiny", text: str = "Hi", **values: object) -> httpx.Response:
        body = {"model": model, "messages": [{"role": "user", "content": text}], "seed": 7}
        return await self.http.post(
            "https://this-computer.invalid/v1/chat/completions",
            json={**body, "max_tokens": 20, **values},
        )

    async def close(self) -> None:
        await self.http.aclose()
        await self.engine.aclose()


@pytest.fixture
async def stage(tmp_path: Path, tiny_path: Path, runtime: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path, ModelFile("tiny", "Tiny", str(tiny_path)))
    yield made
    await made.close()
