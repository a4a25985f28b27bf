"""What tells the simulated providers apart."""

import base64
import hashlib
import json

import httpx
import pytest

from tests.simulator import Scenario, Simulator

ASK = [{"role": "user", "content": "Hi"}]
GEMMA_2, GEMMA_4 = "google/gemma-2-27b-it", "google/gemma-4-26b-a4b-it"


class Clock:
    """Seconds that go by when a test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def sim(clock):
    async with Simulator(clock=clock) as simulator:
        yield simulator


@pytest.fixture
async def web(sim):
    async with httpx.AsyncClient(
        trust_env=False, timeout=10, base_url=f"http://127.0.0.1:{sim.port}"
    ) as client:
        yield client


def key_of(sim, provider, key=None):
    return {"Authorization": f"Bearer {key or sim.providers[provider].good_key()}"}


async def chat(sim, web, provider, model, *, key=None, path="/chat/completions", **more):
    body = {"model": model, "messages": ASK, **more}
    url = sim.base_url(provider) + path
    return await web.post(url, json=body, headers=key_of(sim, provider, key))


@pytest.mark.parametrize(
    ("provider", "model", "key", "status", "at", "value"),
    [
        ("openrouter", GEMMA_4, "sk-or-v1-wrong", 401, ("error", "code"), 401),
        ("openrouter", GEMMA_4, "sk-or-v1-broke", 402, ("error", "code"), 402),
        (
            "openrouter",
            "no/such",
            None,
            400,
            ("error", "message"),
            "no/such is not a valid model ID",
        ),
        ("aimlapi", GEMMA_2, "wrong", 401, ("statusCode",), 401),
        ("aimlapi", GEMMA_2, "aiml-broke", 403, ("statusCode",), 403),
        ("aimlapi", "no/such", None, 404, ("statusCode",), 404),
        ("empiriolabs", "gemma-3-27b", "x", 401, ("error", "code"), "invalid_api_key"),
        (
            "empiriolabs",
            "gemma-3-27b",
            "sk-empiriolabs-broke",
            402,
            ("error", "code"),
            "insufficient_credits",
        ),
        ("empiriolabs", "no", None, 404, ("error", "code"), "model_not_found"),
        ("ollama", "no", None, 404, ("error", "type"), "not_found_error"),
    ],
)
async def test_refusals_have_each_providers_status_and_shape(
    sim, web, provider, model, key, status, at, value
):
    reply = await chat(sim, web, provider, model, key=key)
    found = reply.json()
    for name in at:
        found = found[name]
    assert (reply.status_code, found) == (status, value)


async def test_no_key_is_told_from_a_wrong_one_by_empiriolabs(sim, web):
    reply = await web.post(sim.base_url("empiriolabs") + "/chat/completions", json={})
    assert reply.json()["error"]["code"] == "missing_api_key"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top_p", 0),
        ("min_p", 0),
        ("min_p", 1),
        ("seed", 0),
        ("seed", 1.5),
        ("temperature", 2.1),
        ("max_tokens", 0),
        ("stop", ["a"] * 5),
        ("stop", []),
        ("stream_options", {}),
        ("top_logprobs", 21),
    ],
)
async def test_aimlapi_refuses_what_is_out_of_range(sim, web, name, value):
    reply = await chat(sim, web, "aimlapi", GEMMA_2, **{name: value})
    assert reply.status_code == 400
    assert reply.json()["message"].startswith("Body validation error")
    assert name in reply.json()["message"]


async def test_aimlapi_knows_which_model_takes_a_system_turn(sim, web):
    turns = [{"role": "system", "content": "Be brief."}, *ASK]
    reply = await chat(sim, web, "aimlapi", "google/gemma-3-4b-it", messages=turns)
    assert reply.json()["message"] == (
        "Unsupported value: 'messages[0].role' does not support 'system' with this model."
    )
    reply = await chat(sim, web, "aimlapi", "google/gemma-3-27b-it", messages=turns)
    assert reply.status_code == 200


async def test_aimlapi_names_the_cost_in_headers_and_can_answer_201(sim, web):
    sim.aimlapi.success = 201
    reply = await chat(sim, web, "aimlapi", GEMMA_2)
    assert reply.status_code == 201
    assert reply.headers["x-aimlapi-usd-spent"] == "0.00124"
    assert reply.json()["meta"]["usage"] == {"credits_used": 2480, "usd_spent": 0.00124}
    streamed = await chat(sim, web, "aimlapi", GEMMA_2, stream=True)
    assert "x-aimlapi-usd-spent" not in streamed.headers
    assert streamed.headers["x-inference-id"]
    assert '"usage":{' not in streamed.text


async def test_aimlapi_has_both_lists_and_a_balance(sim, web):
    now = (await web.get("/aimlapi/v1/models?include=pricing")).json()
    old = (await web.get("/aimlapi/models?shape=old")).json()
    assert now["data"][0]["pricing"]["units"]
    assert isinstance(old, list)
    reply = await web.get("/aimlapi/v2/billing", headers=key_of(sim, "aimlapi"))
    assert reply.json() == {"current_balance": 4.2, "currency": "USD"}


async def test_openrouter_drops_what_a_model_does_not_support(sim, web):
    reply = await chat(sim, web, "openrouter", GEMMA_2, top_logprobs=5, temperature=1, min_p=0.1)
    assert reply.status_code == 200
    assert sim.record.last.notes["dropped"] == ["min_p", "top_logprobs"]
    assert (await chat(sim, web, "openrouter", GEMMA_2, temperature="hot")).status_code == 400


async def test_openrouter_reports_the_price_of_the_model(sim, web):
    usage = (await chat(sim, web, "openrouter", GEMMA_2)).json()["usage"]
    assert usage["cost"] == pytest.approx((12 + 7) * 0.65e-6)


async def test_openrouter_compresses_a_small_context_unless_told_not_to(sim, web):
    long = [{"role": "user", "content": "word " * 8000}]
    assert (await chat(sim, web, "openrouter", GEMMA_2, messages=long)).status_code == 200
    assert sim.record.last.notes["compressed"]
    plugins = [{"id": "context-compression", "enabled": False}]
    reply = await chat(sim, web, "openrouter", GEMMA_2, messages=long, plugins=plugins)
    assert reply.status_code == 400
    assert reply.json()["error"]["metadata"]["error_type"] == "context_length_exceeded"


async def test_openrouter_has_a_generation_after_a_second(sim, web, clock):
    reply = await chat(sim, web, "openrouter", GEMMA_4, stream=True)
    url = f"/openrouter/api/v1/generation?id={reply.headers['x-generation-id']}"
    headers = key_of(sim, "openrouter")
    assert (await web.get(url, headers=headers)).status_code == 404
    clock.now += 1.0
    data = (await web.get(url, headers=headers)).json()["data"]
    assert (data["native_tokens_completion"], data["total_cost"]) == (7, 3.03e-06)
    assert data["cancelled"] is False


async def test_openrouter_shows_a_key_but_not_its_credits(sim, web):
    headers = key_of(sim, "openrouter")
    reply = await web.get("/openrouter/api/v1/key", headers=headers)
    assert reply.json()["data"]["limit_remaining"] == 8.5
    assert (await web.get("/openrouter/api/v1/credits", headers=headers)).status_code == 403
    rows = (await web.get("/openrouter/api/v1/models")).json()["data"]
    prices = {row["id"]: row["pricing"]["prompt"] for row in rows}
    assert prices == {GEMMA_2: "0.00000065", GEMMA_4: "0.00000006", "openrouter/auto": "-1"}
    reply = await web.get(f"/openrouter/api/v1/models/{GEMMA_2}/endpoints")
    assert reply.json()["data"]["endpoints"][0]["provider_name"] == "DeepInfra"


async def test_openrouter_gives_a_key_for_a_code_once(sim, web):
    verifier = "v" * 43
    digest = hashlib.sha256(verifier.encode()).digest()
    sim.openrouter.codes["c1"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    url = "/openrouter/api/v1/auth/keys"
    body = {"code": "c1", "code_verifier": verifier, "code_challenge_method": "S256"}
    assert (await web.get(url)).status_code == 405
    wrong = await web.post(url, json={**body, "code_challenge_method": "plain"})
    assert wrong.status_code == 400
    assert (await web.post(url, json=body)).json()["key"].startswith("sk-or-v1-")
    assert (await web.post(url, json=body)).status_code == 403


async def test_openrouter_refuses_state_in_responses(sim, web):
    reply = await chat(
        sim, web, "openrouter", GEMMA_4, path="/responses", input="Hi", previous_response_id="r"
    )
    assert reply.status_code == 400


async def test_openrouter_outside_its_api_is_a_web_page(sim, web):
    reply = await web.post("/openrouter/chat/completions", json={})
    assert reply.headers["content-type"].startswith("text/html")


async def test_empiriolabs_splits_stop_at_commas(sim, web):
    sim.default = Scenario(script="fable")
    reply = await chat(sim, web, "empiriolabs", "gemma-3-27b", stop="NOTHING,STOP")
    assert reply.json()["choices"][0]["message"]["content"] == "Once upon a time the end came. "


async def test_empiriolabs_adds_its_sources_unless_formatting_is_off(sim, web):
    reply = await chat(sim, web, "empiriolabs", "gemma-3-27b", web_search_linkup=True)
    assert "**Sources**" in reply.json()["choices"][0]["message"]["content"]
    reply = await chat(
        sim, web, "empiriolabs", "gemma-3-27b", web_search_linkup=True, disable_formatting=True
    )
    assert reply.json()["choices"][0]["message"]["content"] == "Hello from the simulator."


async def test_empiriolabs_notes_when_its_own_identity_is_used(sim, web):
    await chat(sim, web, "empiriolabs", "gemma-3-27b")
    assert sim.record.last.notes["identity_prompt"]
    turns = [{"role": "system", "content": "."}, *ASK]
    await chat(sim, web, "empiriolabs", "gemma-3-27b", messages=turns)
    assert not sim.record.last.notes["identity_prompt"]


async def test_empiriolabs_limits_requests_a_minute(sim, web, clock):
    for _ in range(50):
        assert (await chat(sim, web, "empiriolabs", "gemma-3-27b")).status_code == 200
    assert (await chat(sim, web, "empiriolabs", "gemma-3-27b")).status_code == 429
    clock.now += 60
    assert (await chat(sim, web, "empiriolabs", "gemma-3-27b")).status_code == 200


async def test_empiriolabs_refuses_a_response_format_and_has_health_pages(sim, web):
    reply = await chat(
        sim, web, "empiriolabs", "gemma-3-27b", response_format={"type": "json_object"}
    )
    assert reply.status_code == 400
    assert (await web.get("/empiriolabs/livez")).json() == {"status": "ok"}
    assert (await web.get("/empiriolabs/health")).json()["service"] == "gateway"


async def test_local_servers_have_their_own_pages(sim, web):
    assert (await web.get("/ollama/api/tags")).json()["models"][0]["name"] == "gemma3:27b"
    models = (await web.get("/lmstudio/api/v1/models")).json()["models"]
    assert models[0]["max_context_length"] == 131072
    props = (await web.get("/llamacpp/props")).json()
    assert props["default_generation_settings"]["n_ctx"] == 8192
    sim.ollama.is_empty = True
    assert (await web.get("/ollama/v1/models")).json()["data"] is None


async def test_local_servers_meet_a_long_branch_in_their_own_way(sim, web):
    long = [{"role": "user", "content": "word " * 8000}]
    assert (await chat(sim, web, "ollama", "gemma3:27b", messages=long)).status_code == 200
    assert sim.record.last.notes["truncated"]
    reply = await chat(sim, web, "llamacpp", "any", messages=long)
    assert reply.json()["error"]["type"] == "exceed_context_size_error"
    assert (await chat(sim, web, "vllm", GEMMA_2, messages=long)).status_code == 404


async def test_ollama_refuses_empty_turns_and_pictures_by_address(sim, web):
    for content in (None, [{"type": "image_url", "image_url": {"url": "https://x.test/a.png"}}]):
        turns = [{"role": "user", "content": content}]
        reply = await chat(sim, web, "ollama", "gemma3:27b", messages=turns)
        assert reply.status_code == 400


async def test_a_token_limit_cuts_the_answer(sim, web):
    reply = await chat(sim, web, "openrouter", GEMMA_4, max_tokens=2)
    choice = reply.json()["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == ("Hello fr", "length")


async def test_log_probabilities_come_when_asked(sim, web):
    reply = await chat(sim, web, "openrouter", GEMMA_4, stream=True, logprobs=True, top_logprobs=2)
    assert '"top_logprobs":[{"token":"Hell0"' in reply.text


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/responses", "response.created", "response.completed"),
        ("/messages", "message_start", "message_stop"),
    ],
)
async def test_the_two_other_dialects_name_every_event(sim, web, path, first, last):
    sim.next(Scenario(script="reasoning"))
    reply = await chat(
        sim, web, "openrouter", GEMMA_4, path=path, input="Hi", max_tokens=100, stream=True
    )
    pairs = [event.split("\n", 1) for event in reply.text.strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in pairs]
    types = [json.loads(data.removeprefix("data: "))["type"] for _, data in pairs]
    assert names == types
    assert (names[0], names[-1]) == (first, last)


async def test_the_messages_dialect_has_its_own_errors(sim, web):
    reply = await chat(sim, web, "empiriolabs", "gemma-3-27b", path="/messages")
    assert reply.json()["type"] == "error"
