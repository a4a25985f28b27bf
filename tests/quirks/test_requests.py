"""What is sent."""

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Provenance, Role, TextPart
from app.core.costs.usage import Price, cost_of
from app.core.errors import AppError, RefusedError, SettingError
from app.core.models.parameter import Support
from app.core.models.provider import StepState
from app.providers.catalogue.catalogue import Catalogue, clean_key, custom_profile
from app.providers.client import Client
from app.providers.transport.http import Timeouts
from tests.quirks.wire import client_in
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, OFFERINGS, ask, client_at, question, said

ROOT = Path(__file__).resolve().parents[2]
AIML = ("aimlapi", "google/gemma-3-27b-it")
EMPIRIO = ("empiriolabs", "gemma-3-27b")
GEMMA_2 = ("openrouter", "google/gemma-2-27b-it")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478"
    "9c6360f8cfc0f01f0005050200a2d49d6e0000000049454e44ae426082"
)


async def sent(sim, closing, route, *, client=None, **request):
    """The body of a question as it arrived."""
    client = client or closing(client_at(sim, route[0]))
    outcome = await ask(client, question(*route, **request))
    assert outcome.error is None
    return sim.record.last.json


@pytest.mark.parametrize("route", OFFERINGS)
async def test_q77_instructions_go_as_system_not_developer(sim, closing, route):
    body = await sent(sim, closing, route, system="Be brief.")
    assert body["messages"][0] == {"role": "system", "content": "Be brief."}


@pytest.mark.parametrize("status", [400, 422])
async def test_q78_a_refused_system_role_is_folded_into_the_first_question(sim, closing, status):
    detail = {"detail": [{"loc": ["messages", 0], "msg": "System role not supported"}]}
    sim.next(
        Scenario(
            status=status,
            pieces=(json.dumps(detail).encode(),),
            head=(("Content-Type", "application/json"),),
        )
    )
    client = closing(client_at(sim, "openrouter"))
    body = await sent(sim, closing, GEMMA_2, client=client, system="Be brief.", text="Hi")
    assert body["messages"] == [{"role": "user", "content": "Be brief.\n\nHi"}]
    body = await sent(sim, closing, GEMMA_2, client=client, system="Be brief.", text="More")
    assert body["messages"][0]["role"] == "user"
    assert len(sim.record.generations) == 3


async def test_q79_turns_of_one_side_in_a_row_become_one(sim, closing):
    branch = [said(Role.USER, "One", 1), said(Role.USER, "Two", 2), said(Role.USER, "Three", 3)]
    body = await sent(sim, closing, GEMMA_2, messages=branch)
    assert body["messages"] == [{"role": "user", "content": "One\n\nTwo\n\nThree"}]


async def test_q79_the_first_turn_is_the_users(sim, closing):
    branch = [said(Role.ASSISTANT, "Welcome", 1), said(Role.USER, "Hi", 2)]
    body = await sent(sim, closing, GEMMA_2, messages=branch)
    assert [turn["role"] for turn in body["messages"]] == ["user", "assistant", "user"]


@pytest.mark.parametrize("dialect", ["chat", "messages", "responses"])
async def test_q80_empty_turns_are_left_out(sim, closing, dialect):
    branch = [said(Role.USER, "Hi", 1), said(Role.ASSISTANT, "", 2), said(Role.USER, "Well?", 3)]
    client = closing(client_in(sim, dialect, timeouts=Timeouts()))
    request = question(*GEMMA_4, messages=branch, parameters={"max_tokens": 100})
    assert (await ask(client, request)).error is None
    turns = sim.record.last.json.get("messages") or sim.record.last.json["input"]
    assert all(turn["content"] for turn in turns)
    assert {turn["role"] for turn in turns} == {"user"}


@pytest.mark.parametrize("dialect", ["chat", "responses", "messages"])
async def test_q81_pictures_go_as_data(sim, closing, dialect):
    attachment = Attachment("ab" * 32, "dot.png", "image/png", len(PIXEL), 1, 1)
    turn = replace(
        said(Role.USER, ""), parts=(AttachmentPart(attachment), TextPart("What is this?"))
    )
    request = question(*GEMMA_4, messages=[turn], parameters={"max_tokens": 100})
    client = closing(client_in(sim, dialect, timeouts=Timeouts()))
    assert (await ask(client, replace(request, blobs={attachment.sha256: PIXEL}))).error is None
    body = json.dumps(sim.record.last.json)
    assert "iVBORw0KGgo" in body
    assert "http" not in body.replace("https://", "")


@pytest.mark.parametrize("route", OFFERINGS)
async def test_q82_what_is_unset_is_not_sent(sim, closing, route):
    body = await sent(sim, closing, route)
    assert body.keys() <= {"model", "messages", "stream", "stream_options", "plugins"}


@pytest.mark.parametrize(
    ("route", "name", "value"),
    [(AIML, "top_p", 0), (AIML, "min_p", 0), (AIML, "min_p", 1), (AIML, "seed", 0)],
)
async def test_q82_a_value_out_of_range_is_refused_before_it_is_sent(
    sim, closing, route, name, value
):
    client = closing(client_at(sim, route[0]))
    outcome = await ask(client, question(*route, parameters={name: value}))
    assert isinstance(outcome.error, RefusedError)
    assert len(sim.record) == 0


async def test_q83_stop_texts_go_as_each_provider_reads_them(sim, closing):
    stops = {"parameters": {"stop": ["END", "###"]}}
    assert (await sent(sim, closing, EMPIRIO, **stops))["stop"] == "END,###"
    assert (await sent(sim, closing, GEMMA_2, **stops))["stop"] == ["END", "###"]
    assert (await sent(sim, closing, AIML, **stops))["stop"] == ["END", "###"]
    for route in (EMPIRIO, GEMMA_2, AIML):
        assert "stop" not in await sent(sim, closing, route, parameters={"stop": []})


@pytest.mark.parametrize("route", OFFERINGS)
async def test_q84_the_length_has_one_name(sim, closing, route):
    body = await sent(sim, closing, route, parameters={"max_tokens": 100})
    names = {"max_tokens", "max_completion_tokens", "max_output_tokens"} & body.keys()
    assert names == {"max_tokens"}


async def test_q85_refused_stream_options_are_left_out_and_remembered(sim, closing):
    client = closing(client_at(sim, "empiriolabs"))
    sim.next(Scenario(refuse="stream_options"))
    assert "stream_options" not in await sent(sim, closing, EMPIRIO, client=client)
    assert "stream_options" not in await sent(sim, closing, EMPIRIO, client=client)
    assert len(sim.record.generations) == 3


async def test_q86_small_contexts_are_not_compressed_in_silence(sim, closing):
    body = await sent(sim, closing, GEMMA_2)
    assert {"id": "context-compression", "enabled": False} in body["plugins"]


def test_q86_what_the_route_would_drop_in_silence_is_known_before():
    assert Catalogue.bundled().model(*GEMMA_2).support("top_k") is Support.IGNORED
    assert Catalogue.bundled().model(*GEMMA_2).support("top_p") is Support.LISTED


async def test_q87_the_sources_footer_does_not_go_back(sim, closing):
    client = closing(client_at(sim, "empiriolabs"))
    first = await ask(client, question(*EMPIRIO, parameters={"web_search": True}))
    assert "**Sources**" in first.text
    provenance = Provenance(*EMPIRIO, request=sim.record.last.json)
    answer = said(Role.ASSISTANT, first.text, 2, provenance=provenance)
    branch = [said(Role.USER, "Hi", 1), answer, said(Role.USER, "More", 3)]
    body = await sent(sim, closing, EMPIRIO, client=client, messages=branch)
    assert "Sources" not in body["messages"][1]["content"]


@pytest.mark.parametrize("key", ["sk-\u00e4bc", "sk a", "sk-\x07", "", "  "])
def test_q88_a_key_that_cannot_be_sent_is_refused_without_showing_it(key):
    with pytest.raises(SettingError) as refused:
        clean_key(key)
    assert not key.strip() or key not in f"{refused.value.message} {refused.value.hint}"


@pytest.mark.parametrize(
    "key", ["sk-or-v1-abc\n", " sk-or-v1-abc ", "Bearer sk-or-v1-abc", '"sk-or-v1-abc"']
)
def test_q88_what_a_paste_brings_along_is_taken_off(key):
    assert clean_key(key) == "sk-or-v1-abc"


async def test_q88_no_key_means_no_header(sim, closing):
    profile = custom_profile(sim.base_url("ollama"))
    client = closing(Client(profile, key=None))
    request = replace(question(*GEMMA_4), model=Catalogue.bundled().model(profile.id, "gemma3:27b"))
    assert (await ask(client, request)).error is None
    assert sim.record.last.header("authorization") is None


async def test_q89_the_headers_that_name_the_program_are_ascii(sim, closing):
    client = closing(client_at(sim, "openrouter", attribution=True))
    await sent(sim, closing, GEMMA_4, client=client)
    head = sim.record.last.headers
    assert all(name.isascii() and value.isascii() for name, value in head)
    assert sim.record.last.header("x-openrouter-title") == "Facet"


@pytest.mark.parametrize(
    "pasted",
    ["/v1", "/v1/", "/v1/chat/completions", "/v1/chat/completions/", "/v1/models", "/v1/responses"],
)
async def test_q90_any_form_of_the_address_works(sim, closing, pasted):
    base = sim.base_url("ollama").removesuffix("/v1")
    client = closing(Client(custom_profile(base + pasted), key=None))
    assert [model.id for model in await client.models()]


async def test_q90_an_address_without_v1_is_found_and_said(sim, closing):
    base = sim.base_url("ollama").removesuffix("/v1")
    client = closing(Client(custom_profile(base), key=None))
    steps = [step async for step in client.check()]
    failed = [step.text for step in steps if step.state is StepState.FAILED]
    assert not failed or any("/v1" in text for text in failed)


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ({"data": [{"id": "a"}, {"id": "b"}]}, ["a", "b"]),
        ({"object": "list", "data": None}, []),
        ([{"id": "a", "info": {"name": "A"}, "features": []}], ["a"]),
        ({"models": [{"key": "a", "type": "llm"}, {"key": "b", "type": "llm"}]}, ["a", "b"]),
        ({"models": [{"name": "a:latest", "model": "a:latest"}]}, ["a:latest"]),
    ],
    ids=["data", "null", "array", "lmstudio", "ollama"],
)
async def test_q91_every_shape_of_list_is_read(sim, closing, body, ids):
    sim.next(
        Scenario(pieces=(json.dumps(body).encode(),), head=(("Content-Type", "application/json"),)),
        path="/models",
    )
    client = closing(Client(custom_profile(sim.base_url("ollama")), key=None))
    assert [model.id for model in await client.models()] == ids


async def test_q92_prices_are_exact_and_unknown_is_not_free(sim, closing):
    prices = {"prompt": "0.00000006", "completion": "0.00000033"}
    body = {
        "data": [
            {"id": "google/gemma-4-26b-a4b-it", "pricing": prices},
            {"id": "openrouter/auto", "pricing": {"prompt": "-1", "completion": "-1"}},
            {"id": "x/free", "pricing": {"prompt": "0", "completion": "0"}},
        ]
    }
    sim.next(
        Scenario(pieces=(json.dumps(body).encode(),), head=(("Content-Type", "application/json"),)),
        path="/models",
    )
    gemma, router, free = await closing(client_at(sim, "openrouter")).models()
    assert gemma.price.input_per_million == Decimal("0.06")
    assert gemma.price.output_per_million == Decimal("0.33")
    assert router.price.input_per_million is None
    assert not router.price.is_free
    assert free.price.is_free


async def test_q92_a_price_for_a_message_is_not_multiplied_by_tokens(sim, closing):
    outcome = await ask(closing(client_at(sim, "empiriolabs")), question(*EMPIRIO))
    assert outcome.cost.amount == Decimal("0.0040")
    assert cost_of(outcome.sum.usage, Price()).amount is None


async def test_q93_credits_are_not_asked_for_with_an_ordinary_key(sim, closing):
    steps = [step async for step in closing(client_at(sim, "openrouter")).check()]
    assert all(step.state is not StepState.FAILED for step in steps)
    assert all(not seen.path.endswith("/credits") for seen in sim.record.exchanges)


async def test_q94_this_computer_is_reached_without_the_proxy(sim, closing, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for host in ("127.0.0.1", "localhost"):
        base = sim.base_url("ollama").replace("127.0.0.1", host)
        client = closing(Client(custom_profile(base), key=None))
        assert await client.models()


async def test_q94_the_internet_is_reached_through_the_proxy(sim, closing, monkeypatch):
    """The simulator plays the proxy: it sees that a tunnel to the provider is asked for."""
    port = sim.base_url("openrouter").split(":")[2].split("/")[0]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    profile = Catalogue.bundled().profile("openrouter")
    client = closing(
        Client(profile, key="sk-or-v1-abc", timeouts=Timeouts(connect=2, first_byte=2))
    )
    with pytest.raises(AppError):
        await client.models()
    assert sim.record.last.method == "CONNECT"
    assert not sim.record.holds("sk-or-v1-abc")


def test_q95_what_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = " ".join(project["dependencies"]).lower()
    assert "httpx" in declared
    assert "openai" not in declared
    used = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "app").rglob("*.py"))
    assert "import httpx2" not in used
