from __future__ import annotations

from typing import Any


def test_models_lists_the_five_offerings_and_practice(facet: Any) -> None:
    models = facet.objects("models", "--json")
    routes = {(model["provider"], model["id"]) for model in models}
    assert {
        ("openrouter", "google/gemma-2-27b-it"),
        ("aimlapi", "google/gemma-3-27b-it"),
        ("empiriolabs", "gemma-3-27b"),
        ("practice", "practice-1"),
    } <= routes
    gemma = next(model for model in models if model["id"] == "google/gemma-4-26b-a4b-it")
    assert gemma["price"]["input_per_million"] == 0.06
    assert gemma["context"] == 262144


def test_an_unknown_price_is_said_to_be_unknown(facet: Any) -> None:
    said = facet("models", "--provider", "aimlapi")
    assert "price unknown" in said
    assert "$0 " not in said


def test_a_price_per_message_is_shown_as_one(facet: Any) -> None:
    assert "$0.0040 per message" in facet("models", "--provider", "empiriolabs")


def test_check_tells_versions_folders_and_where_keys_are_kept(facet: Any) -> None:
    (facts,) = facet.objects("check", "--json")
    assert facet.status == 0
    assert facts["database"] == "sound"
    assert facts["keychain"] == "none"
    assert tuple(map(int, facts["sqlite"].split("."))) >= (3, 51, 3)
    assert "sound" in facet("check")


def test_refreshing_asks_nobody_where_there_is_no_key(facet: Any) -> None:
    models = facet.objects("models", "--refresh", "--json")
    assert facet.status == 0
    assert {model["fetched_at"] for model in models} == {None}
    assert {model["source"] for model in models} == {"bundled"}


def test_refreshing_one_provider_without_a_key_says_where_to_add_it(facet: Any) -> None:
    said = facet("models", "--provider", "openrouter", "--refresh")
    assert facet.status == 1
    assert "no key for OpenRouter" in facet.complaints
    assert "google/gemma-2-27b-it" in said
