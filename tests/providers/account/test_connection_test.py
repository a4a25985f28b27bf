import ssl
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.core.models.provider import StepState
from app.providers.catalogue.address import custom_profile

Make = Callable[..., Any]
P, F, S = StepState.PASSED, StepState.FAILED, StepState.SKIPPED


async def checked(subject: Any, model_id: str = "") -> dict[str, Any]:
    steps = [step async for step in subject.check(model_id)]
    await subject.aclose()
    ended = {step.name: step for step in steps if step.state is not StepState.RUNNING}
    assert list(ended) == ["address", "TLS", "key", "model"]
    return ended


def states(steps: dict[str, Any]) -> list[StepState]:
    return [step.state for step in steps.values()]


LIST = {"data": [{"id": "m"}, {"id": "n"}]}


async def test_all_is_well(client: Make, reply: Make) -> None:
    subject, script = client(reply(200, LIST), reply(200, {"data": {}}))
    steps = await checked(subject, "m")
    assert states(steps) == [P, P, P, P]
    assert steps["model"].text == "2 models offered, m among them."
    assert [request.url.path for request in script.requests] == ["/api/v1/models", "/api/v1/key"]


async def test_the_address_is_wrong(client: Make) -> None:
    steps = await checked(client(httpx.ConnectError("x"))[0])
    assert states(steps) == [F, S, S, S]
    assert steps["address"].text


async def test_the_certificate_is_wrong(client: Make) -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError("x")
    assert states(await checked(client(error)[0])) == [P, F, S, S]


async def test_another_place_answers(client: Make, reply: Make) -> None:
    steps = await checked(client(reply(302, location="https://evil.test/"))[0])
    assert states(steps) == [F, S, S, S]
    assert "evil.test" in steps["address"].text


@pytest.mark.parametrize(
    ("answer", "state", "says"),
    [
        ((401, {"error": {"message": "No"}}), F, "does not accept the key"),
        ((402, {"error": {"message": "No"}}), F, "credit"),
        ((404, {}), P, "not objected to"),
        ((500, {}), F, "error of its own"),
    ],
)
async def test_the_key(client: Make, reply: Make, answer: Any, state: StepState, says: str) -> None:
    steps = await checked(client(reply(200, LIST), reply(*answer))[0])
    assert steps["key"].state is state
    assert says in steps["key"].text
    assert steps["model"].state is (S if state is F else P)


async def test_the_connection_breaks_at_the_key(client: Make, reply: Make) -> None:
    steps = await checked(client(reply(200, LIST), httpx.ReadError("x"))[0])
    assert steps["key"].state is F


async def test_a_list_that_wants_a_key(client: Make, reply: Make) -> None:
    steps = await checked(client(reply(401, {"error": {"message": "No"}}))[0])
    assert states(steps) == [P, P, F, S]


async def test_a_provider_that_tells_nothing_is_asked_an_empty_question(
    client: Make, reply: Make
) -> None:
    subject, script = client(
        reply(200, LIST),
        reply(400, {"error": {"message": "messages: too short"}}),
        provider="empiriolabs",
    )
    assert (await checked(subject))["key"].state is P
    assert script.requests[1].method == "POST"
    subject, _ = client(
        reply(200, LIST), reply(401, {"error": {"code": "invalid_api_key"}}), provider="empiriolabs"
    )
    assert (await checked(subject))["key"].state is F
    subject, _ = client(reply(200, LIST), reply(200, {}), provider="empiriolabs")
    assert (await checked(subject))["key"].state is P


async def test_no_key_yet(client: Make, reply: Make) -> None:
    steps = await checked(client(reply(200, LIST), key=None)[0])
    assert states(steps) == [P, P, F, S]
    assert "no key yet" in steps["key"].text


@pytest.mark.parametrize(
    ("base_url", "tls"),
    [
        ("http://localhost:1/v1", "stays on this computer"),
        ("http://192.168.1.9/v1", "others on this network"),
        ("https://x.test/v1", "secure"),
    ],
)
async def test_local_servers_need_less(client: Make, reply: Make, base_url: str, tls: str) -> None:
    subject, _ = client(reply(200, LIST), profile=custom_profile(base_url), key=None)
    steps = await checked(subject)
    assert tls in steps["TLS"].text
    assert steps["key"].state is S


@pytest.mark.parametrize(
    ("answer", "state", "says"),
    [
        ((200, {"data": None}), F, "Load or download one"),
        ((404, ""), S, "type a model's id"),
        ((503, ""), F, "not available"),
        ((200, LIST), F, "2 models offered, but x is not among them."),
        ((200, {"data": [{"id": "x"}]}), P, "1 model offered, x among them."),
    ],
)
async def test_the_model(
    client: Make, reply: Make, answer: Any, state: StepState, says: str
) -> None:
    subject, _ = client(reply(*answer), profile=custom_profile("http://localhost:1/v1"), key=None)
    steps = await checked(subject, "x")
    assert steps["model"].state is state
    assert says in steps["model"].text
