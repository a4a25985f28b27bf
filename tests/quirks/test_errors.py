"""Errors, statuses, trying again."""

import asyncio
import json
import time
from email.utils import formatdate

import pytest

from app.core.conversations.conversation import MessageState
from app.core.errors import (
    AuthenticationError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)
from app.providers.transport.http import Timeouts
from tests.quirks.wire import chat_body, client_in, delta, line, read
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, client_at, question

JSON = (("Content-Type", "application/json"),)
AIML = ("aimlapi", "google/gemma-3-27b-it")
EMPIRIO = ("empiriolabs", "gemma-3-27b")


async def refused(sim, closing, body, status=400, *, route=GEMMA_4, head=JSON, **more):
    """The error of a request that is answered with this body and status."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    client = closing(client_at(sim, route[0]))
    request = question(*route)
    outcome = await read(
        sim, closing, data, client=client, request=request, status=status, head=head, **more
    )
    assert isinstance(outcome.error, ProviderError)
    return outcome.error


@pytest.mark.parametrize(
    "broken",
    [
        {"error": {"code": 502, "message": "It broke"}, "choices": [{"index": 0, "delta": {}}]},
        {"error": {"code": 502, "message": "It broke"}, "choices": []},
        {"error": {"code": "server_error", "message": "It broke"}},
        {"error": "It broke"},
        {"error_type": "server", "error_message": "It broke", "choices": []},
    ],
    ids=["choice", "empty", "none", "text", "flat"],
)
async def test_q61_an_error_in_the_stream_keeps_the_text_and_is_said(sim, closing, broken):
    outcome = await read(sim, closing, chat_body(delta("Half"), broken))
    assert outcome.text == "Half"
    assert "It broke" in str(outcome.error)


async def test_q62_an_error_in_a_success_is_an_error(sim, closing):
    body = {"error": {"code": 429, "message": "Slow down"}, "user_id": "u"}
    error = await refused(sim, closing, body, 200)
    assert isinstance(error, QuotaError)
    assert "Slow down" in f"{error.message} {error.details}"


SHAPES = {
    "object": {"error": {"code": 400, "message": "Too hot to handle"}},
    "code_text": {"error": {"code": "bad_request", "message": "Too hot to handle"}},
    "code_null": {"error": {"code": None, "message": "Too hot to handle"}},
    "text": {"error": "Too hot to handle"},
    "flat": {"statusCode": "400", "message": "Too hot to handle", "path": "/v1"},
    "flat_list": {"statusCode": 400, "message": ["Too hot to handle", "Body validation error"]},
    "detail": {"detail": "Too hot to handle"},
    "detail_list": {"detail": [{"loc": ["body", "x"], "msg": "Too hot to handle"}]},
    "message": {"message": "Too hot to handle"},
    "list": [{"error": {"code": 400, "message": "Too hot to handle", "status": "INVALID"}}],
    "anthropic": {
        "type": "error",
        "error": {"type": "invalid_request_error", "message": "Too hot to handle"},
        "request_id": None,
    },
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_q63_the_cause_is_found_in_every_shape(sim, closing, shape):
    error = await refused(sim, closing, SHAPES[shape])
    assert isinstance(error, RefusedError)
    assert "Too hot to handle" in f"{error.message} {error.hint}"
    assert "{" not in error.message


async def test_q63_without_any_words_the_status_speaks(sim, closing):
    error = await refused(sim, closing, b"", 500, head=())
    assert "500" in error.message
    assert isinstance(error, UnavailableError)


@pytest.mark.parametrize("times", [1, 2])
async def test_q64_a_cause_packed_into_text_is_unpacked(sim, closing, times):
    raw = json.dumps({"error": {"message": "temperature is too hot", "type": "invalid"}})
    for _ in range(times - 1):
        raw = json.dumps(raw)
    metadata = {"provider_name": "DeepInfra", "raw": raw}
    body = {"error": {"code": 400, "message": "Provider returned error", "metadata": metadata}}
    error = await refused(sim, closing, body)
    said = f"{error.message} {error.hint}"
    assert "temperature is too hot" in said
    assert "DeepInfra" in said
    assert "Provider returned error" not in said


async def test_q65_no_credit_is_told_by_each_provider_in_its_own_way(sim, closing):
    paid = {"error": {"code": 402, "message": "Insufficient credits"}}
    assert (await refused(sim, closing, paid, 402)).is_out_of_credit
    code = {"error": {"code": "insufficient_credits", "message": "No credits left"}}
    assert (await refused(sim, closing, code, 402, route=EMPIRIO)).is_out_of_credit
    flat = {"statusCode": 403, "message": "You've run out of credits. Top up."}
    assert (await refused(sim, closing, flat, 403, route=AIML)).is_out_of_credit


async def test_q65_a_403_of_openrouter_is_no_bill(sim, closing):
    metadata = {"reasons": ["violence"], "flagged_input": "x", "provider_name": "OpenAI"}
    body = {"error": {"code": 403, "message": "Input was flagged", "metadata": metadata}}
    error = await refused(sim, closing, body, 403)
    assert not isinstance(error, QuotaError)
    assert "violence" in f"{error.message} {error.hint} {error.details}"


async def test_q66_any_2xx_is_a_success(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("One", "stop")), status=201)
    assert (outcome.error, outcome.text) == (None, "One")


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ([("Retry-After", "7")], 7, 7),
        ([("Retry-After", "1.5")], 1.5, 1.5),
        ([("Retry-After", formatdate(time.time() + 3600, usegmt=True))], 3, 3600),
        ([("Retry-After", formatdate(time.time() - 60, usegmt=True))], 0, 0),
        ([("retry-after-ms", "1500")], 1.5, 1.5),
    ],
    ids=["seconds", "fraction", "date", "past", "milliseconds"],
)
async def test_q67_a_time_to_wait_is_read_in_every_form(sim, closing, headers, least, most):
    body = {"error": {"code": 429, "message": "Rate limit exceeded"}}
    error = await refused(sim, closing, body, 429, head=(*JSON, *headers))
    assert least <= (error.retry_after or 0) <= most


@pytest.mark.parametrize("value", ["soon", "", "-5", "1e999", "nan"])
async def test_q67_what_is_no_time_is_no_time(sim, closing, value):
    body = {"error": {"code": 429, "message": "Rate limit exceeded"}}
    error = await refused(sim, closing, body, 429, head=(*JSON, ("Retry-After", value)))
    assert error.retry_after is None or error.retry_after == 0


@pytest.mark.parametrize("words", ["Rate limit reached", "The model is temporarily overloaded"])
async def test_q68_a_busy_server_that_says_400_may_be_asked_again(sim, closing, words):
    error = await refused(sim, closing, {"error": {"message": words}}, 400)
    assert error.is_retryable
    assert len(sim.record.generations) == 1


async def test_q69_the_busy_one_is_named(sim, closing):
    metadata = {"provider_name": "Novita", "provider_code": "rate_limited"}
    body = {"error": {"code": 429, "message": "Provider returned error", "metadata": metadata}}
    upstream = await refused(sim, closing, body, 429)
    assert "Novita" in f"{upstream.message} {upstream.hint}"
    head = (*JSON, ("X-RateLimit-Remaining", "0"))
    own = {"error": {"code": 429, "message": "Rate limit exceeded: free-models-per-min"}}
    platform = await refused(sim, closing, own, 429, head=head)
    assert "Novita" not in f"{platform.message} {platform.hint}"


async def test_q70_a_401_of_any_body_is_about_the_key(sim, closing):
    for body, head in ((b"<html>Unauthorized</html>", (("Content-Type", "text/html"),)), (b"", ())):
        error = await refused(sim, closing, body, 401, head=head)
        assert isinstance(error, AuthenticationError)
        assert "<" not in error.message


async def test_q70_an_unknown_model_is_told_from_a_wrong_address(sim, closing):
    body = {"error": {"message": "The model `google/gemma-4-26b-a4b-it` does not exist"}}
    model = await refused(sim, closing, body, 404)
    assert "google/gemma-4-26b-a4b-it" in model.message
    page = await refused(
        sim, closing, b"<html>Not Found</html>", 404, head=(("Content-Type", "text/html"),)
    )
    assert "address" in f"{page.message} {page.hint}".lower()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_q71_a_redirect_is_named_and_not_followed(sim, closing, status):
    head = (("Location", "https://login.example.org/sso"),)
    error = await refused(sim, closing, b"", status, head=head)
    assert "login.example.org" in f"{error.message} {error.hint}"
    assert len(sim.record) == 1


async def test_q72_leaving_closes_the_socket_and_keeps_the_text(sim, closing):
    sim.next(Scenario(hold_after=2))
    client = closing(client_in(sim, "chat", timeouts=Timeouts()))

    class EnoughError(Exception):
        pass

    async def leave(event):
        if getattr(event, "text", ""):
            raise EnoughError

    with pytest.raises(EnoughError):
        await ask(client, question(*GEMMA_4), after=leave)
    await asyncio.wait_for(sim.record.last.closed.wait(), 1)


async def test_q73_a_slow_start_is_no_dead_stream(sim, closing):
    """The first byte may take longer than any pause later on."""
    sim.next(Scenario(silence=0.5))
    waits = Timeouts(connect=1, first_byte=5, idle=0.2, content=5)
    outcome = await ask(closing(client_in(sim, "chat", timeouts=waits)), question(*GEMMA_4))
    assert outcome.error is None
    sim.next(Scenario(hold_after=1))
    outcome = await ask(closing(client_in(sim, "chat", timeouts=waits)), question(*GEMMA_4))
    assert isinstance(outcome.error, UnavailableError)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 529])
async def test_q96_nothing_is_sent_twice_by_itself(sim, closing, status):
    await refused(sim, closing, {"error": {"message": "no"}}, status)
    assert len(sim.record.generations) == 1


async def test_q96_nor_after_a_broken_connection(sim, closing):
    sim.next(Scenario(reset="after_headers"))
    outcome = await ask(closing(client_in(sim, "chat")), question(*GEMMA_4))
    assert isinstance(outcome.error, UnavailableError)
    outcome = await read(sim, closing, line(delta("Half")), reset="mid_event")
    assert outcome.sum.state is MessageState.CUT_OFF
    assert len(sim.record.generations) == 2
