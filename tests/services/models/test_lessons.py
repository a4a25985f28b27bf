"""What a route refused is learnt from a real exchange, kept, shown, and forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Core, make_core
from app.core.conversations.conversation import MessageState
from app.core.models.parameter import Support
from app.paths import folders
from app.storage.database.database import Database
from tests.simulator import Scenario, Simulator

PROVIDER, SMALL = "aimlapi", "google/gemma-3-4b-it"


@dataclass
class Place:
    """Facet with real clients that talk to the simulator in a provider's stead."""

    core: Core
    sim: Simulator

    async def asks(self, until: Any, model: str = SMALL) -> Any:
        conversations = self.core.services.conversations
        conversations.choices.prepare(PROVIDER, model, {}, "Be brief.")
        conversations.send("Hi")
        (message,) = await until(self.core.services.generation.finished)
        return message

    @property
    def roles(self) -> list[list[str]]:
        return [[m["role"] for m in x.json["messages"]] for x in self.sim.record.generations]

    def lessons(self) -> list[tuple[str, str]]:
        return [(x.model_id, x.name) for x in self.core.services.lessons.of(PROVIDER)]


def open_place(folder: Path, sim: Simulator) -> Place:
    places = folders(folder)
    core = make_core(places, Database.open(places.data / "facet.db"), recover=True)
    models = core.services.models
    profile = replace(models.profile(PROVIDER), base_url=sim.base_url(PROVIDER))
    models.addresses.use(profile)
    models.keys.use_for_this_run(PROVIDER, sim.aimlapi.good_key())
    return Place(core, sim)


async def close_place(place: Place) -> None:
    await place.core.services.close()
    place.core.database.close()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with Simulator() as sim:
        made = open_place(tmp_path, sim)
        yield made
        await close_place(made)


@pytest.fixture
def until(stage: Any) -> Any:
    return stage.until


async def test_a_refused_role_is_learnt_and_known_after_a_restart(
    place: Place, until: Any, tmp_path: Path
) -> None:
    await place.asks(until)
    assert place.lessons() == [(SMALL, "system")]
    await close_place(place)
    again = open_place(tmp_path, place.sim)
    assert again.lessons() == [(SMALL, "system")]
    place.sim.record.clear()
    await again.asks(until)
    assert [roles[0] for roles in again.roles] == ["user"]
    await close_place(again)


async def test_a_forgotten_lesson_is_learnt_anew(place: Place, until: Any) -> None:
    await place.asks(until)
    (lesson,) = place.core.services.lessons.of(PROVIDER)
    place.core.services.lessons.forget(lesson)
    assert place.lessons() == []
    place.sim.record.clear()
    await place.asks(until)
    assert [roles[0] for roles in place.roles] == ["system", "user"]
    assert place.lessons() == [(SMALL, "system")]


async def test_a_refusal_that_asking_differently_did_not_mend_teaches_nothing(
    place: Place, until: Any
) -> None:
    place.sim.default = Scenario(status=400, message="messages[0].role: 'system' is not supported")
    message = await place.asks(until)
    assert message.state.value == "failed"
    assert place.lessons() == []


async def test_another_dialect_and_a_removed_address_forget(place: Place, until: Any) -> None:
    services = place.core.services
    await place.asks(until)
    services.models.renew(PROVIDER)
    assert place.lessons() == []
    forgotten: list[str] = []
    services.models.renewed.connect(forgotten.append)
    services.models.speak("openrouter", "responses")
    profile = services.models.add_custom("https://llm.example.org/v1")
    services.models.remove_custom(profile.id)
    assert forgotten == ["openrouter", profile.id]


async def test_a_list_that_is_fetched_by_itself_forgets_nothing(place: Place, until: Any) -> None:
    services = place.core.services
    await place.asks(until)
    services.models.refresh_old()
    while place.sim.record.exchanges[-1].path != "/aimlapi/v1/models":
        await until(services.models.listed)
    assert place.lessons() == [(SMALL, "system")]


async def test_an_answer_without_a_refusal_teaches_nothing(place: Place, until: Any) -> None:
    changed: list[str] = []
    place.core.services.lessons.changed.connect(changed.append)
    await place.asks(until, "google/gemma-3-27b-it")
    assert changed == []


@pytest.mark.parametrize(
    ("words", "is_learnt"),
    [("temperature is not supported", True), ("temperature must be at most 1", False)],
)
async def test_a_dial_that_was_left_out_with_success_is_refused_before_sending_from_then_on(
    place: Place, until: Any, words: str, is_learnt: bool
) -> None:
    services, model = place.core.services, "google/gemma-3-27b-it"
    conversations = services.conversations
    place.sim.next(Scenario(status=400, message=words))
    conversations.choices.prepare(PROVIDER, model, {"temperature": 0.5}, "")
    conversations.send("Hi")
    (failed,) = await until(services.generation.finished)
    assert place.lessons() == []
    conversations.ask_otherwise(failed.id, parameters={})
    await until(services.generation.finished)
    assert place.lessons() == ([(model, "temperature")] if is_learnt else [])
    support = services.models.model(PROVIDER, model).support("temperature")
    assert (support is Support.REFUSED) == is_learnt
    services.lessons.forget_provider(PROVIDER)
    assert services.models.model(PROVIDER, model).support("temperature") is Support.LISTED


async def test_a_dial_left_out_elsewhere_teaches_nothing(place: Place, until: Any) -> None:
    services = place.core.services
    place.sim.next(Scenario(status=400, message="temperature is not supported"))
    services.conversations.choices.prepare(
        PROVIDER, "google/gemma-3-27b-it", {"temperature": 0.5}, ""
    )
    services.conversations.send("Hi")
    (failed,) = await until(services.generation.finished)
    services.conversations.ask_otherwise(
        failed.id, provider_id="practice", model_id="practice-1", parameters={}
    )
    await until(services.generation.finished)
    assert place.lessons() == []
    assert services.lessons.of("practice") == []


@pytest.mark.parametrize(
    ("state", "is_learnt"),
    [
        (MessageState.DONE, True),
        (MessageState.CUT_OFF, True),
        (MessageState.STOPPED, False),
        (MessageState.REFUSED, False),
        (MessageState.FAILED, False),
    ],
)
async def test_only_an_answer_teaches(
    place: Place, until: Any, state: MessageState, is_learnt: bool
) -> None:
    answered = await place.asks(until, "google/gemma-3-27b-it")
    lessons = place.core.services.lessons
    lessons.note(answered.id, "role_folded", "It was put at the head.")
    lessons.note_answered(replace(answered, state=state))
    assert bool(place.lessons()) is is_learnt
    lessons.note_answered(answered)
    assert bool(place.lessons()) is is_learnt
