import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

import app
from app.core.errors import ContextLengthError, ProviderError, UnavailableError
from app.engine.built_in import small_model
from app.engine.model_file import ModelFile
from tests.engine.conftest import Stage
from tests.engine.tiny_model import CONTEXT, write_tiny_model


def said(response: Any) -> str:
    assert response.status_code == 200, response.text
    return response.json()["choices"][0]["message"]["content"]


async def sockets(which: str) -> str:
    """What the system lists of its sockets."""
    process = await asyncio.create_subprocess_exec("ss", which, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return output.decode()


async def test_a_question_starts_the_child_and_the_list_of_models_does_not(stage: Any) -> None:
    listed = await stage.http.get("https://this-computer.invalid/v1/models")
    assert [model["id"] for model in listed.json()["data"]] == ["tiny"]
    assert stage.engine.process_of("tiny") is None
    assert said(await stage.ask())
    assert stage.engine.process_of("tiny") is not None


async def test_the_same_seed_gives_the_same_answer_alone_and_among_others(stage: Any) -> None:
    alone = said(await stage.ask())
    assert said(await stage.ask()) == alone
    together = await asyncio.gather(*(stage.ask(seed=seed) for seed in (7, 8, 9, 7)))
    words = [said(response) for response in together]
    assert words[0] == words[3] == alone
    assert words[1] != words[2] != alone


async def test_an_answer_names_the_model_and_not_its_place_on_the_disk(stage: Any) -> None:
    response = await stage.ask()
    assert response.json()["model"] == "tiny"
    assert str(stage.files["tiny"].path) not in response.text


async def test_it_listens_on_one_unix_socket_for_the_user_alone_and_on_no_port(
    stage: Any, runtime: Path
) -> None:
    await stage.ask()
    pid = stage.engine.process_of("tiny")
    unix = await sockets("-xlpH")
    ours = [line.split() for line in unix.splitlines() if f"pid={pid}," in line]
    (path,) = [Path(word) for line in ours for word in line if word.startswith("/")]
    assert path.is_relative_to(runtime)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert f"pid={pid}," not in await sockets("-tulpnH")


async def test_two_questions_while_it_loads_share_one_child(stage: Any) -> None:
    answers = await asyncio.gather(stage.ask(), stage.ask(seed=8))
    assert all(map(said, answers))
    assert len(psutil.Process().children()) == 1


async def test_a_child_that_is_killed_while_answering_keeps_the_text_and_the_next_one_works(
    stage: Any,
) -> None:
    body = {
        "model": "tiny",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
        "max_tokens": 400,
        "ignore_eos": True,
    }
    address = "https://this-computer.invalid/v1/chat/completions"
    await stage.ask()
    pid = stage.engine.process_of("tiny")
    came: list[bytes] = []

    async def read(response: httpx.Response) -> None:
        async for piece in response.aiter_raw():
            if not came:
                os.kill(pid, signal.SIGKILL)
            came.append(piece)

    async with stage.http.stream("POST", address, json=body) as response:
        with pytest.raises(UnavailableError, match="The model on this computer stopped"):
            await read(response)
    assert b'"delta"' in b"".join(came)
    assert said(await stage.ask())
    assert stage.engine.process_of("tiny") != pid


async def test_a_child_that_died_between_two_questions_is_replaced_without_a_word(
    stage: Any,
) -> None:
    await stage.ask()
    os.kill(stage.engine.process_of("tiny"), signal.SIGKILL)
    assert said(await stage.ask())


async def test_a_long_question_is_asked_again_with_more_room(tmp_path: Path, runtime: Path) -> None:
    path = write_tiny_model(tmp_path / "roomy.gguf", context=4096)
    stage = Stage(tmp_path, ModelFile("tiny", "Tiny", str(path)))
    try:
        await stage.ask()
        small = stage.engine.process_of("tiny")
        assert said(await stage.ask(text="word " * 500))
        assert stage.engine.process_of("tiny") != small
    finally:
        await stage.close()


async def test_a_question_longer_than_the_model_reads_names_both_counts(stage: Any) -> None:
    with pytest.raises(ContextLengthError, match=rf"1,\d\d\d tokens; “Tiny” reads {CONTEXT}"):
        await stage.ask(text="x" * 1200)


async def test_a_child_that_nobody_asks_gives_its_memory_back_and_comes_again(
    tmp_path: Path, tiny_path: Path, runtime: Path
) -> None:
    stage = Stage(tmp_path, ModelFile("tiny", "Tiny", str(tiny_path)), idle=0.01)
    try:
        await stage.ask()
        process = psutil.Process(stage.engine.process_of("tiny"))
        await asyncio.to_thread(process.wait, 10)
        assert said(await stage.ask())
    finally:
        await stage.close()


async def test_a_guest_shares_the_child_of_the_window_which_waits_for_it(
    tmp_path: Path, tiny_path: Path, runtime: Path
) -> None:
    file = ModelFile("tiny", "Tiny", str(tiny_path))
    window = Stage(tmp_path, file, idle=0.01)
    guest = Stage(tmp_path, file, is_guest=True)
    try:
        body = {"model": "tiny", "messages": [{"role": "user", "content": "Hi"}], "stream": True}
        address = "https://this-computer.invalid/v1/chat/completions"
        answering = window.http.stream("POST", address, json={**body, "max_tokens": 100})
        async with answering as response:
            assert said(await guest.ask())
            assert guest.engine.process_of("tiny") is None
            assert len(psutil.Process().children()) == 1
            await response.aread()
    finally:
        await guest.close()
        await window.close()


async def test_a_guest_alone_starts_a_child_of_its_own(
    tmp_path: Path, tiny_path: Path, runtime: Path
) -> None:
    guest = Stage(tmp_path, ModelFile("tiny", "Tiny", str(tiny_path)), is_guest=True)
    try:
        assert said(await guest.ask())
        assert guest.engine.process_of("tiny") is not None
    finally:
        await guest.close()


async def test_two_profiles_have_two_children(
    tmp_path: Path, tiny_path: Path, runtime: Path
) -> None:
    stages = []
    try:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            stages.append(Stage(tmp_path / name, ModelFile("tiny", "Tiny", str(tiny_path))))
        assert all(map(said, await asyncio.gather(*(stage.ask() for stage in stages))))
        assert len({stage.engine.process_of("tiny") for stage in stages}) == 2
    finally:
        for stage in stages:
            await stage.close()


async def test_closing_leaves_no_process_and_no_socket(stage: Any, runtime: Path) -> None:
    await stage.ask()
    await stage.close()
    assert psutil.Process().children() == []
    assert not [name for _, _, names in os.walk(runtime) for name in names if "sock" in name]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"hello", "no model file"),
        (b"PK\x03\x04....", "a zip file"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"version https://git-lfs", "Git LFS"),
        (b"GGUF\x03\x00\x00\x00", "not whole"),
    ],
)
async def test_a_file_that_is_no_model_says_so(
    tmp_path: Path, runtime: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(content)
    stage = Stage(tmp_path, ModelFile("bad", "Bad", str(path)))
    try:
        with pytest.raises(ProviderError, match=words):
            await stage.ask("bad")
    finally:
        await stage.close()


async def test_a_file_of_an_unknown_architecture_says_which(tmp_path: Path, runtime: Path) -> None:
    path = write_tiny_model(tmp_path / "new.gguf", architecture="newthing")
    stage = Stage(tmp_path, ModelFile("new", "New", str(path)))
    try:
        with pytest.raises(ProviderError, match="newthing"):
            await stage.ask("new")
        assert psutil.Process().children() == []
    finally:
        await stage.close()


async def test_a_file_that_is_gone_says_where_it_was(tmp_path: Path, runtime: Path) -> None:
    stage = Stage(tmp_path, ModelFile("gone", "Gone", str(tmp_path / "gone.gguf")))
    try:
        with pytest.raises(ProviderError) as caught:
            await stage.ask("gone")
        assert "cannot be read" in caught.value.message
        assert str(tmp_path / "gone.gguf") in caught.value.hint
    finally:
        await stage.close()


async def test_a_file_deleted_while_it_is_loaded_goes_on_answering(
    tmp_path: Path, runtime: Path
) -> None:
    path = write_tiny_model(tmp_path / "tiny.gguf")
    stage = Stage(tmp_path, ModelFile("tiny", "Tiny", str(path)))
    try:
        await stage.ask()
        path.unlink()
        assert said(await stage.ask())
    finally:
        await stage.close()


async def test_a_model_larger_than_memory_is_refused_with_both_figures(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine.memory.free", lambda: 10_000_000)
    with pytest.raises(ProviderError, match=r"needs about \d+ MB of memory; 10 MB are free"):
        await stage.ask()
    assert psutil.Process().children() == []


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
from app.core.errors import ProviderError
from app.engine.engine import Engine
from app.engine.model_file import ModelFile

async def main():
    engine = Engine(Path(sys.argv[2]), lambda _: ModelFile("tiny", "Tiny", sys.argv[1]))
    try:
        await engine.use("tiny")
    except ProviderError as error:
        print(error.message, error.hint)
    else:
        print("loaded")
    finally:
        await engine.aclose()

asyncio.run(main())
"""


@pytest.mark.parametrize("limit", [250_000_000, 330_000_000, 420_000_000])
async def test_a_child_without_memory_ends_in_a_sentence(
    tmp_path: Path, runtime: Path, limit: int
) -> None:
    small = small_model()
    assert small is not None
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        LIMITED,
        small.path,
        str(tmp_path),
        str(limit),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(app.__file__).parent.parent)},
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    assert re.match(b"The model|The engine", output), output
