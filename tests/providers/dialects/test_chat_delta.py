from typing import Any

import pytest

from app.core.conversations.events import Candidate, WordScored
from app.providers.dialects.chat_delta import (
    SnapshotWatch,
    SurrogateJoiner,
    content_of,
    thought_of,
    words_of,
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Hi", ("Hi", "")),
        (None, ("", "")),
        ({"a": 1}, ("", "")),
        ([{"type": "text", "text": "a"}, "b", {"type": "refusal", "refusal": "c"}], ("abc", "")),
        (
            [
                {"type": "thinking", "thinking": [{"type": "text", "text": "t"}]},
                {"type": "text", "text": "a"},
            ],
            ("a", "t"),
        ),
    ],
)
def test_content_of_any_shape(content: Any, expected: tuple[str, str]) -> None:
    assert content_of(content) == expected


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        ({"reasoning": "a"}, ("a", "reasoning")),
        ({"reasoning_content": "a"}, ("a", "reasoning_content")),
        ({"thinking": "a"}, ("a", "thinking")),
        ({"reasoning": "a", "reasoning_content": "a"}, ("a", "reasoning")),
        (
            {
                "reasoning_content": "x",
                "reasoning_details": [{"type": "reasoning.text", "text": "a"}],
            },
            ("a", "reasoning_content"),
        ),
        (
            {
                "reasoning_details": [
                    {"type": "reasoning.summary", "summary": "s"},
                    {"type": "reasoning.encrypted", "data": "=="},
                ]
            },
            ("s", "reasoning"),
        ),
        ({"reasoning": None, "reasoning_details": None}, ("", "")),
        ({"reasoning": [{"type": "text", "text": "p"}]}, ("p", "reasoning")),
        ({"reasoning": 7}, ("", "")),
    ],
)
def test_one_thought_of_one_delta(delta: dict[str, Any], expected: tuple[str, str]) -> None:
    assert thought_of(delta) == expected


def test_scored_words() -> None:
    choice = {
        "logprobs": {
            "content": [
                {
                    "token": "Hi",
                    "logprob": -0.1,
                    "top_logprobs": [
                        {"token": "Yo", "logprob": -3},
                        {"token": "Hi", "logprob": -0.1},
                        {"token": "?", "logprob": None},
                    ],
                },
                {"token": "!", "logprob": "nan"},
                {"logprob": -1},
                None,
            ]
        }
    }
    assert list(words_of(choice)) == [
        WordScored("Hi", -0.1, (Candidate("Hi", -0.1), Candidate("Yo", -3)))
    ]
    assert list(words_of({"logprobs": {"tokens": ["a"]}})) == []


def test_halves_of_characters_are_joined() -> None:
    joiner = SurrogateJoiner()
    assert joiner.feed("a") == "a"
    assert joiner.feed("b\ud83d") == "b"
    assert joiner.feed("\ude00c") == "😀c"
    assert joiner.feed("\ud800x\ude00") == "\ufffdx\ufffd"
    assert joiner.feed("\ud83d") == ""
    assert joiner.flush() == "\ufffd"
    assert joiner.flush() == ""


def test_snapshots_are_noticed_and_deltas_are_not() -> None:
    watch = SnapshotWatch(3, 12)
    pieces = [
        "The quick",
        "The quick br",
        "The quick brown",
        "The quick brown fox",
        "The quick brown fox j",
    ]
    assert [watch.feed(piece) for piece in pieces] == [None, None, None, " fox", " j"]
    assert watch.feed("The quick") == ""
    assert watch.feed("Else") is None
    for deltas in (["ha", "ha", "haha"], ["1", "11", "111", "1111"], ["a", "b"], ["x", ""]):
        other = SnapshotWatch(3, 12)
        assert [other.feed(piece) for piece in deltas] == [None] * len(deltas)
