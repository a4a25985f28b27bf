import tomllib
from importlib.resources import files

import pytest

from app.core.models.parameter import ParameterRange
from app.practice.answer import Turn
from app.practice.request import (
    CONTEXT,
    DEFAULT_LENGTH,
    MODEL_ID,
    RANGES,
    BadRequestError,
    read_request,
)

QUESTION = [{"role": "user", "content": "Hello"}]


def read(**more):
    body = {"model": MODEL_ID, "messages": QUESTION, **more}
    return read_request(body, lambda word: [7, 8] if word == "tide" else [])


def refusal(**more):
    with pytest.raises(BadRequestError) as caught:
        read(**more)
    return caught.value


def test_a_bare_request_gets_the_defaults():
    asked = read()
    assert asked.turns == (Turn("user", "Hello"),)
    assert (asked.seed, asked.limit, asked.stops, asked.rivals) == (None, DEFAULT_LENGTH, (), None)
    assert asked.sampling.temperature == 0.7
    assert not asked.is_stream


def test_everything_it_takes_is_taken():
    asked = read(
        temperature=1.5,
        top_p=0.9,
        top_k=5,
        min_p=0.1,
        top_a=0.2,
        frequency_penalty=-1,
        presence_penalty=1,
        repetition_penalty=1.2,
        seed=-4,
        max_tokens=9,
        stop=["a", "b"],
        logprobs=True,
        top_logprobs=4,
        logit_bias={"3": 1.5, "tide": -100},
        response_format={"type": "text"},
        stream=True,
        stream_options={"include_usage": True},
    )
    assert (asked.seed, asked.limit, asked.stops, asked.rivals) == (-4, 9, ("a", "b"), 4)
    assert asked.sampling.logit_bias == {3: 1.5, 7: -100, 8: -100}
    assert (asked.sampling.top_k, asked.sampling.top_a) == (5, 0.2)
    assert asked.is_stream


def test_null_is_absent():
    assert read(temperature=None, stop=None, seed=None) == read()


@pytest.mark.parametrize("name", [name for name in RANGES if name != "seed"])
def test_both_ends_of_every_range_are_in_it_and_what_lies_beyond_is_not(name):
    low, high = RANGES[name].minimum, RANGES[name].maximum
    more = {"logprobs": True} if name == "top_logprobs" else {}
    read(**{name: low, **more})
    read(**{name: high, **more})
    for value in (low - 1, high + 1):
        error = refusal(**{name: value, **more})
        assert error.parameter == name
        assert f"between {low:g} and {high:g}" in str(error)
        assert error.status == 400


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"temperature": "hot"}, "temperature"),
        ({"temperature": True}, "temperature"),
        ({"temperature": float("nan")}, "temperature"),
        ({"top_k": 1.5}, "top_k"),
        ({"seed": "seven"}, "seed"),
        ({"stop": ""}, "stop"),
        ({"stop": [""]}, "stop"),
        ({"stop": 4}, "stop"),
        ({"stop": ["a", "b", "c", "d", "e"]}, "stop"),
        ({"top_logprobs": 3}, "top_logprobs"),
        ({"logprobs": 1}, "logprobs"),
        ({"stream": "yes"}, "stream"),
        ({"logit_bias": [1]}, "logit_bias"),
        ({"logit_bias": {"1": 101}}, "logit_bias"),
        ({"logit_bias": {"1": True}}, "logit_bias"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"response_format": "json"}, "response_format"),
        ({"reasoning": {"effort": "low"}}, "reasoning"),
        ({"tools": []}, "tools"),
        ({"messages": []}, "messages"),
        ({"messages": None}, "messages"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages"),
        ({"messages": ["x"]}, "messages"),
        ({"messages": [{"role": "user"}]}, "messages"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]},
            "messages",
        ),
    ],
)
def test_what_it_does_not_take_is_refused_by_name(parameters, named):
    error = refusal(**parameters)
    assert (error.parameter, error.status) == (named, 400)
    assert error.body["error"]["param"] == named
    assert error.body["error"]["type"] == "invalid_request_error"


def test_another_model_is_not_found():
    error = refusal(model="gpt")
    assert (error.status, error.code) == (404, "model_not_found")


def test_a_body_that_is_no_object_is_refused():
    with pytest.raises(BadRequestError, match="JSON object") as caught:
        read_request([], list)
    assert caught.value.body["error"]["param"] is None


def test_text_parts_are_joined():
    content = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    assert read(messages=[{"role": "user", "content": content}]).turns == (Turn("user", "ab"),)


def test_the_provider_file_says_the_same():
    text = (files("resources") / "providers" / "practice.toml").read_text("utf-8")
    model = tomllib.loads(text)["models"][0]
    assert (model["id"], model["context"]) == (MODEL_ID, CONTEXT)
    listed = model["parameters"]
    assert set(listed) == {*RANGES, "stop", "logprobs", "logit_bias"}
    for name, accepted in RANGES.items():
        entry = listed[name]
        stated = ParameterRange(*(entry.get(key) for key in ("minimum", "maximum", "default")))
        assert stated == accepted
