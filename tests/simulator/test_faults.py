"""Each fault and each content script, seen by a plain reader."""

import json
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.simulator import (
    SCRIPTS,
    THINK_TAG_LENGTH,
    Scenario,
    Simulator,
    scenario_from,
    script_named,
)

URL = "/openrouter/api/v1/chat/completions"
BODY = {
    "model": "google/gemma-4-26b-a4b-it",
    "messages": [{"role": "system", "content": "."}, {"role": "user", "content": "Hi"}],
    "stream": True,
    "stream_options": {"include_usage": True},
}


@pytest.fixture
async def sim():
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def reply_to(sim):
    async with httpx.AsyncClient(
        trust_env=False, timeout=10, base_url=f"http://127.0.0.1:{sim.port}"
    ) as client:

        async def reply(faults, **more):
            sim.next(scenario_from(faults) if isinstance(faults, str) else faults)
            headers = {"Authorization": f"Bearer {sim.openrouter.good_key()}"}
            return await client.post(URL, json={**BODY, **more}, headers=headers)

        yield reply


def chunks_of(reply):
    data = [line[6:] for line in reply.text.split("\n") if line.startswith("data: ")]
    return [json.loads(item) for item in data if item.startswith("{") and item.endswith("}")]


STATUSES = (400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 520, 524, 529)


@pytest.mark.parametrize("status", STATUSES)
async def test_a_status_comes_with_the_providers_error_body(reply_to, status):
    reply = await reply_to(f"status={status}")
    assert reply.status_code == status
    assert reply.json()["error"]["code"] == status


@pytest.mark.parametrize("status", [502, 524])
async def test_gateways_answer_with_a_page(reply_to, status):
    reply = await reply_to(f"status={status}; body=html")
    assert reply.status_code == status
    assert reply.text.startswith("<!DOCTYPE html>")


async def test_retry_after_has_three_forms(reply_to):
    assert (await reply_to("status=429; retry_after=3")).headers["retry-after"] == "3"
    assert (await reply_to("status=429; retry_after=ms")).headers["retry-after-ms"] == "1500"
    date = (await reply_to("status=429; retry_after=date")).headers["retry-after"]
    assert parsedate_to_datetime(date)


async def test_success_can_be_an_error_a_page_or_nothing(reply_to):
    assert (await reply_to("body=json_error")).json()["error"]["message"] == "Upstream failed"
    assert (await reply_to("body=html")).headers["content-type"].startswith("text/html")
    assert (await reply_to("body=empty")).content == b""
    assert (await reply_to("status=201")).status_code == 201


async def test_a_redirect_names_its_target(reply_to):
    reply = await reply_to("redirect=http://127.0.0.1:9/login")
    assert (reply.status_code, reply.headers["location"]) == (302, "http://127.0.0.1:9/login")
    assert (await reply_to("redirect=/x; status=308")).status_code == 308


async def test_errors_may_be_wrapped_twice_or_in_a_list_or_packed(reply_to):
    raw = (await reply_to("refuse=raw; message=Deep")).json()["error"]["metadata"]["raw"]
    assert json.loads(raw)["error"]["message"] == "Deep"
    assert isinstance((await reply_to("status=400; body=plain_list")).json(), list)
    assert (await reply_to("status=400; body=gzip_error")).content[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    ("shape", "has_choices", "kind"),
    [
        ("one_choice", 1, dict),
        ("empty_choices", 0, dict),
        ("no_choices", None, dict),
        ("string", 0, str),
        ("flat", None, type(None)),
    ],
)
async def test_a_stream_ends_in_an_error_of_five_shapes(reply_to, shape, has_choices, kind):
    reply = await reply_to(f"midstream={shape}")
    last = chunks_of(reply)[-1]
    choices = last.get("choices")
    assert (None if choices is None else len(choices)) == has_choices
    assert isinstance(last.get("error"), kind)
    assert "[DONE]" not in reply.text
    assert "Upstream went away" in reply.text


async def test_an_end_may_lack_its_marks(reply_to):
    cut = await reply_to("end=no_finish")
    assert "[DONE]" not in cut.text
    assert all(choice["finish_reason"] is None for c in chunks_of(cut) for choice in c["choices"])
    assert "[DONE]" not in (await reply_to("end=no_done")).text
    with pytest.raises(httpx.RemoteProtocolError):
        await reply_to("end=no_chunk_end")


@pytest.mark.parametrize(
    ("finish", "words"),
    [
        ("", ["stop"]),
        ("empty", [""]),
        ("null", [None]),
        ("unknown", ["eos_by_magic"]),
        ("two", ["stop", "stop"]),
        ("absent", []),
    ],
)
async def test_finish_reasons_are_written_as_told(reply_to, finish, words):
    reply = await reply_to(Scenario(finish=finish, script=script_named("parts")))
    chunks = chunks_of(reply)[3:-1]
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks] == words
    assert "[DONE]" in reply.text


async def test_usage_is_written_as_told(reply_to):
    assert chunks_of(await reply_to("usage=zero"))[-1]["usage"]["prompt_tokens"] == 0
    assert chunks_of(await reply_to("usage=null"))[-1]["usage"] is None
    assert chunks_of(await reply_to("usage=strings"))[-1]["usage"]["prompt_tokens"] == "12"
    each = [chunk.get("usage") for chunk in chunks_of(await reply_to("usage=each"))]
    assert each[2]["completion_tokens"] == 1
    one = chunks_of(await reply_to("usage=one_choice"))[-1]
    assert (len(one["choices"]), one["usage"]["total_tokens"]) == (1, 19)
    finish = chunks_of(await reply_to("usage=in_finish"))[-1]
    assert (finish["choices"][0]["finish_reason"], finish["usage"]["total_tokens"]) == ("stop", 19)
    assert "usage" not in chunks_of(await reply_to("usage=absent"))[-1]


async def test_a_reply_may_have_no_id_another_model_and_broken_events(reply_to):
    assert {chunk["id"] for chunk in chunks_of(await reply_to("no_id"))} == {""}
    chunk = chunks_of(await reply_to("substituted"))[0]
    assert chunk["model"] == "google/gemma-4-26b-a4b-it:free"
    assert (await reply_to("broken=2")).text.count('{"conte\n') == 2
    whole = await reply_to("ignores_stream")
    assert whole.headers["content-type"] == "application/json"


async def test_refusals_vanish_when_their_reason_does(reply_to):
    assert (await reply_to("refuse=system")).status_code == 400
    turns = [{"role": "user", "content": "Hi"}]
    assert (await reply_to("refuse=system", messages=turns)).status_code == 200
    assert "stream_options" in (await reply_to("refuse=stream_options")).text
    assert "context length" in (await reply_to("refuse=context")).text
    assert (await reply_to("refuse=moderation")).status_code == 403


async def test_a_long_line_is_as_long_as_told(reply_to):
    reply = await reply_to("big_line=3")
    assert len(max(reply.text.split("\n"), key=len)) > 3_000_000


@pytest.mark.parametrize("name", sorted(SCRIPTS))
async def test_every_script_says_its_text(reply_to, name):
    script = SCRIPTS[name]
    reply = await reply_to(Scenario(script=name))
    text = ""
    for chunk in chunks_of(reply):
        for choice in chunk["choices"]:
            content = choice["delta"].get("content") or choice["delta"].get("refusal")
            parts = content if isinstance(content, list) else [{"text": content or ""}]
            text += "".join(part["text"] for part in parts)
    assert text.removeprefix("<think>") == (script.text or script.reasoning * ("<think>" in text))


def test_a_think_tag_can_be_cut_everywhere():
    whole = {
        "".join(delta["content"] for delta in script_named(f"think_tag_{cut}").deltas)
        for cut in range(THINK_TAG_LENGTH)
    }
    assert whole == {"<think>Plan: greet.</think>Hello there."}
