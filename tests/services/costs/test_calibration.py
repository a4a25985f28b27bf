from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.conversations.conversation import Message, Provenance, Role, TextPart
from app.core.conversations.events import UsageReported
from app.core.costs.usage import Usage
from app.core.identity import new_id
from app.core.models.provider import Request
from app.services.costs.calibration import FEWEST, MOST
from app.services.costs.forecast import UNCALIBRATED, Calibration
from app.storage.costs.ledger import record

QUESTION = "Why does the tide come in twice a day, and why does it not come at the same time? " * 4


@pytest.fixture
def counted(stage: Any) -> Any:
    """Notes answers of a route: their questions taken for and counted as so many tokens."""

    async def note(*pairs: tuple[int, int]) -> None:
        calibration = stage.services.calibration
        for estimated, tokens in pairs:
            told = Provenance("p", "m", usage=Usage(tokens, 5))
            made = Message(
                new_id(), "c", None, Role.ASSISTANT, (), 1, datetime.now(UTC), provenance=told
            )
            stage.core.database.write(lambda writer, made=made: record(writer, made)).result()
            calibration._asked[made.id] = estimated
            calibration.note_answered(made)
            await settled(stage)

    return note


async def settled(stage: Any) -> None:
    while stage.services.scope._all:
        await asyncio.wait(list(stage.services.scope._all))


async def test_a_route_is_measured_by_the_median_of_its_answers(stage: Any, counted: Any) -> None:
    await counted((100, 120), (100, 130), (100, 900))
    assert stage.services.calibration.of_route("p", "m") == Calibration(1.3, 3)
    assert stage.services.calibration.of_route("p", "other") == UNCALIBRATED


async def test_few_answers_say_nothing(stage: Any, counted: Any) -> None:
    await counted((100, 150), (100, 150))
    assert stage.services.calibration.of_route("p", "m") == UNCALIBRATED


async def test_only_the_newest_answers_count(stage: Any, counted: Any) -> None:
    await counted(*[(100, 250)] * 25, *[(100, 110)] * MOST)
    assert stage.services.calibration.of_route("p", "m") == Calibration(1.1, MOST)


async def test_what_no_way_of_counting_explains_is_not_believed(stage: Any, counted: Any) -> None:
    await counted(*[(100, 90_000)] * 3)
    assert stage.services.calibration.of_route("p", "m").ratio == 3.0


async def test_less_than_half_is_not_believed_either(stage: Any, counted: Any) -> None:
    await counted(*[(100, 1)] * 3)
    assert stage.services.calibration.of_route("p", "m").ratio == 0.5


async def test_answers_teach_how_their_route_counts(stage: Any) -> None:
    estimate = len(QUESTION) // 4 + 4
    for _ in range(FEWEST):
        stage.services.conversations.new()
        stage.provider.tell(UsageReported(Usage(estimate * 2, 5)))
        await stage.answered("Because.", question=QUESTION)
        await settled(stage)
    current = stage.services.conversations.current
    found = stage.services.calibration.of_route(current.provider_id, current.model_id)
    assert found.answers == FEWEST
    assert found.ratio == pytest.approx(2.0, abs=0.05)


async def test_a_question_with_raw_json_teaches_nothing(stage: Any) -> None:
    calibration = stage.services.calibration
    model = stage.services.models.model("practice", "practice-1")
    question = Message(
        "q", "c", None, Role.USER, (TextPart(QUESTION),), 1, datetime(2026, 11, 21, tzinfo=UTC)
    )
    calibration.note_asked("a", Request(model, [question], raw={"n": 2}))
    calibration.note_asked("b", Request(model, [question]))
    assert list(calibration._asked) == ["b"]
