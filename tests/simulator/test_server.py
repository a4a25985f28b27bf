"""The simulator itself: routes, record, connections."""

import asyncio
import json
import socket

import httpx
import pytest

from tests.simulator import Scenario, key_digest, scenario_from

MODELS = {
    "openrouter": "google/gemma-4-26b-a4b-it",
    "aimlapi": "google/gemma-3-27b-it",
    "empiriolabs": "gemma-3-27b",
    "ollama": "gemma3:27b",
    "lmstudio": "google/gemma-3-27b",
    "llamacpp": "/models/gemma-3-27b.gguf",
    "vllm": "google/gemma-3-27b-it",
}
ASK = [{"role": "user", "content": "Hi"}]


@pytest.fixture
async def web():
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        yield client


def headers_of(sim, provider, **more):
    server = sim.providers[provider]
    key = {"Authorization": f"Bearer {server.good_key()}"} if server.needs_key else {}
    return {**key, **more}


async def ask(sim, web, provider="openrouter", *, sim_header="", path="/chat/completions", **more):
    body = {"model": MODELS[provider], "messages": ASK, **more}
    extra = {"X-Sim": sim_header} if sim_header else {}
    return await web.post(
        sim.base_url(provider) + path, json=body, headers=headers_of(sim, provider, **extra)
    )


def events_of(response):
    return [
        line.removeprefix("data: ")
        for line in response.text.split("\n")
        if line.startswith("data: ")
    ]


@pytest.mark.parametrize("provider", MODELS)
async def test_every_provider_streams_its_answer_to_the_end(sim, web, provider):
    reply = await ask(sim, web, provider, stream=True, stream_options={"include_usage": True})
    *events, done = events_of(reply)
    chunks = [json.loads(event) for event in events]
    text = "".join(
        choice.get("delta", {}).get("content") or ""
        for chunk in chunks
        for choice in chunk["choices"]
    )
    assert (reply.status_code, text, done) == (200, "Hello from the simulator.", "[DONE]")
    assert chunks[-1]["usage"]["total_tokens"] == 19


@pytest.mark.parametrize("provider", MODELS)
async def test_every_provider_answers_whole(sim, web, provider):
    reply = (await ask(sim, web, provider)).json()
    assert reply["choices"][0]["message"]["content"] == "Hello from the simulator."
    assert reply["usage"]["prompt_tokens"] == 12


@pytest.mark.parametrize("provider", MODELS)
async def test_every_provider_lists_models(sim, web, provider):
    reply = (await web.get(sim.base_url(provider) + "/models")).json()
    assert MODELS[provider] in [row["id"] for row in reply["data"]]


async def test_the_record_holds_the_exact_request_with_the_key_replaced(sim):
    key = sim.openrouter.good_key()
    body = b'{"model":"google/gemma-2-27b-it","messages":[{"role":"user","content":"\xc3\xa9"}]}'
    reader, writer = await asyncio.open_connection("127.0.0.1", sim.port)
    head = (
        f"POST /openrouter/api/v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
        f"authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    seen = sim.record.last
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert seen.raw == head.replace(key, key_digest(key)).encode() + body
    assert seen.json["messages"][0]["content"] == "é"
    assert seen.header("Authorization") == f"Bearer {key_digest(key)}"
    assert not sim.record.holds(key)


async def test_a_chunked_request_body_is_read(sim, web):
    async def pieces():
        yield b'{"model":"gemma3:27b",'
        yield b'"messages":[{"role":"user","content":"Hi"}]}'

    reply = await web.post(sim.base_url("ollama") + "/chat/completions", content=pieces())
    assert reply.status_code == 200
    assert sim.record.last.json["model"] == "gemma3:27b"


async def test_one_connection_serves_several_requests(sim, web):
    await ask(sim, web, stream=True)
    await ask(sim, web)
    assert {exchange.connection for exchange in sim.record.exchanges} == {1}


async def test_the_record_says_when_the_client_closed(sim):
    sim.next(Scenario(hold_after=2))
    body = json.dumps({"model": MODELS["ollama"], "messages": ASK, "stream": True}).encode()
    _reader, writer = await asyncio.open_connection("127.0.0.1", sim.port)
    writer.write(
        b"POST /ollama/v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        % (len(body), body)
    )
    seen = await sim.record.wait_for(1)
    async with asyncio.timeout(5):
        await seen.content_sent.wait()
        assert seen.closed_at is None
        writer.close()
        await seen.closed.wait()
        await seen.finished.wait()
    assert seen.closed_at is not None
    assert seen.writes


async def test_a_gate_lets_a_held_stream_go_on(sim, web):
    gate = asyncio.Event()
    sim.next(Scenario(hold_after=1, gate=gate))
    task = asyncio.ensure_future(ask(sim, web, stream=True))
    seen = await sim.record.wait_for(1)
    await asyncio.wait_for(seen.content_sent.wait(), 5)
    assert not task.done()
    gate.set()
    assert events_of(await task)[-1] == "[DONE]"


async def test_scenarios_are_used_in_order_and_then_the_default(sim, web):
    sim.next(Scenario(status=500), Scenario(status=429, times=2))
    sim.default = Scenario(status=503)
    statuses = [(await ask(sim, web)).status_code for _ in range(4)]
    assert statuses == [500, 429, 429, 503]


async def test_a_scenario_can_wait_for_a_path(sim, web):
    sim.next(Scenario(status=503), path="/models")
    assert (await ask(sim, web)).status_code == 200
    assert (await web.get(sim.base_url() + "/models")).status_code == 503


async def test_the_end_of_a_model_id_and_the_header_choose_faults(sim, web):
    model = f"{MODELS['openrouter']}@status=429&retry_after=7"
    reply = await ask(sim, web, model=model)
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "7")
    reply = await ask(sim, web, sim_header="body=html")
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/html; charset=UTF-8")


async def test_an_unknown_fault_is_said(sim, web):
    reply = await ask(sim, web, sim_header="colour=blue")
    assert reply.status_code == 400
    assert "colour" in reply.text


def test_scenarios_refuse_values_they_do_not_know():
    with pytest.raises(ValueError, match="midstream"):
        scenario_from("midstream=sideways")
    with pytest.raises(ValueError, match="bytes"):
        scenario_from("bytes=upside_down")
    assert scenario_from("comments; broken=2; silence=0.5") == Scenario(
        comments=True, broken=2, silence=0.5
    )


async def test_resets_break_the_connection(sim, web):
    for reset in ("before_headers", "after_headers", "mid_event", "after_content", "after_finish"):
        sim.next(Scenario(reset=reset))
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            await ask(sim, web, stream=True)


async def test_a_reset_leaves_what_was_sent_before_it_readable(sim):
    sim.next(Scenario(reset="after_content"))
    body = json.dumps({"model": MODELS["ollama"], "messages": ASK, "stream": True}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", sim.port)
    writer.write(
        b"POST /ollama/v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        % (len(body), body)
    )
    got = await reader.readuntil(b'"content":"."')
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()
    assert got.startswith(b"HTTP/1.1 200 OK")


async def test_comments_go_on_until_the_client_goes(sim):
    sim.next(Scenario(comments=True))
    body = json.dumps({"model": MODELS["ollama"], "messages": ASK, "stream": True}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", sim.port)
    writer.write(
        b"POST /ollama/v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        % (len(body), body)
    )
    for _ in range(3):
        await reader.readuntil(b": OPENROUTER PROCESSING\n\n")
    writer.close()
    await asyncio.wait_for(sim.record.last.closed.wait(), 5)


async def test_it_listens_on_loopback_only(sim):
    with socket.create_connection(("127.0.0.1", sim.port), timeout=5) as link:
        assert link.getpeername()[0] == "127.0.0.1"
    assert sim.base_url("vllm") == f"http://127.0.0.1:{sim.port}/vllm/v1"
