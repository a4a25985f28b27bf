"""Providers, keys and models as the window sees them."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.core.errors import AuthenticationError, SettingError
from app.core.models.provider import StepState
from app.services.models import models as models_module


async def test_the_five_offerings_and_practice_are_there_without_a_network(stage: Any) -> None:
    routes = {model.key for model in stage.services.models.models()}
    assert {
        "openrouter/google/gemma-2-27b-it",
        "openrouter/google/gemma-4-26b-a4b-it",
        "aimlapi/google/gemma-2-27b-it",
        "aimlapi/google/gemma-3-27b-it",
        "empiriolabs/gemma-3-27b",
        "practice/practice-1",
    } <= routes


async def test_a_typed_id_always_works(stage: Any) -> None:
    model = stage.services.models.model("openrouter", "someone/new-model")
    assert (model.id, model.context) == ("someone/new-model", None)


async def test_without_a_key_the_client_says_where_to_add_one(stage: Any) -> None:
    models = stage.services.models
    assert not models.can_answer("openrouter")
    with pytest.raises(AuthenticationError, match="no key for OpenRouter"):
        await models.client("openrouter")


async def test_what_the_first_question_needs_is_loaded_once_and_beside_the_window(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[tuple[str, bool]] = []
    main, loop, done = threading.get_ident(), asyncio.get_running_loop(), asyncio.Event()

    def load(name: str) -> None:
        loaded.append((name, threading.get_ident() == main))
        loop.call_soon_threadsafe(done.set)

    monkeypatch.setattr(models_module.importlib, "import_module", load)
    models = stage.services.models
    models.prepare()
    models.prepare()
    await done.wait()
    models.prepare()
    assert loaded == [("app.providers.client", False)]


async def test_a_check_tells_its_steps_and_its_end(stage: Any) -> None:
    models = stage.services.models
    steps: list[tuple[str, StepState]] = []
    models.step_changed.connect(lambda _, step: steps.append((step.name, step.state)))
    models.check("practice")
    assert await stage.until(models.check_ended) == ("practice", True)
    assert steps == [("address", StepState.RUNNING), ("address", StepState.PASSED)]


async def test_a_check_without_a_key_fails_at_the_key(stage: Any) -> None:
    models = stage.services.models
    steps: list[Any] = []
    models.step_changed.connect(lambda _, step: steps.append(step))
    models.check("aimlapi")
    assert await stage.until(models.check_ended) == ("aimlapi", False)
    assert (steps[-1].name, steps[-1].state) == ("key", StepState.FAILED)


async def test_an_address_of_ones_own_is_known_after_a_restart(stage: Any, reopen: Any) -> None:
    profile = stage.services.models.add_custom("http://127.0.0.1:8080/v1/", "My server")
    again = await reopen(stage)
    known = again.services.models.profile(profile.id)
    assert (known.base_url, known.name) == ("http://127.0.0.1:8080/v1", "My server")
    assert again.services.models.can_answer(profile.id)
    again.services.models.remove_custom(profile.id)
    assert profile.id not in {p.id for p in again.services.models.profiles()}


async def test_the_same_address_is_not_added_twice(stage: Any) -> None:
    stage.services.models.add_custom("http://127.0.0.1:8080/v1")
    with pytest.raises(SettingError, match="already"):
        stage.services.models.add_custom("http://127.0.0.1:8080/v1/chat/completions")


async def test_a_live_list_lies_over_the_bundled_one(stage: Any) -> None:
    models = stage.services.models
    models.refresh("practice")
    await stage.until(models.listed)
    found = {m.id: m.is_removed for m in models.models() if m.provider_id == "practice"}
    assert found == {"live-1": False, "practice-1": True}
    assert models.model("practice", "live-1").name == "Live"


async def test_pins_and_recent_routes_are_remembered(stage: Any) -> None:
    models = stage.services.models
    models.toggle_pin("practice/practice-1")
    assert models.pins() == ["practice/practice-1"]
    models.toggle_pin("practice/practice-1")
    assert models.pins() == []
    for route in ("a/1", "b/2", "a/1"):
        models.note_use(route)
    assert models.recent() == ["a/1", "b/2"]


async def test_clients_are_closed_with_the_services(stage: Any) -> None:
    await stage.services.models.client("practice")
    await stage.services.close()
    assert stage.provider.is_closed


async def test_a_used_route_of_ones_own_address_is_known_without_its_list(stage: Any) -> None:
    models = stage.services.models
    profile = models.add_custom("http://127.0.0.1:8080/v1", "My server")
    stage.services.conversations.choices.choose_model(profile.id, "gemma3:27b")
    assert f"{profile.id}/gemma3:27b" in {model.key for model in models.models()}


@pytest.fixture
def clients(stage: Any) -> list[Any]:
    """The client of each key and dialect, as they are made."""
    made: list[Any] = []

    def make(_profile: Any, _key: str | None) -> Any:
        made.append(type(stage.provider)())
        return made[-1]

    stage.services.models._make_client = make
    return made


async def test_an_answer_that_runs_goes_on_when_the_key_is_changed(
    stage: Any, clients: list[Any]
) -> None:
    services = stage.services
    services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    services.models.keys.use_for_this_run("openrouter", "sk-or-v1-first")
    services.conversations.send("Hello")
    await stage.until(services.generation.started)
    (first,) = clients
    first.say("Half")
    await stage.until(services.generation.text_added)
    services.models.keys.use_for_this_run("openrouter", "sk-or-v1-second")
    await settled(services)
    assert not first.is_closed
    first.say(" and whole")
    first.end()
    (answer,) = await stage.until(services.generation.finished)
    assert (answer.text, answer.state) == ("Half and whole", MessageState.DONE)
    await settled(services)
    assert first.is_closed


@pytest.mark.parametrize("change", ["key", "dialect"])
async def test_a_client_nobody_uses_is_closed_when_another_takes_its_place(
    stage: Any, clients: list[Any], change: str
) -> None:
    models = stage.services.models
    models.keys.use_for_this_run("openrouter", "sk-or-v1-first")
    await models.client("openrouter")
    if change == "key":
        models.keys.use_for_this_run("openrouter", "sk-or-v1-second")
    else:
        models.speak("openrouter", models.dialects_of("openrouter")[-1])
    await settled(stage.services)
    await models.client("openrouter")
    assert [client.is_closed for client in clients] == [True, False]


async def test_a_replaced_client_that_is_still_used_is_closed_with_the_services(
    stage: Any, clients: list[Any]
) -> None:
    services = stage.services
    services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    services.models.keys.use_for_this_run("openrouter", "sk-or-v1-first")
    services.conversations.send("Hello")
    await stage.until(services.generation.started)
    services.models.keys.use_for_this_run("openrouter", "sk-or-v1-second")
    await services.close()
    assert [client.is_closed for client in clients] == [True]


async def settled(services: Any) -> None:
    """Lets the tasks that close clients come to their end; an answer goes on."""
    closing = [task for task in services.scope._all if task.get_name().startswith("close client")]
    await asyncio.gather(*closing)
