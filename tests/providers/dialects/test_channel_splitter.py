import time
from itertools import pairwise

import pytest

from app.core.conversations.events import ReasoningAdded, TextAdded
from app.providers.dialects.thought_splitter import ThoughtSplitter

FULL = (
    "<|channel|>analysis<|message|>Plan: greet.<|end|>"
    "<|start|>assistant<|channel|>final<|message|>Hello < there.<|return|>"
)


def split(*pieces: str) -> tuple[str, str]:
    """The text and the thought of an answer in these pieces."""
    subject = ThoughtSplitter()
    events = [event for piece in pieces for event in subject.feed(piece)] + subject.flush()
    said = "".join(event.text for event in events if isinstance(event, TextAdded))
    return said, "".join(event.text for event in events if isinstance(event, ReasoningAdded))


CASES = [
    (FULL, ("Hello < there.", "Plan: greet.")),
    ("<|start|>assistant" + FULL, ("Hello < there.", "Plan: greet.")),
    ("\n" + FULL, ("Hello < there.", "Plan: greet.")),
    (FULL.removesuffix("<|return|>"), ("Hello < there.", "Plan: greet.")),
    ("<|channel|>analysis<|message|>Plan<|end|>Hello\nthere", ("Hello\nthere", "Plan")),
    ("<|channel|>analysis<|message|>Plan", ("", "Plan")),
    ("<|channel|>final<|message|>Hi<|end|>", ("Hi", "")),
    ("<|channel|>final <|constrain|>json<|message|>{}<|return|>", ("{}", "")),
    ("<|channel|>analysis<|message|>a<|<|end|>", ("", "a<|")),
    ("<|chan", ("<|chan", "")),
    ("<|channel|>analysis<|message|>Plan<|end|>assistant", ("assistant", "Plan")),
    ("<|channel|>analysis<|message|>Plan<|end|>\n\nHi, you.", ("Hi, you.", "Plan")),
    ("<|channel|>commentary<|message|>A<|end|>" + FULL, ("A\n\nHello < there.", "Plan: greet.")),
    ("<|channel|>commentary to=functions.f<|message|>{}<|call|>", ("", "{}")),
    ("<|channel|>analysis<|message|>a<|end|>" + FULL, ("Hello < there.", "a\n\nPlan: greet.")),
    (
        "Hi <|channel|>analysis<|message|>x<|end|>",
        ("Hi <|channel|>analysis<|message|>x<|end|>", ""),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_channels_are_told_apart_wherever_they_are_cut(text: str, wanted: tuple[str, str]) -> None:
    assert split(text) == wanted
    assert split(*text) == wanted
    for place in range(len(text)):
        assert split(text[:place], text[place:]) == wanted


@pytest.mark.parametrize("size", [2, 3, 5, 11])
def test_channels_come_in_pieces_of_any_size(size: int) -> None:
    places = [*range(0, len(FULL), size), len(FULL)]
    assert split(*(FULL[a:b] for a, b in pairwise(places))) == ("Hello < there.", "Plan: greet.")


@pytest.mark.parametrize("unit", ["<|channel|>", "<|", "<|message|>", "<|end|>a", "<|start|>x\n"])
def test_hostile_channels_take_time_in_proportion(unit: str) -> None:
    began = time.process_time()
    text = "<|channel|>" + unit * 30_000
    split(text)
    split(*(text[place : place + 5] for place in range(0, len(text), 5)))
    assert time.process_time() - began < 8


def test_what_is_said_behind_a_thought_is_not_held_back() -> None:
    subject = ThoughtSplitter()
    subject.feed("<|channel|>analysis<|message|>Plan<|end|>")
    assert subject.feed("Hi") == [TextAdded("Hi")]
