import asyncio
import json
import os
import subprocess
import sys
import time
from contextlib import aclosing

import httpx
import pytest

from app.practice.request import CONTEXT, MODEL_ID
from app.practice.transport import PACE_VARIABLE, PracticeTransport, practice_transport

ADDRESS = "https://practice.invalid/v1"
QUESTION = "What does temperature do?"


@pytest.fixture
async def http():
    async with httpx.AsyncClient(transport=practice_transport(0), base_url=ADDRESS) as client:
        yield client


def body(question=QUESTION, **more):
    return {
        "model": MODEL_ID,
        "messages": [{"role": "user", "content": question}],
        "temperature": 0,
        **more,
    }


async def streamed(http, **more):
    """The chunks of a streamed answer, and whether it ended with the end mark."""
    async with http.stream("POST", "/chat/completions", json=body(stream=True, **more)) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "text/event-stream"
        events = (await reply.aread()).decode().split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    return [json.loads(event.removeprefix("data: ")) for event in events[:-2]]


def text_of(chunks):
    return "".join(
        choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"]
    )


async def whole(http, **more):
    reply = await http.post("/chat/completions", json=body(**more))
    assert reply.status_code == 200
    return reply.json()


async def test_a_stream_has_the_shape_of_the_wire(http):
    chunks = await streamed(http)
    first, last, usage = chunks[0], chunks[-2], chunks[-1]
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert last["choices"][0]["finish_reason"] == "stop"
    assert usage["choices"] == []
    assert {chunk["id"] for chunk in chunks} == {first["id"]}
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert {chunk["model"] for chunk in chunks} == {MODEL_ID}
    assert all(not c["choices"][0]["finish_reason"] for c in chunks[:-2])


async def test_streamed_and_whole_are_the_same_answer(http):
    chunks = await streamed(http, seed=4, temperature=1.2)
    answer = await whole(http, seed=4, temperature=1.2)
    assert answer["choices"][0]["message"]["content"] == text_of(chunks)
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert answer["usage"] == chunks[-1]["usage"]


async def test_usage_is_true_and_free(http):
    answer = await whole(http, max_tokens=5)
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"] == {
        "prompt_tokens": 5,
        "completion_tokens": 5,
        "total_tokens": 10,
        "cost": 0,
    }


async def test_the_default_temperature_is_readable_help(http):
    reply = await http.post(
        "/chat/completions",
        json={"model": MODEL_ID, "messages": body()["messages"], "seed": 1},
    )
    text = reply.json()["choices"][0]["message"]["content"]
    assert "the next word is chosen" in text
    assert text.count("|") > 20


async def test_another_question_is_another_answer(http):
    answer = await whole(http, question="Where are my keys kept?")
    assert "In the keychain of your system" in answer["choices"][0]["message"]["content"]


async def test_the_system_text_may_ask_for_one_sentence(http):
    messages = [
        {"role": "system", "content": "Answer in one sentence."},
        {"role": "user", "content": QUESTION},
    ]
    answer = await whole(http, messages=messages)
    assert answer["choices"][0]["message"]["content"].startswith(
        "Variety decides how boldly the next word is chosen.\n\n*From the manual"
    )


async def test_continue_goes_on_where_the_limit_cut(http):
    complete = (await whole(http))["choices"][0]["message"]["content"]
    begun = (await whole(http, max_tokens=20))["choices"][0]["message"]["content"]
    messages = [
        *body()["messages"],
        {"role": "assistant", "content": begun},
        {"role": "user", "content": "Continue exactly where you stopped."},
    ]
    rest = (await whole(http, messages=messages))["choices"][0]["message"]["content"]
    assert begun + rest == complete


async def test_stop_texts_and_logprobs_travel(http):
    answer = await whole(http, stop=["next word"], logprobs=True, top_logprobs=2)
    choice = answer["choices"][0]
    assert choice["message"]["content"] == "Variety decides how boldly the "
    scored = choice["logprobs"]["content"]
    assert "".join(item["token"] for item in scored).startswith("Variety decides how boldly the ")
    assert all(item["logprob"] < 0 and len(item["top_logprobs"]) == 2 for item in scored)
    assert scored[0]["bytes"] == list(scored[0]["token"].encode())
    chunks = await streamed(http, stop=["next word"], logprobs=True, top_logprobs=2)
    pieces = [c["choices"][0]["logprobs"] for c in chunks[1:-1]]
    assert [item for piece in pieces for item in piece["content"]] == scored


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"temperature": 3}, 400, "invalid_value"),
        ({"reasoning": {"effort": "high"}}, 400, "unknown_parameter"),
        ({"model": "other"}, 404, "model_not_found"),
        ({"question": "word " * CONTEXT}, 400, "context_length_exceeded"),
    ],
)
async def test_refusals_look_like_a_providers(http, more, status, code):
    reply = await http.post("/chat/completions", json=body(**more))
    assert reply.status_code == status
    assert reply.json()["error"]["code"] == code
    assert reply.json()["error"]["message"]


async def test_a_body_that_is_not_json_is_refused(http):
    reply = await http.post("/chat/completions", content=b"{")
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "invalid_json")


async def test_the_list_holds_the_one_model(http):
    listed = (await http.get("/models")).json()["data"]
    assert [(model["id"], model["context_length"]) for model in listed] == [(MODEL_ID, CONTEXT)]
    assert "temperature" in listed[0]["supported_parameters"]


async def test_an_unknown_path_is_not_found(http):
    assert (await http.get("/credits")).status_code == 404
    assert (await http.get("/chat/completions")).status_code == 404


async def test_a_pace_is_kept():
    async with httpx.AsyncClient(transport=PracticeTransport(200), base_url=ADDRESS) as client:
        started = time.monotonic()
        await streamed(client, max_tokens=20)
        assert time.monotonic() - started >= 20 / 200


async def test_the_pace_can_come_from_the_environment(monkeypatch):
    monkeypatch.setenv(PACE_VARIABLE, "0")
    async with httpx.AsyncClient(transport=practice_transport(), base_url=ADDRESS) as client:
        assert len(await streamed(client)) > 100


async def test_stopping_early_ends_the_stream_at_once():
    async with httpx.AsyncClient(transport=PracticeTransport(1), base_url=ADDRESS) as client:
        request = client.stream("POST", "/chat/completions", json=body(stream=True))
        async with request as reply, aclosing(reply.aiter_raw()) as pieces:
            assert b'"role": "assistant"' in await anext(pieces)
            waiting = asyncio.ensure_future(anext(pieces))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting


async def test_the_loop_keeps_turning_while_it_writes(http):
    turns = 0

    async def turn():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.ensure_future(turn())
    chunks = await streamed(http)
    other.cancel()
    assert turns > len(chunks) / 2


SCRIPT = f"""
import asyncio, httpx
from app.practice.transport import practice_transport

async def main():
    async with httpx.AsyncClient(transport=practice_transport(0)) as client:
        body = {{"model": "practice-1", "seed": 7, "temperature": 1.3, "top_p": 0.95,
                "messages": [{{"role": "user", "content": "Where are my keys kept?"}}]}}
        reply = await client.post("{ADDRESS}/chat/completions", json=body)
        print(reply.json()["choices"][0]["message"]["content"])

asyncio.run(main())
"""


def test_the_same_seed_gives_the_same_bytes_in_every_process():
    answers = set()
    for hash_seed in ("0", "1", "random"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        )
        answers.add(done.stdout)
    assert len(answers) == 1


def test_the_manual_is_read_and_the_model_built_quickly():
    code = (
        "import time; import app.practice.transport as t; a = time.process_time();"
        "t.knowledge(); print(time.process_time() - a)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.3
