from typing import Any

import pytest

from app.core.errors import SettingError
from app.providers.parameters.declarations import PARAMETERS

THINKING, SHAPE, BIAS = (
    PARAMETERS[name] for name in ("reasoning", "response_format", "logit_bias")
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("high", "high"),
        ("OFF", "off"),
        ("none", "off"),
        ("2000", {"max_tokens": 2000}),
        ("high, hidden", {"effort": "high", "exclude": True}),
        ("2000 hidden", {"max_tokens": 2000, "exclude": True}),
        ("low shown", "low"),
        ('{"effort": "xhigh"}', {"effort": "xhigh"}),
    ],
)
def test_thinking_is_understood(text: str, value: object) -> None:
    assert THINKING.parse(text) == value


@pytest.mark.parametrize(
    "text", ["", "hard", "0", "high low", '{"effort": "much"}', '{"x": 1}', "{}"]
)
def test_thinking_says_what_it_takes(text: str) -> None:
    with pytest.raises(SettingError, match="off, low, medium or high"):
        THINKING.parse(text)


@pytest.mark.parametrize(
    ("value", "starts"),
    [
        ("off", "Answers at once"),
        ("high", "Thinks long"),
        ({"max_tokens": 2000}, "Thinks with up to 2\u202f000 tokens."),
        (500, "Thinks with up to 500 tokens."),
        ({"effort": "xhigh"}, "Thinks very long"),
        ({"enabled": False}, "Answers at once"),
        ("odd", "How long"),
    ],
)
def test_thinking_is_described(value: Any, starts: str) -> None:
    assert THINKING.sentence(value).startswith(starts)


def test_hidden_thinking_is_still_paid_for() -> None:
    assert "paid for" in THINKING.sentence({"effort": "low", "exclude": True})


@pytest.mark.parametrize(
    ("value", "checked"),
    [(True, {"enabled": True}), (False, "off"), (800, {"max_tokens": 800}), ("low", "low")],
)
def test_thinking_takes_short_forms(value: Any, checked: object) -> None:
    assert THINKING.verify is not None
    assert THINKING.verify(value) == checked


@pytest.mark.parametrize("value", [-1, 1.5, {"max_tokens": "many"}, {"exclude": "yes"}, ["low"]])
def test_thinking_refuses_other_values(value: Any) -> None:
    assert THINKING.verify is not None
    with pytest.raises(SettingError):
        THINKING.verify(value)


def test_answer_shapes() -> None:
    assert SHAPE.parse("JSON") == "json"
    assert SHAPE.parse("json_object") == "json"
    assert SHAPE.parse('{"type": "object"}') == {"type": "object"}
    assert SHAPE.sentence("text") == "Plain text."
    assert SHAPE.sentence("json").startswith("JSON;")
    assert "schema" in SHAPE.sentence({"type": "object"})
    for wrong in ("xml", "{}", "{"):
        with pytest.raises(SettingError):
            SHAPE.parse(wrong)


def test_word_bias() -> None:
    assert BIAS.parse('{"12": -100, "7": 5}') == {"12": -100, "7": 5}
    assert BIAS.sentence({"12": -100, "7": 5}) == "Tokens: 1 pushed, 1 banned."
    assert BIAS.sentence({}) == "Tokens: none."
    assert BIAS.sentence("x").startswith("Makes")
    for wrong in ("{}", '{"a": 1}', '{"1": 101}', '{"1": "x"}', "[]"):
        with pytest.raises(SettingError, match="100"):
            BIAS.parse(wrong)


@pytest.mark.parametrize("effort", ["minimal", "xhigh", "max"])
def test_efforts_that_only_some_routes_list_are_understood(effort: str) -> None:
    assert THINKING.parse(effort) == effort
    assert THINKING.sentence(effort).startswith("Thinks ")
    assert THINKING.parse("none") == "off"
