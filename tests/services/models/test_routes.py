"""The routes of a model, side by side."""

from __future__ import annotations

from typing import Any

from app.core.errors import UnavailableError
from app.core.models.host import Host

GEMMA2 = ("openrouter", "google/gemma-2-27b-it")


async def test_all_offers_of_a_model_are_its_routes(stage: Any) -> None:
    services = stage.services
    model = services.models.model(*GEMMA2)
    services.models.keys.use_for_this_run("aimlapi", "simulator-0123456789")
    found = services.routes.routes(model)
    assert [(route.provider, route.host) for route in found] == [
        ("AI/ML API", None),
        ("OpenRouter", None),
    ]
    assert found[0].measured.answers == 0


async def test_a_typed_model_is_its_own_only_route(stage: Any) -> None:
    services = stage.services
    typed = services.models.model("openrouter", "someone/new")
    assert [route.model for route in services.routes.routes(typed)] == [typed]


async def test_what_was_answered_is_measured(stage: Any) -> None:
    await stage.answered("Done.")
    model = stage.services.models.model("practice", "practice-1")
    (route,) = stage.services.routes.routes(model)
    assert route.measured.first_text is None or route.measured.first_text >= 0


async def test_hosts_are_asked_for_and_told(stage: Any) -> None:
    services = stage.services
    model = services.models.model(*GEMMA2)
    services.models.keys.use_for_this_run("openrouter", "sk-or-v1-0123456789")
    hosts = [Host("DeepInfra")]

    async def tell(model_id: str) -> list[Host]:
        assert model_id == model.id
        return hosts

    stage.provider.hosts = tell
    services.routes.ask_hosts(model)
    assert await stage.until(services.routes.told) == (model.key, hosts, "")

    async def fail(model_id: str) -> list[Host]:
        raise UnavailableError("The server is away.", provider="openrouter")

    stage.provider.hosts = fail
    services.routes.ask_hosts(model)
    key, none, trouble = await stage.until(services.routes.told)
    assert (key, none) == (model.key, [])
    assert trouble == "The hosts are not known: The server is away."


async def test_without_a_key_nothing_is_asked(stage: Any) -> None:
    services = stage.services
    told: list[Any] = []
    services.routes.told.connect(lambda *what: told.append(what))
    services.routes.ask_hosts(services.models.model(*GEMMA2))
    services.routes.ask_hosts(services.models.model("aimlapi", "google/gemma-2-27b-it"))
    assert [(key, hosts) for key, hosts, _ in told] == [("openrouter/google/gemma-2-27b-it", [])]
    assert "connected" in told[0][2]
