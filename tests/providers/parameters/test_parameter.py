import pytest

from app.core.errors import SettingError
from app.core.models.parameter import Kind, ParameterRange
from app.providers.parameters.parameter import (
    NOT_SENT,
    Parameter,
    figure,
    listed,
    read_texts,
    shown,
)

WARM = Parameter(
    "warmth", Kind.NUMBER, "Warmth", "How warm.", zones=((0, "Cold."), (1, "Mild.")), neutral=0
)
COUNT = Parameter("count", Kind.INTEGER, "Count", "How many.", minimum=0, maximum=10**6)
FLAG = Parameter("flag", Kind.FLAG, "Flag", "Whether.")
TEXTS = Parameter("ends", Kind.TEXTS, "Ends", "Where.")
WORD = Parameter("word", Kind.CHOICE, "Word", "Which.", read=str, verify=str)
MAP = Parameter("map", Kind.JSON, "Map", "Which.", verify=dict)


def test_the_sentence_changes_with_the_value() -> None:
    assert [WARM.sentence(value) for value in (None, -1, 0, 0.5, 3)] == [
        NOT_SENT, "Cold.", "Cold.", "Mild.", "How warm.",
    ]  # fmt: skip
    assert FLAG.sentence("odd") == "Whether."


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (WARM, "0.7", 0.7),
        (WARM, "0,7", 0.7),
        (WARM, "−1", -1),
        (WARM, "2", 2),
        (COUNT, "65\u202f536", 65536),
        (COUNT, " 7 ", 7),
        (COUNT, "4,096", 4096),
        (COUNT, "1e3", 1000),
        (COUNT, "7.0", 7),
        (FLAG, "on", True),
        (FLAG, "False", False),
        (TEXTS, "a\nb\\n\n\n", ["a", "b\n"]),
        (TEXTS, '["a", "b,c"]', ["a", "b,c"]),
        (WORD, " x ", "x"),
        (MAP, '{"a": 1}', {"a": 1}),
    ],
)
def test_texts_are_understood(parameter: Parameter, text: str, value: object) -> None:
    assert parameter.parse(text) == value


@pytest.mark.parametrize(
    ("parameter", "text", "says"),
    [
        (WARM, "warm", "like 0.7"),
        (WARM, "inf", "like 0.7"),
        (WARM, "nan", "like 0.7"),
        (COUNT, "1.5", "whole number"),
        (COUNT, "9" * 30, "takes whole numbers from 0 to 1\u202f000\u202f000"),
        (COUNT, "-1", "takes whole numbers from 0 to 1\u202f000\u202f000, not -1"),
        (COUNT, "1e9", "not 1\u202f000\u202f000\u202f000"),
        (COUNT, "7" * 9000, "takes whole numbers"),
        (COUNT, "0.5", "takes a whole number"),
        (WARM, "1" * 9999 + "x", "like 0.7"),
        (WARM, "1e999", "like 0.7"),
        (FLAG, "maybe", "on or off"),
        (TEXTS, "[1]", "JSON list"),
        (TEXTS, "[", "takes JSON"),
        (MAP, "{", "takes JSON"),
        (MAP, "[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_not_understood_is_explained(parameter: Parameter, text: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        parameter.parse(text)


def test_a_value_that_fits_comes_back_unchanged() -> None:
    assert WARM.check(0.3, ParameterRange(0, 1)) == 0.3
    assert WARM.check(9, ParameterRange()) == 9
    assert COUNT.check(4.0, ParameterRange()) == 4
    assert TEXTS.check("a", ParameterRange(max_items=1)) == ["a"]
    assert TEXTS.check(("a", ""), ParameterRange()) == ["a"]
    assert TEXTS.check("", ParameterRange()) == []
    assert WORD.check("a", ParameterRange(choices=("a", "b"))) == "a"


@pytest.mark.parametrize(
    ("parameter", "value", "range_", "says"),
    [
        (WARM, 0, ParameterRange(0.01, 1), "from 0.01 to 1 on this route, not 0"),
        (WARM, 5, ParameterRange(None, 1), "at most 1"),
        (COUNT, 0, ParameterRange(1, None), "at least 1"),
        (TEXTS, ["a"] * 5, ParameterRange(max_items=4), "at most 4 texts"),
        (WORD, "c", ParameterRange(choices=("a", "b")), "takes a or b"),
        (WARM, True, ParameterRange(), "takes a number"),
        (WARM, float("inf"), ParameterRange(), "takes a number"),
        (COUNT, 1.5, ParameterRange(), "whole number"),
        (COUNT, float("nan"), ParameterRange(), "whole number"),
        (FLAG, 1, ParameterRange(), "on or off"),
        (TEXTS, [1], ParameterRange(), "list of texts"),
        (Parameter("j", Kind.JSON, "J", ""), 1, ParameterRange(), "another kind"),
    ],
)
def test_what_does_not_fit_is_refused_not_clamped(
    parameter: Parameter, value: object, range_: ParameterRange, says: str
) -> None:
    with pytest.raises(SettingError, match=says):
        parameter.check(value, range_)  # type: ignore[arg-type]


def test_off_is_said_to_be_a_reset() -> None:
    with pytest.raises(SettingError) as caught:
        WARM.check(0, ParameterRange(0.01, 1))
    assert "switch Warmth off" in caught.value.hint


def test_small_words() -> None:
    assert (figure(65536), figure(0.01), figure(-2)) == ("65\u202f536", "0.01", "-2")
    assert (listed(["a"]), listed(["a", "b", "c"])) == ("a", "a, b or c")
    assert shown("x" * 50) == "x" * 40 + "…"
    assert read_texts("\\tx", "T") == ["\tx"]
