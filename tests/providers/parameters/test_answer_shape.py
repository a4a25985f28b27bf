import json
import socket
import urllib.request
from typing import Any

import pytest

from app.providers.parameters.answer_shape import check_answer, misfit, schema_of, schema_trouble

ORDER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"price": {"type": "number", "minimum": 0}},
                "required": ["price"],
            },
        },
        "state": {"enum": ["new", "paid"]},
    },
    "required": ["items"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        ('{"items": []}', "fits", "Fits the schema."),
        ('  {"items": [{"price": 1.5}]}\n', "fits", "Fits the schema."),
        (
            '{"items": [{"price": 1}, {"price": 2}, {"price": "x"}]}',
            "misfit",
            "Does not fit: $.items[2].price is not a number.",
        ),
        ("{}", "misfit", "Does not fit: the whole lacks “items”."),
        ('{"items": [{}]}', "misfit", "Does not fit: $.items[0] lacks “price”."),
        (
            '{"items": [], "tip": 1}',
            "misfit",
            "Does not fit: the whole has “tip”, which the schema has not.",
        ),
        (
            '{"items": [], "state": "old"}',
            "misfit",
            'Does not fit: $.state is none of "new", "paid".',
        ),
        (
            '{"items": [{"price": -1}]}',
            "misfit",
            "Does not fit: $.items[0].price is too small: 0 is the least.",
        ),
        ("[]", "misfit", "Does not fit: the whole is not an object."),
        ("Sure! Here it is.", "not_json", "Not JSON: line 1, at “Sure! Here it is.”"),
        ('{"items": [', "not_json", "Not JSON: something is missing at the end."),
        ("", "not_json", "Not JSON: the answer is empty."),
    ],
)
def test_answers_are_judged_in_words(answer: str, kind: str, text: str) -> None:
    found = check_answer(answer, ORDER)
    assert (found.kind, found.text) == (kind, text)


def test_a_code_block_around_the_json_is_taken_and_said() -> None:
    found = check_answer('```json\n{"items": []}\n```', ORDER)
    assert found.kind == "fits"
    assert "code block" in found.text


def test_json_of_any_shape_is_asked_for_without_a_schema() -> None:
    assert check_answer("[1, 2]", {}).text == "Is JSON."
    assert check_answer("[1, 2", {}).kind == "not_json"


def test_what_is_too_long_or_too_deep_is_not_checked() -> None:
    assert check_answer('"' + "a" * 2_000_001 + '"', {}).kind == "unchecked"
    assert check_answer("[" * 500 + "]" * 500, {}).kind == "unchecked"
    assert check_answer("[" * 100_000, {}).kind == "unchecked"
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(200):
        deep = {"type": "array", "items": deep}
    assert check_answer("[]", deep).kind == "unchecked"


def test_a_schema_elsewhere_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def note(*arguments: Any, **_more: Any) -> None:
        asked.append(arguments)
        raise OSError("nothing may be asked")

    # Whoever fetches swallows the error, so what counts is what was asked.
    monkeypatch.setattr(urllib.request, "urlopen", note)
    monkeypatch.setattr(socket.socket, "connect", note)
    monkeypatch.setattr(socket, "getaddrinfo", note)
    for address in ("http://localhost:9/a.json", "file:///etc/passwd", "other.json"):
        found = check_answer("{}", {"properties": {}, "allOf": [{"$ref": address}]})
        assert found.kind == "unchecked"
        assert "does not fetch" in found.text
    assert asked == []


def test_a_reference_inside_the_schema_is_followed() -> None:
    schema = {"$ref": "#/$defs/word", "$defs": {"word": {"type": "string"}}}
    assert check_answer('"a"', schema).kind == "fits"
    assert check_answer("1", schema).text == "Does not fit: the whole is not a text."


def test_a_pattern_that_could_take_for_ever_is_left_out() -> None:
    slow = {"type": "string", "pattern": "^(a+)+$"}
    assert check_answer(json.dumps("a" * 60 + "!"), slow).kind == "fits"
    assert check_answer('"b"', {"pattern": "^a+$"}).kind == "misfit"
    assert check_answer('"b"', {"pattern": "("}).kind == "unchecked"


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"type": "object"}, ""),
        ({"properties": {"a": {"type": "strin"}}}, "$.properties.a.type: there is no type strin"),
        ({"required": "a"}, "$.required is not a list"),
        ({"minimum": "1"}, "$.minimum is not a number"),
        ([], "object in braces"),
    ],
)
def test_a_schema_itself_is_checked(schema: Any, says: str) -> None:
    trouble = schema_trouble(schema)
    assert says in trouble if says else trouble == ""


def test_a_broken_schema_does_not_blame_the_answer() -> None:
    assert misfit({}, {"type": "objet"}).startswith("The schema itself is not right")
    assert check_answer("{}", {"type": "objet"}).kind == "unchecked"


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ("json", {}),
        ("text", None),
        (None, None),
        ({"type": "json_object"}, {}),
        ({"type": "text"}, None),
        ({"type": "array"}, {"type": "array"}),
        ({"name": "n", "schema": {"type": "array"}}, {"type": "array"}),
        ({"type": "json_schema", "json_schema": {"schema": {"type": "null"}}}, {"type": "null"}),
    ],
)
def test_every_way_to_name_a_schema(value: Any, schema: Any) -> None:
    assert schema_of(value) == schema
