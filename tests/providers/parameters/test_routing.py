"""Wishes about hosts, and the fields of OpenRouter's provider object."""

from typing import Any

import pytest

from app.providers.catalogue.catalogue import Catalogue
from app.providers.parameters.routing import (
    allows_compression,
    clean_routing,
    joined,
    routing_fields,
)

ALL = {
    "order": ["deepinfra/turbo"],
    "only": ["deepinfra", "novita"],
    "ignore": ["azure"],
    "sort": "throughput",
    "max_price": {"prompt": 0.5, "completion": 2},
    "quantizations": ["bf16", "fp8"],
    "data_collection": "deny",
    "zdr": True,
    "require_parameters": True,
    "allow_fallbacks": False,
}


def test_every_wish_is_a_field_of_the_provider_object(catalogue: Catalogue) -> None:
    profile = catalogue.profile("openrouter")
    wishes = {**ALL, "models": ["google/gemma-3-27b-it"]}
    assert routing_fields(wishes, profile) == {
        "provider": ALL,
        "models": ["google/gemma-3-27b-it"],
    }


@pytest.mark.parametrize("provider_id", ["aimlapi", "empiriolabs", "practice"])
def test_no_other_provider_gets_them(catalogue: Catalogue, provider_id: str) -> None:
    assert routing_fields(ALL, catalogue.profile(provider_id)) == {}


@pytest.mark.parametrize(
    "wishes",
    [
        None,
        7,
        [],
        {},
        {"order": [], "only": [" "], "ignore": "x", "sort": "fastest", "unheard": 1},
        {"zdr": False, "require_parameters": False, "allow_fallbacks": True},
        {"zdr": "yes", "max_price": {"prompt": -1, "completion": "1", "image": 2}},
        {"data_collection": "maybe", "max_price": 7, "allow_compression": True},
    ],
)
def test_what_asks_for_nothing_sends_nothing(catalogue: Catalogue, wishes: Any) -> None:
    assert routing_fields(wishes, catalogue.profile("openrouter")) == {}


def test_own_wishes_stand_over_general_ones_and_can_take_them_away() -> None:
    general = {"only": ["a"], "zdr": True, "sort": "price", "max_price": {"prompt": 1}}
    assert joined(general, {"sort": "latency"}) == {**general, "sort": "latency"}
    assert joined(general, {"only": [], "zdr": False, "sort": [], "max_price": []}) == {}
    assert joined(None, "x") == {}


def test_names_are_kept_once_and_in_order() -> None:
    assert clean_routing({"order": ["b", " a ", "b"]}) == {"order": ["b", "a"]}


def test_compression_is_off_unless_it_is_asked_for() -> None:
    assert not allows_compression(None)
    assert not allows_compression({"zdr": True})
    assert allows_compression({"allow_compression": True})
