import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import httpx
import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Finished, Noticed, TextAdded
from app.core.errors import AuthenticationError, QuotaError, RefusedError, UnavailableError
from app.core.models.provider import Request, StepState
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client
from app.providers.transport.http import Timeouts

Make = Callable[..., Any]
Ask = Callable[..., Request]
STRICT, FLAT = "aimlapi/google/gemma-3-27b-it", "empiriolabs/gemma-3-27b"
NO_SYSTEM = {
    "message": "Unsupported value: 'messages[0].role' does not support 'system' with this model."
}


@pytest.fixture
def good(reply: Make, wire: Any) -> Make:
    def make() -> httpx.Response:
        return reply(200, [wire.sse(wire.words("Hi", finish_reason="stop")), wire.done])

    return make


async def test_what_is_sent_and_nothing_else(
    client: Make, ask: Ask, good: Make, outcome: Make
) -> None:
    subject, script = client(good())
    request = ask(parameters={"temperature": 0.5, "stop": ["END"]}, system="Be brief.")
    assert subject.body(request) == {
        "model": "google/gemma-4-26b-a4b-it",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "stream": True,
        "temperature": 0.5,
        "stop": ["END"],
    }
    found = await outcome(subject, request)
    assert script.bodies == [subject.body(request)]
    headers = script.requests[0].headers
    assert headers["accept-encoding"] == "identity"
    assert headers["authorization"].startswith("Bearer sk-or-v1-")
    assert "x-openrouter-title" not in headers
    assert str(script.requests[0].url) == "https://openrouter.ai/api/v1/chat/completions"
    assert found.events[-1] == Finished(MessageState.DONE, "stop")
    assert "sk-or" not in repr(subject)


async def test_attribution_is_sent_only_when_agreed(
    client: Make, ask: Ask, good: Make, outcome: Make
) -> None:
    subject, script = client(good(), attribution=True)
    await outcome(subject, ask())
    assert script.requests[0].headers["x-openrouter-title"] == "Facet"


async def test_a_search_is_counted_for_the_bill(
    client: Make, ask: Ask, good: Make, outcome: Make
) -> None:
    subject, script = client(good(), provider="empiriolabs")
    found = await outcome(subject, ask(FLAT, parameters={"web_search": True}))
    assert script.bodies[0]["web_search_linkup"] is True
    assert found.sum.usage.searches == 1
    assert found.sum.usage.reported_cost is None


async def test_without_a_needed_key_nothing_is_sent(client: Make, ask: Ask, outcome: Make) -> None:
    for key in (None, "  "):
        subject, script = client(key=key)
        found = await outcome(subject, ask())
        assert isinstance(found.error, AuthenticationError)
        assert "Settings" in found.error.hint
        assert script.requests == []


async def test_a_key_that_cannot_be_sent_is_refused(client: Make, ask: Ask, outcome: Make) -> None:
    subject, script = client(key="sk-secret\nmore")
    found = await outcome(subject, ask())
    assert isinstance(found.error, AuthenticationError)
    assert "secret" not in str(found.error)
    assert script.requests == []


async def test_a_refused_role_is_folded_once_and_remembered(
    client: Make, ask: Ask, reply: Make, good: Make, outcome: Make
) -> None:
    subject, script = client(reply(400, NO_SYSTEM), good(), good(), provider="aimlapi")
    request = ask(STRICT, system="Be brief.")
    found = await outcome(subject, request)
    assert found.codes == ["role_folded"]
    assert found.sum.text == "Hi"
    folded = [{"role": "user", "content": "Be brief.\n\nHi"}]
    assert script.bodies[1]["messages"] == folded
    assert subject.body(request)["messages"] == folded
    assert (await outcome(subject, request)).codes == []
    assert len(script.requests) == 3


async def test_every_lesson_is_tried_once_each(
    client: Make, ask: Ask, reply: Make, outcome: Make
) -> None:
    refusals = [NO_SYSTEM, {"detail": "stream_options: extra field"}, NO_SYSTEM]
    subject, script = client(*(reply(400, body) for body in refusals), provider="aimlapi")
    found = await outcome(subject, ask(STRICT, system="x"))
    assert found.codes == ["role_folded", "stream_options_left_out"]
    assert isinstance(found.error, RefusedError)
    assert "stream_options" not in script.bodies[2]


async def test_nothing_is_repeated_after_content_or_for_other_errors(
    client: Make, ask: Ask, reply: Make, wire: Any, outcome: Make
) -> None:
    failed = {"error": {"code": 400, "message": "System role not supported"}}
    subject, script = client(reply(200, [wire.sse(wire.words("Hi")), wire.sse(failed)]))
    found = await outcome(subject, ask(system="x"))
    assert isinstance(found.error, RefusedError)
    assert found.sum.text == "Hi"
    subject, script = client(reply(429, {}, retry_after="3"))
    found = await outcome(subject, ask())
    assert isinstance(found.error, QuotaError)
    assert found.error.retry_after == 3
    assert len(script.requests) == 1


async def test_a_role_refused_inside_a_stream_is_folded_too(
    client: Make, ask: Ask, reply: Make, wire: Any, good: Make, outcome: Make
) -> None:
    failed = {"error": {"code": 400, "message": "System role not supported"}}
    subject, _ = client(reply(200, [wire.sse(failed)]), good())
    assert (await outcome(subject, ask(system="x"))).sum.text == "Hi"


async def test_what_was_left_out_is_noticed(
    client: Make, ask: Ask, good: Make, outcome: Make
) -> None:
    found = await outcome(
        client(good())[0], ask("openrouter/google/gemma-2-27b-it", parameters={"top_k": 3})
    )
    assert found.codes == ["not_sent"]
    assert isinstance(found.events[0], Noticed)


async def test_the_network_failing_is_one_of_our_errors(
    client: Make, ask: Ask, outcome: Make
) -> None:
    subject, _ = client(httpx.ConnectError("x"))
    found = await outcome(subject, ask())
    assert isinstance(found.error, UnavailableError)
    assert found.error.provider == "openrouter"


async def test_a_silent_server_is_given_up(
    listening: Make, ask: Ask, outcome: Make, quick: Timeouts
) -> None:
    async def silent(_: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async with listening(silent) as base_url:
        subject = Client(custom_profile(base_url), timeouts=quick)
        found = await outcome(subject, ask())
    assert isinstance(found.error, UnavailableError)
    assert "did not answer within" in str(found.error)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


async def test_stopping_closes_the_socket(listening: Make, ask: Ask, wire: Any) -> None:
    gone = asyncio.Event()

    async def speak(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + wire.sse(wire.words("Hi")))
        await writer.drain()
        while not writer.transport.is_closing():
            writer.write(b": ping\n\n")
            await asyncio.sleep(0.01)
        gone.set()

    async with listening(speak) as base_url:
        subject = Client(custom_profile(base_url))
        async with aclosing(subject.stream(ask())) as events:
            async for event in events:
                if isinstance(event, TextAdded):
                    break
        await asyncio.wait_for(gone.wait(), 1)
        await subject.aclose()


async def test_cancelling_goes_through(listening: Make, ask: Ask) -> None:
    started = asyncio.Event()

    async def speak(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        await writer.drain()
        started.set()
        await asyncio.Event().wait()

    async with listening(speak) as base_url:
        subject = Client(custom_profile(base_url))

        async def run() -> None:
            async with aclosing(subject.stream(ask())) as events:
                async for _ in events:
                    pass

        task = asyncio.ensure_future(run())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await subject.aclose()


@pytest.mark.parametrize("tail", [b"", b"data: [DONE]\n\n"])
async def test_an_open_socket_after_the_end_does_not_hold_the_answer(
    listening: Make, ask: Ask, wire: Any, outcome: Make, quick: Timeouts, tail: bytes
) -> None:
    async def speak(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + wire.sse(wire.words("Hi", finish_reason="stop")) + tail)
        while True:
            writer.write(b": ping\n\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with listening(speak) as base_url:
        subject = Client(custom_profile(base_url), timeouts=quick)
        found = await asyncio.wait_for(outcome(subject, ask()), 2)
    assert found.events[-1] == Finished(MessageState.DONE, "stop")
    assert found.error is None


async def test_every_cut_of_the_bytes_gives_the_same_answer(
    client: Make, ask: Ask, reply: Make, wire: Any, outcome: Make
) -> None:
    data = (
        wire.sse(wire.words("Grüße \u2028 👩‍👩‍👧"))
        + b": c\r\n\r\n"
        + wire.sse(wire.words("!", finish_reason="stop"))
        + wire.done
    )
    for place in range(len(data)):
        found = await outcome(client(reply(200, [data[:place], data[place:]]))[0], ask())
        assert (found.sum.text, found.sum.finished) == (
            "Grüße \u2028 👩‍👩‍👧!",
            Finished(MessageState.DONE, "stop"),
        )


async def test_the_live_list_is_read(client: Make, reply: Make) -> None:
    subject, script = client(
        reply(200, {"data": [{"id": "google/gemma-2-27b-it", "context_length": 4096}]})
    )
    (model,) = await subject.models()
    assert (model.context, model.name, model.source) == (4096, "google/gemma-2-27b-it", "live")
    assert script.requests[0].url.path == "/api/v1/models"
    await subject.aclose()


async def test_a_list_that_cannot_be_had(client: Make) -> None:
    subject, _ = client(httpx.ConnectError("x"))
    with pytest.raises(UnavailableError):
        await subject.models()
    await subject.aclose()


async def test_the_connection_test_is_reached(
    client: Make, reply: Make, catalogue: Catalogue
) -> None:
    subject, _ = client(reply(200, {"data": [{"id": "m"}]}), reply(200, {"data": {}}))
    steps = [step async for step in subject.check("m")]
    assert [step.state for step in steps if step.state is not StepState.RUNNING] == [
        StepState.PASSED
    ] * 4
    assert subject.profile is catalogue.profile("openrouter")
    await subject.aclose()
    await subject.aclose()


async def test_it_opens_again_after_closing(
    client: Make, ask: Ask, good: Make, outcome: Make
) -> None:
    subject, _ = client(good(), good())
    await outcome(subject, ask())
    assert (await outcome(subject, ask())).sum.text == "Hi"


async def test_a_lone_half_of_a_character_in_a_question_is_sent_as_a_mark(
    client: Make, ask: Ask, good: Make, outcome: Make, say: Make
) -> None:
    subject, script = client(good())
    await outcome(subject, replace(ask(), messages=[say("a\ud83d")]))
    assert script.bodies[0]["messages"][0]["content"] == "a?"
