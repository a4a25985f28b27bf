"""What models think aloud, and how it goes back to them."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import MessageState, Provenance, ReasoningPart, Role
from app.core.conversations.events import ReasoningAdded
from tests.quirks.wire import BODIES, chat_body, client_in, delta, read
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, question, said

STOP = delta("", "stop")
GEMMA_2 = ("openrouter", "google/gemma-2-27b-it")


def detail(kind="reasoning.text", **more):
    return {"type": kind, "format": "anthropic-claude-v1", "index": 0, **more}


def answer_with(outcome, route=GEMMA_4):
    return replace(
        said(Role.ASSISTANT, "", 2), parts=outcome.sum.parts, provenance=Provenance(*route)
    )


async def asked_again(sim, closing, answer, route=GEMMA_4, client=None, **scenario):
    """The turns sent with the next question after an answer."""
    sim.next(Scenario(**scenario))
    branch = [said(Role.USER, "Hi", 1), answer, said(Role.USER, "More", 3)]
    client = client or closing(client_in(sim, "chat"))
    outcome = await ask(client, question(*route, messages=branch))
    return outcome, sim.record.last.json["messages"]


async def test_q44_a_thought_told_three_times_is_told_once(sim, closing):
    thought = {"reasoning": "Hm.", "reasoning_content": "Hm."}
    events = [delta("", **thought, reasoning_details=[detail(text="Hm.")]), delta("One"), STOP]
    outcome = await read(sim, closing, chat_body(*events))
    assert (outcome.sum.reasoning, outcome.text) == ("Hm.", "One")


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content", "thinking", "reasoning_text"])
async def test_q45_a_thought_is_read_under_every_name_and_goes_back_under_its_own(
    sim, closing, field
):
    outcome = await read(sim, closing, chat_body(delta("", **{field: "Hm."}), delta("One"), STOP))
    assert (outcome.sum.reasoning, outcome.text) == ("Hm.", "One")
    (part,) = (part for part in outcome.sum.parts if isinstance(part, ReasoningPart))
    assert part.field == field


TAGGED = "<think>a < b, then</think>\n\nSo: a < b."


@pytest.mark.parametrize("cut", range(1, len(TAGGED)))
async def test_q46_tags_are_found_wherever_they_are_cut(sim, closing, cut):
    events = [delta(TAGGED[:cut]), delta(TAGGED[cut:]), STOP]
    outcome = await read(sim, closing, chat_body(*events))
    assert (outcome.sum.reasoning, outcome.text) == ("a < b, then", "So: a < b.")


async def test_q46_a_less_than_sign_is_not_held_back(sim, closing):
    body = chat_body(delta("<think>x"), delta("a < b"), delta("</think>y"), STOP)
    outcome = await read(sim, closing, body)
    thoughts = [event.text for event in outcome.events if isinstance(event, ReasoningAdded)]
    assert "".join(thoughts) == "xa < b"


async def test_q46_a_block_the_template_opened_is_a_thought(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("Hm.\n"), delta("</think>\n\nOne"), STOP))
    assert (outcome.sum.reasoning.strip(), outcome.text) == ("Hm.", "One")


async def test_q46_a_block_never_closed_is_shown_as_a_thought(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("<think>Only this"), STOP))
    assert (outcome.sum.reasoning, outcome.text) == ("Only this", "")


async def test_q47_a_tag_in_the_text_is_text(sim, closing):
    text = "The tag <think> opens. ```\n<think>x</think>\n``` Done."
    outcome = await read(sim, closing, chat_body(*map(delta, text), STOP))
    assert (outcome.text, outcome.sum.reasoning) == (text, "")


async def test_q48_a_signature_without_text_belongs_to_its_block(sim, closing):
    events = [
        delta("", reasoning_details=[detail(text="Let ")]),
        delta("", reasoning_details=[detail(text="me see.")]),
        delta("", reasoning_details=[detail(signature="EqQB")]),
        delta("One"),
        STOP,
    ]
    outcome = await read(sim, closing, chat_body(*events))
    _, turns = await asked_again(sim, closing, answer_with(outcome))
    (replayed,) = turns[1]["reasoning_details"]
    assert replayed == detail(text="Let me see.", signature="EqQB")


async def test_q49_sealed_thoughts_are_kept_replayed_and_never_shown(sim, closing):
    sealed = detail("reasoning.encrypted", data="QUJDREVG", index=1)
    odd = {"type": "reasoning.unheard_of", "x": [1, {"y": 2}], "index": 2}
    events = [delta("", reasoning_details=[detail(text="Hm."), sealed, odd]), delta("One"), STOP]
    outcome = await read(sim, closing, chat_body(*events))
    assert outcome.sum.reasoning == "Hm."
    _, turns = await asked_again(sim, closing, answer_with(outcome))
    assert turns[1]["reasoning_details"] == [detail(text="Hm."), sealed, odd]


async def test_q50_thoughts_of_another_model_are_not_sent(sim, closing):
    events = [delta("", reasoning_details=[detail(text="Hm.", signature="s")]), delta("One"), STOP]
    outcome = await read(sim, closing, chat_body(*events))
    _, turns = await asked_again(sim, closing, answer_with(outcome), GEMMA_2)
    assert "reasoning_details" not in turns[1]
    assert "Hm." not in str(turns)
    assert turns[1]["content"] == "One"


async def test_q50_a_refused_signature_is_left_out_once_and_said(sim, closing):
    events = [delta("", reasoning_details=[detail(text="Hm.", signature="s")]), delta("One"), STOP]
    outcome = await read(sim, closing, chat_body(*events))
    again, turns = await asked_again(
        sim, closing, answer_with(outcome), refuse="signature", times=2
    )
    assert (again.error, again.notices) == (None, ["details_left_out"])
    assert "reasoning_details" not in turns[1]


async def test_q51_a_limit_used_up_by_thinking_is_explained(sim, closing):
    body = chat_body(delta("", reasoning="Let me think about"), delta("", "length"))
    outcome = await read(sim, closing, body)
    assert outcome.text == ""
    assert outcome.sum.state is MessageState.CUT_OFF
    words = " ".join(notice.text for notice in outcome.sum.notices)
    assert "think" in words
    assert "limit" in words


async def test_thoughts_of_the_other_dialects_go_back_as_they_came(sim, closing):
    """q48 and q49 in Messages: the block with its signature, unchanged, before the text."""
    events = [
        {"type": "message_start", "message": {"id": "m1", "model": "m", "usage": {}}},
        {
            "type": "content_block_start",
            "index": 0,
            "content_block": {"type": "thinking", "thinking": "", "signature": ""},
        },
        {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "thinking_delta", "thinking": "Hm."},
        },
        {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "signature_delta", "signature": "EqQB"},
        },
        {"type": "content_block_stop", "index": 0},
        {
            "type": "content_block_start",
            "index": 1,
            "content_block": {"type": "redacted_thinking", "data": "QUJD"},
        },
        {"type": "content_block_stop", "index": 1},
        {"type": "content_block_start", "index": 2, "content_block": {"type": "text", "text": ""}},
        {
            "type": "content_block_delta",
            "index": 2,
            "delta": {"type": "text_delta", "text": "One"},
        },
        {"type": "content_block_stop", "index": 2},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {}},
        {"type": "message_stop"},
    ]
    outcome = await read(sim, closing, chat_body(*events, done=False), dialect="messages")
    assert (outcome.sum.reasoning, outcome.text) == ("Hm.", "One")
    client = closing(client_in(sim, "messages"))
    _, turns = await asked_again(sim, closing, answer_with(outcome), client=client)
    assert turns[1]["content"][:2] == [
        {"type": "thinking", "thinking": "Hm.", "signature": "EqQB"},
        {"type": "redacted_thinking", "data": "QUJD"},
    ]
    assert BODIES.keys() == {"chat", "responses", "messages"}
