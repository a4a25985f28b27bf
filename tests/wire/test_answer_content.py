"""Whatever a provider puts into an answer is kept: pictures, sources, what it asks back."""

import contextlib
import json
from dataclasses import replace

import pytest

from app.core.conversations.conversation import Provenance, Role, ToolCallPart, ToolResultPart
from app.providers.catalogue.catalogue import custom_profile
from app.providers.client import Client
from app.storage.conversations.rows import part_from, part_json
from tests.quirks.wire import BODIES, DIALECTS, IMPATIENT, chat_body, delta, line, read
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, question, said

PNG = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUg" * 40 + "=="
USAGE_IN_CHOICE = {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("size", [1, 2, 7, 4096])
async def test_a_picture_written_into_the_text_is_a_picture(sim, closing, dialect, size):
    said = f"Here:\n\n![image]({PNG})\n\nDone!"
    pieces = [said[start : start + size] for start in range(0, len(said), size)]
    outcome = await read(sim, closing, BODIES[dialect](*pieces), dialect=dialect)
    assert outcome.error is None
    assert outcome.text == "Here:\n\n\n\nDone!"
    assert outcome.sum.images == [PNG]


async def test_a_picture_of_megabytes_is_no_text_at_any_moment(sim, closing):
    url = "data:image/png;base64," + "iVBORw0KGgo+" * 170_000
    said = f"![image]({url})"
    pieces = [delta(said[start : start + 60_000]) for start in range(0, len(said), 60_000)]
    outcome = await read(sim, closing, chat_body(*pieces, delta("", "stop")))
    assert outcome.error is None
    assert outcome.sum.images == [url]
    assert outcome.text == ""
    assert all(len(getattr(event, "text", "")) < 100 for event in outcome.events)


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {"url": PNG}},
        {"type": "image_url", "image_url": PNG},
        {"type": "output_image", "image_url": PNG},
        {"type": "image", "image": PNG},
        {
            "type": "image",
            "source": {"type": "base64", "media_type": "image/png", "data": PNG[22:]},
        },
        {"type": "image", "data": PNG[22:], "mime_type": "image/png"},
        {"type": "image", "b64_json": PNG[22:]},
        {"inline_data": {"mime_type": "image/png", "data": PNG[22:]}},
        {"inlineData": {"mimeType": "image/png", "data": PNG[22:]}},
        {"image_url": {"url": PNG}},
    ],
)
async def test_a_picture_among_the_parts_is_a_picture(sim, closing, part):
    content = [{"type": "text", "text": "Here"}, part]
    streamed = await read(sim, closing, chat_body(delta(content), delta(None, "stop")))
    assert (streamed.text, streamed.sum.images) == ("Here", [PNG])
    whole = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    body = json.dumps({"id": "gen-1", "choices": [whole]}).encode()
    whole = await read(sim, closing, body, head=(("Content-Type", "application/json"),))
    assert (whole.text, whole.sum.images) == ("Here", [PNG])


async def test_a_part_nobody_knows_is_named(sim, closing):
    content = [{"type": "text", "text": "Here"}, {"type": "hologram", "data": "AAAA"}]
    outcome = await read(sim, closing, chat_body(delta(content), delta(None, "stop")))
    assert outcome.text == "Here"
    assert "“hologram”" in "".join(notice.text for notice in outcome.sum.notices)


async def test_counts_inside_a_choice_are_counted(sim, closing):
    end = delta(None, "stop")
    end["choices"][0]["usage"] = USAGE_IN_CHOICE
    outcome = await read(sim, closing, chat_body(delta("Hi"), end))
    assert (outcome.sum.usage.input_tokens, outcome.sum.usage.output_tokens) == (12, 7)


async def test_the_upstream_price_stands_where_the_users_own_key_paid(sim, closing):
    bill = {"cost": 0, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.036}}
    usage = {"choices": [], "usage": USAGE_IN_CHOICE | bill}
    outcome = await read(sim, closing, chat_body(delta("Hi"), delta("", "stop"), usage))
    assert str(outcome.cost.amount) == "0.036"
    assert "billed_upstream" in outcome.notices


@pytest.mark.parametrize("later", [False, True])
async def test_pages_beside_the_answer_are_listed_in_the_order_of_their_numbers(
    sim, closing, later
):
    urls = ["https://a.example/1", "https://b.example/2"]
    results = [
        {"title": "Second", "url": urls[1], "date": "2026-01-01"},
        {"title": "First", "url": urls[0]},
    ]
    first, last = delta("It is so [1][2]."), delta("", "stop")
    first["citations"] = urls
    (last if later else first)["search_results"] = results
    outcome = await read(sim, closing, chat_body(first, last))
    found = [(source.url, source.title) for source in outcome.sum.sources]
    assert found == [(urls[0], "First"), (urls[1], "Second")]


CALLER = {"caller": {"type": "direct"}}
ITEM = {
    "type": "function_call",
    "id": "fc_1",
    "call_id": "call_1",
    "name": "weather",
    "arguments": "{}",
    **CALLER,
}
BLOCK = {"type": "tool_use", "id": "call_1", "name": "weather", "input": {}, **CALLER}
CALLS = {
    "responses": b"".join(
        line(event)
        for event in (
            {"type": "response.output_item.done", "output_index": 0, "item": ITEM},
            {"type": "response.completed", "response": {"status": "completed", "output": [ITEM]}},
        )
    ),
    "messages": b"".join(
        line(event)
        for event in (
            {"type": "message_start", "message": {"id": "msg_1", "model": "m"}},
            {"type": "content_block_start", "index": 0, "content_block": BLOCK},
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "tool_use"}},
            {"type": "message_stop"},
        )
    ),
}
SIGNED = {"extra_content": {"google": {"thought_signature": "c2ln"}}}
WEATHER = {"name": "weather", "arguments": '{"city":"Oslo"}'}
CALL = {"index": 0, "id": "call_1", "type": "function", "function": WEATHER}


async def sent_back(sim, closing, parts, *, route=GEMMA_4, dialect="chat"):
    """What the next question carries of an answer with these parts."""
    answer = replace(said(Role.ASSISTANT, "", 2), parts=parts, provenance=Provenance(*GEMMA_4))
    result = replace(said(Role.TOOL, "", 3), parts=(ToolResultPart("call_1", "rain"),))
    branch = [said(Role.USER, "Hi", 1), answer, result]
    await read(
        sim,
        closing,
        BODIES[dialect]("Rain."),
        dialect=dialect,
        request=question(*route, messages=branch, parameters={"max_tokens": 500}),
    )
    return sim.record.last.json


@pytest.mark.parametrize(
    "members",
    [
        SIGNED,
        {"thought_signature": "c2ln"},
        {"provider_specific_fields": {"thought_signature": "c2ln", "x": [1, {"y": None}]}},
        {"function": WEATHER | {"signature": "c2ln"}},
    ],
)
async def test_what_came_with_a_call_goes_back_verbatim(sim, closing, members):
    streamed = delta(None, tool_calls=[CALL | members])
    first = await read(sim, closing, chat_body(streamed, delta(None, "tool_calls")))
    body = await sent_back(sim, closing, first.sum.parts)
    (call,) = body["messages"][1]["tool_calls"]
    wanted = CALL | members
    del wanted["index"]
    assert call == wanted
    elsewhere = ("openrouter", "google/gemma-2-27b-it")
    body = await sent_back(sim, closing, first.sum.parts, route=elsewhere)
    assert "c2ln" not in json.dumps(body)


async def test_what_came_with_a_message_goes_back_verbatim(sim, closing):
    members = {**SIGNED, "reasoning_opaque": "b3Bh"}
    pieces = [delta("Look", reasoning_opaque="b3"), delta("ing", reasoning_opaque="Bh", **SIGNED)]
    calls = delta(None, tool_calls=[CALL])
    first = await read(sim, closing, chat_body(*pieces, calls, delta(None, "tool_calls")))
    body = await sent_back(sim, closing, first.sum.parts)
    answer = body["messages"][1]
    assert {name: answer[name] for name in members} == members
    kept = [part_from(json.loads(json.dumps(part_json(part)))) for part in first.sum.parts]
    assert tuple(kept) == first.sum.parts


async def test_what_came_with_an_answer_is_left_out_where_it_is_refused(sim, closing):
    streamed = delta(None, tool_calls=[CALL | SIGNED])
    first = await read(sim, closing, chat_body(streamed, delta(None, "tool_calls")))
    answer = replace(
        said(Role.ASSISTANT, "", 2), parts=first.sum.parts, provenance=Provenance(*GEMMA_4)
    )
    result = replace(said(Role.TOOL, "", 3), parts=(ToolResultPart("call_1", "rain"),))
    request = question(*GEMMA_4, messages=[said(Role.USER, "Hi", 1), answer, result])
    refused = "messages.1.tool_calls.0.extra_content: not permitted"
    sim.next(Scenario(status=400, message=refused))
    outcome = await read(sim, closing, BODIES["chat"]("Rain."), request=request)
    assert outcome.error is None
    assert outcome.text == "Rain."
    assert "extra_content" not in json.dumps(sim.record.last.json)


@pytest.mark.parametrize("dialect", ["responses", "messages"])
async def test_what_came_with_a_call_goes_back_in_the_other_dialects(sim, closing, dialect):
    body = CALLS[dialect]
    first = await read(sim, closing, body, dialect=dialect)
    sent = json.dumps(await sent_back(sim, closing, first.sum.parts, dialect=dialect))
    assert '"caller": {"type": "direct"}' in sent
    assert "caller" not in json.dumps(await sent_back(sim, closing, first.sum.parts))


@pytest.mark.parametrize(
    "pieces",
    [["{}", '{"city":"Oslo"}'], ['{"city"', ':"Oslo"}', '{"city":"Oslo"}']],
)
async def test_arguments_said_again_are_said_once(sim, closing, pieces):
    calls = [
        delta(None, tool_calls=[CALL | {"function": WEATHER | {"arguments": piece}}])
        for piece in pieces
    ]
    outcome = await read(sim, closing, chat_body(*calls, delta(None, "tool_calls")))
    (call,) = (part for part in outcome.sum.parts if isinstance(part, ToolCallPart))
    assert call == ToolCallPart("call_1", "weather", '{"city":"Oslo"}')


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_channels_are_thought_and_text(sim, closing, dialect):
    text = "<|channel|>analysis<|message|>Plan.<|end|><|start|>assistant"
    text += "<|channel|>final<|message|>Hi"
    pieces = [text[place : place + 3] for place in range(0, len(text), 3)]
    outcome = await read(sim, closing, BODIES[dialect](*pieces), dialect=dialect)
    assert (outcome.text, outcome.sum.reasoning) == ("Hi", "Plan.")


async def test_the_query_of_an_address_goes_with_every_request(sim, closing):
    server = sim.providers["openrouter"]
    address = sim.base_url("openrouter") + "/chat/completions?api-version=2025-01-01&x=a%20b"
    client = closing(Client(custom_profile(address), key=server.good_key(), timeouts=IMPATIENT))
    outcome = await read(sim, closing, BODIES["chat"]("Hi"), client=client)
    assert outcome.text == "Hi"
    await client.models()
    async with contextlib.aclosing(client.check()) as steps:
        assert [step async for step in steps]
    asked = [exchange.query for exchange in sim.record.exchanges]
    assert len(asked) >= 3
    assert all(query == {"api-version": "2025-01-01", "x": "a b"} for query in asked)
