"""Servers on this computer are found by what they answer, over real sockets."""

import json

import pytest

from app.providers.catalogue.discovery import found_servers, usual_addresses
from tests.simulator import Scenario, Simulator


@pytest.fixture
async def sim():
    """All simulated servers on one port."""
    async with Simulator() as simulator:
        yield simulator


PROGRAMS = {
    "ollama": ("Ollama", "gemma3:27b"),
    "lmstudio": ("LM Studio", "google/gemma-3-27b"),
    "llamacpp": ("llama.cpp", "/models/gemma-3-27b.gguf"),
    "vllm": ("vLLM", "google/gemma-3-27b-it"),
}


@pytest.mark.parametrize("provider", PROGRAMS)
async def test_each_program_is_told_by_its_own_page(sim, provider):
    address = sim.base_url(provider)
    (found,) = await found_servers([address])
    assert (found.name, found.models) == (PROGRAMS[provider][0], (PROGRAMS[provider][1],))
    assert found.address == address


async def test_all_are_found_at_once_and_in_order(sim):
    found = await found_servers([sim.base_url(name) for name in PROGRAMS])
    assert [server.name for server in found] == [name for name, _ in PROGRAMS.values()]


async def test_where_nothing_listens_nothing_is_found():
    assert await found_servers(["http://127.0.0.1:9/v1"]) == []


async def test_no_key_is_sent_and_only_pages_are_read(sim):
    await found_servers([sim.base_url("ollama")])
    assert {seen.method for seen in sim.record.exchanges} == {"GET"}
    assert all(seen.header("authorization") is None for seen in sim.record.exchanges)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>A router</html>",
        b"[" * 100_000,
        b'{"data": "' + b"x" * 2_000_000 + b'"}',
        b"\xff\xfe",
    ],
    ids=["page", "deep", "large", "bytes"],
)
async def test_what_answers_strangely_is_no_server(sim, body):
    for path in ("/models", "/api/tags", "/api/v1/models", "/props"):
        sim.next(Scenario(pieces=(body,), times=2), path=path)
    assert await found_servers([sim.base_url("ollama")]) == []


async def test_another_program_that_speaks_the_language_is_found_too(sim):
    listing = json.dumps({"data": [{"id": "my-model"}]}).encode()
    sim.next(Scenario(pieces=(listing,)), path="/models")
    for path in ("/api/tags", "/api/v1/models", "/props", "/models"):
        sim.next(Scenario(status=404), path=path)
    (found,) = await found_servers([sim.base_url("ollama")])
    assert (found.name, found.models) == ("a model server", ("my-model",))


async def test_a_redirect_is_not_followed(sim):
    sim.next(Scenario(redirect="http://127.0.0.1:9/v1/models"), path="/models")
    assert await found_servers([sim.base_url("vllm")]) == []


async def test_a_proxy_is_passed_by(sim, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert len(await found_servers([sim.base_url("ollama")])) == 1


def test_only_this_computer_is_looked_at():
    assert usual_addresses() == [
        f"http://127.0.0.1:{port}/v1" for port in (11434, 1234, 8080, 8000)
    ]
