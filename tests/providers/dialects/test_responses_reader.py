from typing import Any

import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import MessageState, ReasoningPart, ToolCallPart
from app.core.conversations.events import TextReplaced
from app.core.errors import ProviderError, QuotaError, UnavailableError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.responses_reader import ResponsesReader
from app.providers.errors.error_reply import ErrorReader


def reader() -> ResponsesReader:
    profile = Catalogue.bundled().profile("openrouter")
    return ResponsesReader(profile.cost_from, ErrorReader(profile, "m"))


def read(*pieces: dict[str, Any], marker: bool = False) -> tuple[Accumulator, ResponsesReader]:
    subject, total = reader(), Accumulator()
    for piece in pieces:
        kind = piece["type"]
        full = kind if kind == "error" or "." in kind else f"response.{kind}"
        for event in subject.feed({**piece, "type": full}):
            total.add(event)
    for event in subject.finish(has_marker=marker):
        total.add(event)
    return total, subject


def delta(text: str, index: int | None = 0, part: int = 0, **more: Any) -> dict[str, Any]:
    place = {} if index is None else {"output_index": index}
    more = {"content_index": part, **more}
    return {"type": "response.output_text.delta", "delta": text, **place, **more}


def message(*texts: str, **more: Any) -> dict[str, Any]:
    content = [{"type": "output_text", "text": text} for text in texts]
    return {"type": "message", "role": "assistant", "content": content, **more}


def completed(*output: dict[str, Any], **more: Any) -> dict[str, Any]:
    response = {"id": "resp_1", "status": "completed", "output": [*output], **more}
    return {"type": "completed", "response": response}


def test_text_may_come_only_at_the_end() -> None:
    total, subject = read(completed(message("A cat."), usage={"input_tokens": 3}))
    assert (total.text, total.state) == ("A cat.", MessageState.DONE)
    assert (total.usage.input_tokens, total.started.generation_id) == (3, "resp_1")
    assert subject.is_over


def test_the_end_of_a_part_outranks_its_pieces() -> None:
    done = {"type": "response.output_text.done", "output_index": 0, "content_index": 0}
    total, _ = read(delta("A d"), delta("og"), {**done, "text": "A cat."}, completed())
    assert total.text == "A cat."
    total, _ = read(delta("A "), {**done, "text": "A cat."}, completed(message("A cat.")))
    assert total.text == "A cat."


def test_halves_of_characters_are_no_difference() -> None:
    subject = reader()
    events = [*subject.feed(delta("\ud83d")), *subject.feed(delta("\ude00"))]
    events += subject.feed(
        {"type": "response.completed", **completed(message("😀"))} | {"type": "response.completed"}
    )
    assert not any(isinstance(event, TextReplaced) for event in events)


def test_parts_join_and_items_stand_apart_also_out_of_order() -> None:
    total, _ = read(delta("b", 2), delta("a", 1), delta("!", 1, 1), delta("c", 2), completed())
    assert total.text == "a!\n\nbc"


@pytest.mark.parametrize(
    "final",
    [
        message("A cat.", id="other"),
        message("A cat."),
        message("A cat.", id="msg_1"),
    ],
)
def test_the_final_response_is_not_a_second_answer(final: dict[str, Any]) -> None:
    thought = {"type": "response.reasoning_text.delta", "output_index": 0, "delta": "Hm"}
    added = {"type": "response.output_item.added", "output_index": 1}
    opened = {**added, "item": {"type": "message", "id": "msg_1"}}
    total, _ = read(thought, opened, delta("A cat.", 1), completed(final))
    assert (total.text, total.reasoning) == ("A cat.", "Hm")


def test_items_are_told_apart_by_id_where_numbers_are_missing() -> None:
    one, two = (
        delta("Hm.", None, item_id="msg_1"),
        delta("Ha.", None, item_id="msg_2"),
    )
    total, _ = read(one, two, completed())
    assert total.text == "Hm.\n\nHa."
    total, _ = read(delta("Hm.", None), delta("Ha.", None), completed())
    assert total.text == "Hm.Ha."


def test_of_two_kinds_of_thought_one_is_shown() -> None:
    at = {"output_index": 0}
    total, _ = read(
        {"type": "response.reasoning_summary_text.delta", **at, "summary_index": 0, "delta": "It"},
        {"type": "response.reasoning_summary_text.done", **at, "summary_index": 0, "text": "It is"},
        {"type": "response.reasoning_summary_text.delta", **at, "summary_index": 1, "delta": "So"},
        {"type": "response.reasoning_text.delta", **at, "content_index": 0, "delta": "Raw"},
        completed(message("A")),
    )
    assert total.reasoning == "It is\n\nSo"


def test_a_thought_is_kept_whole_and_once() -> None:
    item = {"type": "reasoning", "id": "rs_1", "content": [{"text": "Hm"}], "signature": "s"}
    done = {"type": "response.output_item.done", "output_index": 0, "item": item}
    total, _ = read(done, completed(item, message("A")))
    (thought,) = (part for part in total.parts if isinstance(part, ReasoningPart))
    assert (thought.text, thought.details) == ("Hm", (item,))


def test_arguments_are_told_once_and_as_the_end_says() -> None:
    call = {"type": "function_call", "id": "fc", "call_id": "c1", "name": "now", "arguments": ""}
    at = {"output_index": 0}
    pieces = [
        {"type": "response.output_item.added", **at, "item": call},
        {"type": "response.function_call_arguments.delta", **at, "delta": '{"a":'},
        {"type": "response.function_call_arguments.done", **at, "arguments": '{"a":1}'},
    ]
    done = {**call, "arguments": '{"a":1}'}
    total, _ = read(*pieces, completed(done))
    assert total.parts == (ToolCallPart("c1", "now", '{"a":1}'),)
    assert total.finished is not None
    assert total.finished.finish_reason == "tool_calls"
    total, _ = read(*pieces[:2])
    assert (total.parts[0], total.state) == (
        ToolCallPart("c1", "now", '{"a":'),
        MessageState.CUT_OFF,
    )


def test_scored_words_come_once() -> None:
    scored = [{"token": "A", "logprob": -0.5}]
    done = {"type": "response.output_text.done", "output_index": 0, "text": "A"}
    total, _ = read(delta("A", logprobs=scored), {**done, "logprobs": scored}, completed())
    assert [word.text for word in total.words] == ["A"]
    total, _ = read(delta("A"), {**done, "logprobs": scored}, completed())
    assert [word.text for word in total.words] == ["A"]


@pytest.mark.parametrize(
    ("more", "state", "reason"),
    [
        ({"status": "incomplete"}, MessageState.CUT_OFF, "length"),
        (
            {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}},
            MessageState.CUT_OFF,
            "length",
        ),
        (
            {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}},
            MessageState.REFUSED,
            "content_filter",
        ),
        ({"status": "cancelled"}, MessageState.CUT_OFF, "cancelled"),
        ({"status": ""}, MessageState.DONE, "stop"),
    ],
)
def test_the_status_says_how_it_ended(
    more: dict[str, Any], state: MessageState, reason: str
) -> None:
    total, _ = read(completed(message("A"), **more))
    assert total.finished is not None
    assert (total.state, total.finished.finish_reason) == (state, reason)


ERROR = {"code": "rate_limit_exceeded", "message": "Slow down"}


@pytest.mark.parametrize(
    "piece",
    [
        {"type": "error", **ERROR, "param": None},
        {"type": "error", "error": ERROR},
        {"type": "response.error", "error": ERROR},
        {"type": "response.failed", "response": {"status": "failed", "error": ERROR}},
    ],
)
def test_an_error_has_four_forms(piece: dict[str, Any]) -> None:
    subject = reader()
    assert subject.feed(delta("Hi"))
    subject.feed(piece)
    assert isinstance(subject.failure, QuotaError)
    assert "Slow down" in subject.failure.message


def test_a_failure_without_a_reason_is_one_too() -> None:
    failed = {"type": "response.failed", "response": {"status": "failed", "error": None}}
    subject = reader()
    subject.feed({**failed, "error_type": "provider_overloaded"})
    assert isinstance(subject.failure, UnavailableError)


def test_whole_replies() -> None:
    subject, total = reader(), Accumulator()
    for event in subject.whole(completed(message("Hi"))["response"]):
        total.add(event)
    assert (total.text, subject.is_complete) == ("Hi", True)
    broken = reader()
    assert broken.whole({"error": {"message": "No"}}) == []
    assert isinstance(broken.failure, ProviderError)
    assert reader().whole({}) == []


@pytest.mark.parametrize("junk", [None, 1, "x", [], {}, {"a": None}])
def test_strange_values_break_nothing(junk: Any) -> None:
    names = ("delta", "item", "part", "response", "annotation", "text", "arguments", "item_id")
    kinds = (
        "output_text.delta",
        "output_text.done",
        "refusal.done",
        "content_part.done",
        "output_item.added",
        "output_item.done",
        "reasoning_text.delta",
        "reasoning_summary_part.done",
        "function_call_arguments.delta",
        "function_call_arguments.done",
        "output_text.annotation.added",
        "incomplete",
        "something.new",
    )
    for kind in kinds:
        subject = reader()
        subject.feed(
            {"type": f"response.{kind}", **dict.fromkeys(names, junk), "output_index": junk}
        )
        subject.feed(junk, "response.output_text.delta")
        assert subject.failure is None
