"""One more file is one more provider: a made-up one with every habit is spoken to as it wants."""

import json
import tomllib
from dataclasses import fields
from decimal import Decimal

import httpx
import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Role, TextPart
from app.core.costs.usage import Usage
from app.core.errors import QuotaError, RefusedError
from app.core.models.account import Account
from app.core.models.provider import Request
from app.providers.account.sign_in import SignIn
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.profile import ProviderProfile

PARAMETERS = {"max_tokens": 64, "temperature": 2.5, "stop": ["END", "---"], "web_search": True}


@pytest.fixture
def made_up(rootpath):
    return Catalogue.in_folder(rootpath / "tests" / "data" / "providers")


@pytest.fixture
def rootpath(request):
    return request.config.rootpath


@pytest.fixture
def speaking(made_up, client):
    """A client of the made-up provider and what it is asked."""

    def make(*replies, **more):
        more.setdefault("key", "lh-0123456789")
        return client(*replies, profile=made_up.profile("lighthouse"), **more)

    return make


@pytest.fixture
def question(made_up, say):
    model = made_up.model("lighthouse", "beam-1")

    def make(**more):
        return Request(model, more.pop("messages", [say("Hi")]), **more)

    return make


def test_the_file_uses_every_habit_there_is(rootpath):
    """So that a new habit is tried here too."""
    text = (rootpath / "tests" / "data" / "providers" / "lighthouse.toml").read_text("utf-8")
    set_by_address = {"is_custom", "is_local", "query"}
    assert {item.name for item in fields(ProviderProfile)} - set_by_address <= set(
        tomllib.loads(text)
    )


async def test_the_body_and_the_head_are_as_it_wants_them(speaking, question, reply, wire):
    done = [wire.sse(wire.words("Hi", finish_reason="stop")), wire.done]
    asking, script = speaking(reply(200, done), attribution=True)
    routing = {"order": ["north"]}
    async for _ in asking.stream(question(parameters={**PARAMETERS, "routing": routing})):
        pass
    (sent,), (body,) = script.requests, script.bodies
    assert str(sent.url) == "https://api.lighthouse.test/v2/chat/completions"
    assert sent.headers["x-lamp"] == "Oil lh-0123456789"
    assert (sent.headers["x-tide"], sent.headers["x-from"]) == ("high", "Facet")
    assert body["longest"] == 64
    assert "temperature" not in body
    assert body["warmth"] == PARAMETERS["temperature"]
    assert body["stop"] == "END,---"
    assert body["look_around"] is True
    assert body["keep_all"] is True
    assert body["provider"] == {"order": ["north"]}
    assert body["stream_options"] == {"include_usage": True}
    await asking.aclose()


async def test_a_file_goes_with_its_plugin(speaking, question, say):
    pdf = Attachment("a", "tide.pdf", "application/pdf", 4)
    asked = say("Read this", Role.USER, parts=(TextPart("Read this"), AttachmentPart(pdf)))
    asking, _ = speaking()
    body = asking.body(question(messages=[asked], blobs={"a": b"%PDF"}))
    assert body["plugins"] == [{"id": "reader", "pages": 3}]
    await asking.aclose()


@pytest.mark.parametrize(
    ("headers", "bill", "cost"),
    [
        ({}, {"total": "0.25"}, "0.25"),
        ({"x_lamp_cents": "7"}, {"total": "0.25"}, "0.07"),
        ({}, None, None),
    ],
)
async def test_number_and_price_are_read_where_it_tells_them(
    headers, bill, cost, speaking, question, reply, wire, outcome
):
    last = {"choices": [], "bill": bill, "usage": {"prompt_tokens": 3, "completion_tokens": 1}}
    stream = [wire.sse(wire.words("Hi", finish_reason="stop")), wire.sse(last), wire.done]
    asking, _ = speaking(reply(200, stream, x_lamp_number="n-1", **headers))
    found = await outcome(asking, question())
    assert found.sum.started.generation_id == "n-1"
    assert found.sum.usage.reported_cost == (cost and Decimal(cost))
    assert found.sum.usage.input_tokens == 3


async def test_account_record_and_list_are_asked_for_at_its_own_pages(speaking, reply):
    listed = {"data": [{"id": "beam-2", "supported_parameters": ["longest", "look_around"]}]}
    asking, script = speaking(
        reply(200, {"cents": 1234}),
        reply(200, {"entry": {"cents": 5, "read": 3, "written": 4}}),
        reply(200, listed),
    )
    assert await asking.account() == Account(left=Decimal("12.34"))
    assert await asking.bill("n/1") == Usage(3, 4, reported_cost=Decimal("0.05"))
    (model,) = await asking.models()
    assert set(model.parameters) == {"max_tokens", "web_search"}
    paths = [request.url.raw_path for request in script.requests]
    assert paths == [b"/v2/purse", b"/v2/log/n%2F1", b"/v2/catalogue"]
    await asking.aclose()


@pytest.mark.parametrize(
    ("status", "said", "kind", "hint"),
    [
        (400, "longest is too large", RefusedError, "the dial Length limit"),
        (422, "warmth is too high", RefusedError, "the dial Variety"),
        (422, "look_around is not supported", RefusedError, "the dial Search the web"),
        (418, "no oil left, top up", QuotaError, "https://lighthouse.test/keys"),
    ],
)
async def test_refusals_are_understood_by_its_own_words(
    status, said, kind, hint, speaking, question, reply, outcome
):
    asking, _ = speaking(reply(status, {"error": {"message": said}}))
    found = await outcome(asking, question())
    assert type(found.error) is kind
    assert hint in found.error.hint


async def test_signing_in_goes_to_its_own_pages(made_up):
    def answer(request):
        assert str(request.url) == "https://api.lighthouse.test/v2/sign-in/keys"
        assert json.loads(request.content)["code"] == "code-1"
        return httpx.Response(200, json={"key": "lh-new"})

    attempt = SignIn(made_up.profile("lighthouse"))
    assert attempt.page().startswith("https://lighthouse.test/sign-in?code_challenge=")
    assert await attempt.key("code-1", transport=httpx.MockTransport(answer)) == "lh-new"
