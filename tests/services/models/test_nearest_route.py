from decimal import Decimal

import pytest

from app.core.costs.usage import Price
from app.core.models.model import Model
from app.services.models.nearest_route import nearest


def route(provider, model_id, *, group="", price=None, inputs=("text",)):
    cost = Price(Decimal(price), Decimal(price)) if price is not None else Price()
    return Model(provider, model_id, model_id, group, price=cost, inputs=inputs)


HERE = route("openrouter", "google/gemma-2-27b-it", group="gemma-2-27b")
SAME = route("aimlapi", "google/gemma-2-27b-it", group="gemma-2-27b")
SIBLING = route("openrouter", "google/gemma-4", group="gemma-4", inputs=("text", "image"))
OTHER = route("empiriolabs", "gemma-3-27b", group="gemma-3-27b", inputs=("text", "image"))
PRACTICE = route("practice", "practice-1", price="0")
ALL = [PRACTICE, OTHER, SIBLING, SAME, HERE]


def test_the_same_model_elsewhere_comes_first():
    assert nearest(HERE, ALL, can_answer=lambda _id: True) is SAME


def test_without_a_key_there_the_next_best_is_offered():
    found = nearest(HERE, ALL, can_answer=lambda provider: provider != "aimlapi")
    assert found is SIBLING


def test_only_what_fits_is_offered():
    takes_pictures = nearest(
        HERE, ALL, can_answer=lambda _id: True, is_fit=lambda model: "image" in model.inputs
    )
    assert takes_pictures is SIBLING
    assert nearest(HERE, ALL, can_answer=lambda _id: True, is_fit=lambda _model: False) is None


def test_practice_stands_in_for_nothing_but_itself():
    found = nearest(HERE, [PRACTICE, OTHER], can_answer=lambda _id: True)
    assert found is OTHER


@pytest.mark.parametrize("others", [[], [HERE], [SIBLING, OTHER]])
def test_for_the_same_model_only_the_same_model_counts(others):
    assert nearest(HERE, others, can_answer=lambda _id: True, same_model=True) is None


def test_among_equals_the_cheapest_and_unknown_prices_last():
    cheap = route("b", "m", group="gemma-2-27b", price="0.1")
    dear = route("a", "m", group="gemma-2-27b", price="9")
    found = nearest(HERE, [SAME, dear, cheap], can_answer=lambda _id: True, same_model=True)
    assert found is cheap
