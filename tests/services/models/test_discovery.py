from typing import Any

from tests.simulator import Simulator


async def test_what_was_found_is_told_once(stage: Any) -> None:
    async with Simulator() as sim:
        discovery = stage.services.discovery
        discovery.addresses = [sim.base_url("ollama"), "http://127.0.0.1:9/v1"]
        discovery.look()
        (servers,) = await stage.until(discovery.found)
        assert [(server.name, server.address) for server in servers] == [
            ("Ollama", sim.base_url("ollama"))
        ]


async def test_nothing_is_looked_for_unasked(stage: Any) -> None:
    async with Simulator() as sim:
        stage.services.discovery.addresses = [sim.base_url("ollama")]
        stage.services.models.models()
        assert len(sim.record) == 0


async def test_what_an_address_speaks_is_told_or_why_it_cannot_be(stage: Any) -> None:
    discovery = stage.services.discovery
    async with Simulator() as sim:
        discovery.probe(sim.base_url("empiriolabs"))
        address, found = await stage.until(discovery.probed)
        assert (address, found.dialects[0]) == (sim.base_url("empiriolabs"), "chat")
    discovery.probe("http://127.0.0.1:9/v1")
    address, words = await stage.until(discovery.unprobed)
    assert address == "http://127.0.0.1:9/v1"
    assert "127.0.0.1" in words
