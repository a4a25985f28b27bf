from typing import Any

import pytest

from app.core.errors import SettingError
from app.core.models.parameter import Kind, ParameterRange
from app.providers.catalogue.catalogue import Catalogue
from app.providers.parameters.declarations import (
    DIALS,
    PARAMETERS,
    canonical,
    conflicts,
    parameter,
)
from app.providers.parameters.parameter import NOT_SENT

NAMES = [
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "top_a",
    "frequency_penalty",
    "presence_penalty",
    "repetition_penalty",
    "seed",
    "max_tokens",
    "stop",
    "reasoning",
    "response_format",
    "logprobs",
    "top_logprobs",
    "logit_bias",
    "web_search",
    "disable_formatting",
]


def test_every_dial_is_declared_once() -> None:
    assert sorted(PARAMETERS) == sorted(NAMES)
    for name, item in PARAMETERS.items():
        assert item.name == name
        assert item.title
        assert item.says.endswith(".")
        assert item.needs in ("", *PARAMETERS)
        assert item.sentence(None) == NOT_SENT


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("temperature", 0, "likeliest"),
        ("temperature", 0.3, "Steady"),
        ("temperature", 0.7, "Natural"),
        ("temperature", 1, "learnt"),
        ("temperature", 1.3, "facts may drift"),
        ("temperature", 1.8, "noise"),
        ("top_p", 0.9, "90\u00a0%"),
        ("top_p", 1, "all words"),
        ("top_p", 0, "only the likeliest"),
        ("top_k", 0, "Off"),
        ("top_k", 1, "Always"),
        ("top_k", 40, "one of the 40 likeliest"),
        ("min_p", 0, "Off"),
        ("min_p", 0.05, "5\u00a0%"),
        ("top_a", 0, "Off"),
        ("top_a", 0.2, "more of them"),
        ("frequency_penalty", -1, "raises its odds by 172"),
        ("frequency_penalty", 0, "Off"),
        ("frequency_penalty", 0.5, "cuts its odds by 39.3\u00a0%"),
        ("presence_penalty", 2, "Jumps"),
        ("repetition_penalty", 0.9, "easier"),
        ("repetition_penalty", 1, "Off"),
        ("repetition_penalty", 1.1, "a little harder"),
        ("seed", 7, "Not every provider promises it"),
        ("max_tokens", 1, "About 1 words"),
        ("max_tokens", 2000, "About 1\u202f500 words at most."),
        ("stop", ["\n", "END"], "“\\n” or “END”"),
        ("stop", "END", "“END”"),
        ("stop", [], "nowhere"),
        ("web_search", True, "costs"),
        ("web_search", False, "does not"),
        ("logprobs", True, "sure"),
        ("top_logprobs", 5, "5 likeliest"),
        ("top_logprobs", 0, "no rivals"),
        ("disable_formatting", True, "as the model wrote it"),
    ],
)
def test_sentences_follow_the_value(name: str, value: Any, says: str) -> None:
    assert says.lower() in PARAMETERS[name].sentence(value).lower()


def test_sentences_end_like_sentences() -> None:
    for item in PARAMETERS.values():
        values: list[Any] = [item.soft_minimum, item.soft_maximum]
        if item.kind is Kind.FLAG:
            values = [True, False]
        if item.kind in (Kind.NUMBER, Kind.INTEGER, Kind.FLAG):
            for value in values:
                assert item.sentence(value).endswith(".")


def test_other_names_are_understood() -> None:
    assert canonical("web_search_linkup") == "web_search"
    assert parameter("max_completion_tokens") is PARAMETERS["max_tokens"]
    assert parameter(" seed ") is PARAMETERS["seed"]
    with pytest.raises(SettingError, match="temprature") as caught:
        parameter("temprature")
    assert "temperature" in caught.value.hint
    with pytest.raises(SettingError) as caught:
        parameter("zzzzzz")
    assert "top_p" in caught.value.hint


@pytest.mark.parametrize(
    ("set_", "says"),
    [
        ({"temperature": 0.7, "top_p": 0.9}, "same rope"),
        ({"temperature": 0, "top_k": 5}, "Shortlist changes nothing"),
        ({"frequency_penalty": 0.5, "repetition_penalty": 1.1}, "add up"),
        ({"logprobs": False, "top_logprobs": 3}, "needs Confidence"),
        ({"temperature": 0, "seed": 3}, "no dice"),
    ],
)
def test_dials_that_fight_say_so(set_: dict[str, Any], says: str) -> None:
    assert says in " ".join(conflicts(set_))


@pytest.mark.parametrize(
    "set_",
    [
        {},
        {"temperature": 0.7},
        {"temperature": 0.7, "top_p": 1},
        {"top_logprobs": 3},
        {"stop": ["a"], "seed": 2},
    ],
)
def test_dials_at_peace_are_silent(set_: dict[str, Any]) -> None:
    assert conflicts(set_) == []


def test_bundled_ranges_name_known_parameters(catalogue: Catalogue) -> None:
    for model in catalogue.models():
        assert set(model.parameters) <= set(PARAMETERS), model.key
        for name, range_ in model.parameters.items():
            if range_.default is not None:
                PARAMETERS[name].check(range_.default, range_)


NUMBERS = [item for item in PARAMETERS.values() if item.kind in (Kind.NUMBER, Kind.INTEGER)]


@pytest.mark.parametrize("item", NUMBERS, ids=lambda item: item.name)
def test_no_number_is_without_a_range(item):
    """What no route could make sense of is told before it is sent, by name and with the range."""
    assert item.minimum is not None
    assert item.maximum is not None
    assert item.minimum <= item.soft_minimum
    assert item.soft_maximum <= item.maximum
    whole = "whole numbers " if item.kind is Kind.INTEGER else ""
    for text in ("-1e30", "1e30", "9" * 23, "-" + "9" * 23, "8" * 5000):
        with pytest.raises(SettingError, match=f"{item.title} .*{whole}from .*, not "):
            item.parse(text)
    for value in (item.minimum, item.maximum):
        assert item.check(value, ParameterRange()) == value
    beyond = (item.minimum - 1, item.maximum + 1)
    for value in beyond:
        with pytest.raises(SettingError, match="from"):
            item.check(value, ParameterRange())
        assert not item.is_possible(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("temperature", "-5"),
        ("temperature", "1e9"),
        ("max_tokens", "-1"),
        ("max_tokens", "0"),
        ("max_tokens", "1000000000"),
        ("top_p", "1.5"),
        ("min_p", "-0.1"),
        ("top_k", "-40"),
        ("repetition_penalty", "-1"),
        ("frequency_penalty", "-1e6"),
        ("seed", "1" * 23),
        ("reasoning", "0"),
        ("reasoning", "-5"),
        ("reasoning", "9" * 5000),
        ("reasoning", '{"max_tokens": -4}'),
        ("logit_bias", '{"5": 101}'),
        ("logit_bias", '{"5": NaN}'),
        ("logit_bias", '{"5": true}'),
        ("raw", '{"x": NaN}'),
    ],
)
def test_an_impossible_value_is_refused_with_its_range(name, text):
    with pytest.raises(SettingError) as told:
        DIALS[name].parse(text)
    assert "is not one" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("temperature", "0", 0),
        ("temperature", "5", 5),
        ("top_k", "-1", -1),
        ("seed", "-7", -7),
        ("seed", "9007199254740993", 9007199254740993),
        ("seed", str(2**63 - 1), 2**63 - 1),
        ("max_tokens", "1e3", 1000),
    ],
)
def test_a_value_that_some_route_takes_is_taken(name, text, value):
    assert DIALS[name].parse(text) == value


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("temperature", (0, 0.2, 0.4, 0.6, 0.8, 0.9, 1, 1.05, 1.2, 1.3, 1.5, 1.7, 1.8)),
        ("top_p", (0, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 1)),
        ("top_k", (0, 1, 2, 10, 20, 40, 80, 100)),
        ("min_p", (0, 0.01, 0.05, 0.1, 0.2, 0.5, 0.9, 1)),
        ("top_a", (0, 0.01, 0.05, 0.1, 0.2, 0.5, 0.9, 1)),
        ("frequency_penalty", (-2, -1, -0.5, 0, 0.1, 0.5, 1, 1.5, 2)),
        ("presence_penalty", (-2, -1, -0.5, 0, 0.1, 0.5, 1, 1.5, 2)),
        ("repetition_penalty", (0.5, 0.9, 0.97, 1, 1.05, 1.1, 1.2, 1.4, 1.6, 2)),
        ("max_tokens", (16, 64, 128, 256, 512, 1024, 2048, 8192)),
    ],
)
def test_each_step_of_a_dial_says_something_of_its_own(name, values):
    said = [PARAMETERS[name].sentence(value) for value in values]
    assert len(set(said)) == len(values) >= 8


@pytest.mark.parametrize("value", [0.05, 0.3, 0.7, 0.9, 0.99, 1.05, 1.2, 1.5, 3])
def test_only_one_variety_leaves_the_model_as_it_is(value):
    assert "own shares" not in PARAMETERS["temperature"].sentence(value)


def test_no_conflict_reads_like_a_limit_of_length():
    for first in PARAMETERS:
        for second in PARAMETERS:
            said = " ".join(conflicts({first: 0.4, second: 0.6}))
            assert "how many words" not in said
            assert "fight" not in said
