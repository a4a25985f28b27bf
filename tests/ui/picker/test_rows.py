"""What the picker lists for a search."""

from dataclasses import replace

import pytest

from app.core.models.model import Model
from app.core.models.parameter import ParameterRange
from app.ui.picker.filters import Wanted
from app.ui.picker.rows import Offer, RowKind, rows

PRACTICE = Model("practice", "practice-1", "Practice")
GEMMA4 = Model(
    "openrouter",
    "google/gemma-4-26b-a4b-it",
    "Gemma 4 26B A4B",
    group="gemma-4-26b",
    inputs=("text", "image"),
    parameters={"reasoning": ParameterRange(), "seed": ParameterRange()},
)
GEMMA2 = Model("openrouter", "google/gemma-2-27b-it", "Gemma 2 27B", group="gemma-2-27b")
GEMMA2_AIML = Model("aimlapi", "google/gemma-2-27b-it", "Gemma 2 27B", group="gemma-2-27b")
PROFILES = {
    "practice": ("Practice", True),
    "openrouter": ("OpenRouter", True),
    "aimlapi": ("AI/ML API", False),
}


@pytest.fixture
def offer():
    return Offer(
        (GEMMA2, PRACTICE, GEMMA4, GEMMA2_AIML),
        pinned=(GEMMA4.key, "gone/model"),
        recent=(GEMMA4.key, PRACTICE.key),
        current=GEMMA4.key,
        profiles=PROFILES,
    )


def told(found):
    return [(row.kind.value, row.title, row.provider) for row in found]


def test_pins_and_recent_ones_come_first_and_once(offer):
    assert told(rows(offer, ""))[:4] == [
        ("section", "Pinned", ""),
        ("route", "Gemma 4 26B A4B", "OpenRouter"),
        ("section", "Recent", ""),
        ("route", "Practice", "built in, works offline"),
    ]


def test_routes_of_one_model_are_one_group(offer):
    assert told(rows(offer, ""))[4:] == [
        ("section", "All models", ""),
        ("route", "Practice", "built in, works offline"),
        ("group", "Gemma 2 27B", "2 routes"),
        ("route", "Gemma 2 27B", "OpenRouter"),
        ("route", "Gemma 2 27B", "AI/ML API"),
        ("route", "Gemma 4 26B A4B", "OpenRouter"),
    ]


def test_rows_know_keys_pins_and_the_current_route(offer):
    found = {(row.provider_id, row.model_id): row for row in rows(offer, "gemma")}
    assert found[("openrouter", GEMMA4.id)].is_current
    assert found[("openrouter", GEMMA4.id)].is_pinned
    assert not found[("aimlapi", GEMMA2.id)].has_key
    assert found[("openrouter", GEMMA2.id)].has_key


@pytest.mark.parametrize("query", ["gemma2", "gemma 2", "GEMMA-2", "2 27b openrouter"])
def test_the_best_match_comes_first(offer, query):
    first = next(row for row in rows(offer, query) if row.is_choosable)
    assert first.model is GEMMA2


def test_words_that_stand_together_in_a_name_come_before_scattered_ones(offer):
    gemma3 = Model("aimlapi", "gemma-3-27b", "Gemma 3 27B", group="gemma-3-27b")
    renamed = replace(GEMMA2, name="Google: Gemma 2 27B")
    offer = replace(offer, models=(gemma3, renamed, GEMMA4))
    first = next(row for row in rows(offer, "gemma 2") if row.is_choosable)
    assert first.model is renamed


def test_what_can_be_asked_now_comes_before_what_must_be_connected(offer):
    gemma3 = Model("aimlapi", "gemma-3", "Gemma 3", group="gemma-3")
    offer = replace(offer, models=(gemma3, GEMMA2))
    assert [row.model for row in rows(offer, "gemma") if row.model] == [GEMMA2, gemma3]
    assert rows(offer, "gemma 3")[0].model is gemma3


def test_a_group_has_the_shortest_name_of_its_routes(offer):
    offer = replace(offer, models=(replace(GEMMA2, name="Google: Gemma 2 27B"), GEMMA2_AIML))
    assert rows(offer, "gemma 2")[0].title == "Gemma 2 27B"


def test_a_typed_id_works_at_every_provider_that_can_be_asked(offer):
    found = rows(offer, "acme/new-model")
    assert told(found) == [
        ("section", "Not in the list", ""),
        ("typed", "Use “acme/new-model” at OpenRouter", "OpenRouter"),
    ]
    assert (found[1].provider_id, found[1].model_id) == ("openrouter", "acme/new-model")


def test_a_whole_id_that_nobody_lists_comes_before_models_that_look_like_it(offer):
    found = rows(offer, "google/gemma-2b-it")
    assert [row.kind.value for row in found] == ["section", "typed", "group", *["route"] * 3]
    first = next(row for row in found if row.is_choosable)
    assert first.model_id == "google/gemma-2b-it"
    begun = next(row for row in rows(offer, "Google/Gemma-2") if row.is_choosable)
    assert begun.model is GEMMA2


@pytest.mark.parametrize("query", ["x", "two words", GEMMA2.id])
def test_what_is_no_new_id_is_not_offered_as_one(offer, query):
    assert all(row.kind is not RowKind.TYPED for row in rows(offer, query))


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (["images"], {"Gemma 4 26B A4B"}),
        (["reasoning", "seed"], {"Gemma 4 26B A4B"}),
        (["tools"], set()),
    ],
)
def test_filters_keep_what_has_it_all(offer, filters, names):
    found = rows(offer, "", Wanted(tuple(filters)))
    assert {row.title for row in found if row.kind is RowKind.ROUTE} == names
    assert bool(found) is bool(names)


def test_nothing_offered_nothing_listed():
    assert rows(Offer(), "") == []
    assert rows(Offer(), "anything") == []


def test_what_is_no_longer_offered_comes_last_in_its_group():
    gone = replace(GEMMA2, is_removed=True)
    found = rows(Offer((gone, GEMMA2_AIML), profiles=PROFILES), "")
    assert [row.provider_id for row in found if row.kind is RowKind.ROUTE] == [
        "aimlapi",
        "openrouter",
    ]


@pytest.mark.parametrize("typed", ["OpenRouter", "openrouter", "two words", "a\tb", "x\u200b"])
def test_the_name_of_a_provider_and_what_cannot_be_an_id_are_not_offered_as_one(typed):
    offer = Offer(profiles={"openrouter": ("OpenRouter", True), "openai": ("OpenAI", True)})
    assert rows(offer, typed) == []


def test_an_id_is_offered_at_every_connected_provider():
    offer = Offer(profiles={"openrouter": ("OpenRouter", True), "openai": ("OpenAI", False)})
    assert [row.model_id for row in rows(offer, "gpt-9") if row.is_choosable] == ["gpt-9"]
