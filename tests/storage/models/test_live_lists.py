"""Lists that are read again as they were kept, and damaged ones that are not there."""

from datetime import UTC, datetime
from decimal import Decimal

import apsw
import pytest

from app.core.costs.usage import Price
from app.core.models.model import LIVE, Model
from app.core.models.parameter import ParameterRange, Support
from app.storage.models.live_lists import LiveListRepository

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
FULL = Model(
    "openrouter",
    "google/gemma-4-26b-a4b-it",
    "Gemma 4",
    group="gemma-4-26b-a4b",
    context=262144,
    max_output=8192,
    inputs=("text", "image"),
    price=Price(Decimal("0.0675"), Decimal("0.225"), Decimal(0), None),
    parameters={
        "temperature": ParameterRange(0, 2, 1, source=LIVE),
        "reasoning": ParameterRange(choices=("off", "high"), note="x"),
    },
    unlisted=Support.IGNORED,
    roles=("user", "assistant"),
    dialects=("chat", "responses"),
    notes=("a", "b"),
    abilities=("tools",),
    aliases=("gemma",),
    released="2026-04-03",
    expires="2026-12-31",
    is_removed=True,
    source="live",
    sources={"price": LIVE},
)


@pytest.fixture
def lists(database):
    return LiveListRepository(database)


def test_a_list_comes_back_as_it_was(lists):
    models = [FULL, Model("openrouter", "b", "B", source="live")]
    lists.keep("openrouter", models, NOW).result()
    found = lists.list_of("openrouter")
    assert found is not None
    assert (found.fetched_at, list(found.models)) == (NOW, models)
    assert lists.list_of("aimlapi") is None


def test_a_newer_list_takes_the_place_of_an_older_one(lists):
    lists.keep("ollama", [FULL], NOW).result()
    lists.keep("ollama", [], NOW).result()
    assert lists.list_of("ollama").models == ()
    lists.remove("ollama").result()
    assert lists.list_of("ollama") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "7",
        "[7]",
        '{"models": []}',
        '{"ranges": [], "models": [7]}',
        '{"ranges": [], "models": [{"name": "no id"}]}',
        '{"ranges": [], "models": [{"id": "a", "name": "A", "from the future": 1}]}',
        '{"ranges": [], "models": [{"id": "a", "name": "A", "price": {"per_message": "cheap"}}]}',
        '{"ranges": [], "models": [{"id": "a", "name": "A", "price": 7}]}',
        '{"ranges": [], "models": [{"id": "a", "name": "A", "unlisted": "perhaps"}]}',
        '{"ranges": [], "models": [{"id": "a", "name": "A", "parameters": {"seed": 4}}]}',
        '{"ranges": [{"minimum": 0, "odd": 1}], "models": []}',
    ],
)
def test_a_list_that_cannot_be_read_is_not_there(lists, database, text):
    def work(writer: apsw.Connection) -> None:
        writer.execute("INSERT INTO live_list VALUES ('p', '2026', ?)", (text,))

    database.write(work).result()
    assert lists.list_of("p") is None
