"""Quirks: what the events of an answer hold."""

import json
from decimal import Decimal

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Finished, TextAdded, UsageReported
from tests.quirks.wire import BODIES, DIALECTS, DONE, USAGE, chat_body, client_in, delta, line, read
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, client_at, question

STOP = delta("", "stop")


def usage(read_, written):
    return {"prompt_tokens": read_, "completion_tokens": written, "total_tokens": read_ + written}


async def test_q23_usage_beside_no_choices_is_read(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("One"), STOP, USAGE))
    assert (outcome.sum.usage.input_tokens, outcome.sum.usage.output_tokens) == (12, 7)
    assert outcome.text == "One"


async def test_q24_a_first_event_without_choices_is_passed_over(sim, closing):
    first = {"choices": [], "prompt_filter_results": [{}], "debug": {"echo_upstream_body": {}}}
    outcome = await read(sim, closing, chat_body(first, delta("One"), STOP))
    assert (outcome.text, outcome.notices, outcome.error) == ("One", [], None)


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ([None, None, usage(12, 7)], 7),
        ([usage(12, 1), usage(12, 4), usage(12, 7)], 7),
        ([usage(12, 7), usage(0, 0), usage(0, 0)], 7),
    ],
    ids=["null", "cumulative", "zeros"],
)
async def test_q25_the_last_counts_that_say_something_hold(sim, closing, counts, wanted):
    said = [{**delta(text), "usage": count} for text, count in zip("abc", counts, strict=True)]
    outcome = await read(sim, closing, chat_body(*said, STOP))
    assert outcome.sum.usage.input_tokens == 12
    assert outcome.sum.usage.output_tokens == wanted


@pytest.mark.parametrize("place", ["before", "inside", "after"])
async def test_q26_usage_is_found_before_in_and_after_the_finish(sim, closing, place):
    finish = {**STOP, "usage": USAGE["usage"]} if place == "inside" else STOP
    order = {"before": [USAGE, finish], "inside": [finish], "after": [finish, USAGE]}[place]
    events = [line(value) for value in (delta("One"), *order)]
    outcome = await read(sim, closing, *events, DONE)
    assert outcome.sum.usage.output_tokens == 7


async def test_q26_heartbeats_after_the_finish_do_not_hold_the_answer(sim, closing):
    """They never end; only what is granted after a finish does."""
    body = line(delta("One")) + line(STOP)
    sim.next(Scenario(pieces=(body,), end="heartbeats"))
    outcome = await ask(closing(client_in(sim, "chat")), question(*GEMMA_4))
    assert (outcome.text, outcome.sum.state) == ("One", MessageState.DONE)
    assert isinstance(outcome.events[-1], Finished)


async def test_q27_a_finish_without_a_delta_is_a_finish(sim, closing):
    finish = {"id": "", "choices": [{"index": 0, "finish_reason": "stop"}]}
    outcome = await read(sim, closing, chat_body(delta("One"), finish, done=False))
    assert (outcome.sum.state, outcome.notices) == (MessageState.DONE, [])


async def test_q28_the_first_id_that_is_one_counts(sim, closing):
    events = [
        {**delta("a"), "id": ""},
        {**delta("b"), "id": "gen-7"},
        {**delta("c"), "id": "gen-8"},
    ]
    outcome = await read(sim, closing, chat_body(*events, {**STOP, "id": ""}))
    assert outcome.text == "abc"
    assert outcome.sum.started.generation_id == "gen-7"


async def test_q28_two_answers_with_the_same_id_are_two(sim, closing):
    client = closing(client_in(sim, "chat"))
    first = await read(sim, closing, chat_body(delta("One"), STOP), client=client)
    second = await read(sim, closing, chat_body(delta("Two"), STOP), client=client)
    assert (first.text, second.text) == ("One", "Two")


async def test_q29_an_empty_finish_reason_is_none(sim, closing):
    call = {"index": 0, "id": "c1", "function": {"name": "f", "arguments": "{}"}}
    events = [delta("", ""), delta(None, "", tool_calls=[call]), delta("", "tool_calls")]
    outcome = await read(sim, closing, chat_body(*events))
    assert outcome.sum.finished.finish_reason == "tool_calls"
    outcome = await read(sim, closing, chat_body(delta("a", ""), delta("", "length")))
    assert outcome.sum.finished.finish_reason == "length"
    outcome = await read(sim, closing, chat_body(delta("a", ""), done=False))
    assert outcome.sum.state is MessageState.CUT_OFF


async def test_q30_an_end_marker_alone_completes_an_answer(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("One")))
    assert (outcome.sum.state, outcome.notices) == (MessageState.DONE, [])
    call = {"index": 0, "id": "c1", "function": {"name": "f", "arguments": '{"a":1}'}}
    outcome = await read(sim, closing, chat_body(delta(None, tool_calls=[call])))
    assert outcome.sum.finished.finish_reason == "tool_calls"


async def test_q31_the_first_reason_stays_and_late_text_counts(sim, closing):
    call = {"index": 0, "id": "c1", "function": {"name": "f", "arguments": "{}"}}
    events = [delta(None, tool_calls=[call]), delta("", "tool_calls"), delta("", "stop")]
    outcome = await read(sim, closing, chat_body(*events))
    assert outcome.sum.finished.finish_reason == "tool_calls"
    outcome = await read(
        sim, closing, chat_body(delta("a"), delta("b", "stop"), delta("c", "stop"))
    )
    assert outcome.text == "abc"


async def test_q31_a_filter_after_the_finish_is_not_swallowed(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("a", "stop"), delta("", "content_filter")))
    assert outcome.sum.state is MessageState.REFUSED


async def test_q32_empty_and_missing_contents_start_nothing(sim, closing):
    null = {"index": 0, "delta": {"role": "assistant", "content": None}, "finish_reason": None}
    events = [delta(), {"choices": [null]}, delta(""), delta("One"), {"choices": [null]}, STOP]
    outcome = await read(sim, closing, chat_body(*events))
    assert outcome.text == "One"
    assert [e.text for e in outcome.events if isinstance(e, TextAdded)] == ["One"]


async def test_q33_an_event_without_choices_is_looked_at_for_its_error(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("One"), {"id": "x", "object": "y"}, STOP))
    assert (outcome.text, outcome.error) == ("One", None)
    broken = {"message": "The worker went away", "statusCode": 500}
    outcome = await read(sim, closing, chat_body(delta("One"), broken))
    assert (outcome.text, "worker went away" in str(outcome.error)) == ("One", True)


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("eos", MessageState.DONE),
        ("end_turn", MessageState.DONE),
        ("stop_sequence", MessageState.DONE),
        ("max_tokens", MessageState.CUT_OFF),
        ("content_filtered", MessageState.REFUSED),
        ("something_new", MessageState.CUT_OFF),
    ],
)
async def test_q34_unknown_reasons_are_shown_and_known_ones_understood(sim, closing, reason, state):
    outcome = await read(sim, closing, chat_body(delta("One"), delta("", reason)))
    assert (outcome.sum.state, outcome.error) == (state, None)
    if reason == "something_new":
        assert outcome.sum.finished.finish_reason == "something_new"


async def test_q35_the_model_that_answers_is_kept_beside_the_one_that_was_asked(sim, closing):
    answered = {**delta("One", "stop"), "model": "google/gemma-4-26b-a4b-it:free"}
    outcome = await read(sim, closing, chat_body(answered))
    assert outcome.sum.started.model == "google/gemma-4-26b-a4b-it:free"
    assert outcome.request.model.id == "google/gemma-4-26b-a4b-it"


async def test_q36_a_second_choice_does_not_mix_with_the_first(sim, closing):
    other = {"choices": [{"index": 1, "delta": {"content": "XX"}, "finish_reason": None}]}
    both = {
        "choices": [
            {"index": 1, "delta": {"content": "XX"}, "finish_reason": "stop"},
            {"index": 0, "delta": {"content": " two"}, "finish_reason": None},
        ]
    }
    outcome = await read(sim, closing, chat_body(delta("One"), other, both, STOP))
    assert outcome.text == "One two"


async def test_q37_numbers_as_texts_and_strange_times_are_taken(sim, closing):
    counts = {"prompt_tokens": "12", "completion_tokens": "7", "total_tokens": None, "cost": "0.5"}
    events = [
        {**delta("One"), "created": 1.5, "x": {"y": []}},
        {**delta(" two"), "created": "soon"},
        {**STOP, "created": 1771000000000, "usage": counts},
    ]
    outcome = await read(sim, closing, chat_body(*events))
    counted = outcome.sum.usage
    assert (outcome.text, counted.input_tokens, counted.output_tokens) == ("One two", 12, 7)
    assert counted.reported_cost == Decimal("0.5")


async def test_q38_content_in_parts_is_put_together(sim, closing):
    parts = [{"type": "text", "text": "One"}, {"type": "text", "text": " two"}]
    thinking = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}]
    outcome = await read(sim, closing, chat_body(delta(thinking), delta(parts), STOP))
    assert (outcome.text, outcome.sum.reasoning) == ("One two", "Hm")


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q39_white_space_is_kept_as_it_comes(sim, closing, dialect):
    outcome = await read(sim, closing, BODIES[dialect]("\n", "a", "\n\n", "  b"), dialect=dialect)
    assert outcome.text == "\na\n\n  b"


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q40_an_answer_of_nothing_is_said_to_be_one(sim, closing, dialect):
    outcome = await read(sim, closing, BODIES[dialect](), dialect=dialect)
    assert outcome.text == ""
    assert outcome.notices == ["empty_answer"]


async def test_q41_sources_without_title_or_twice_are_one_each(sim, closing):
    def cited(url, **more):
        return {"type": "url_citation", "url_citation": {"url": url, **more}}

    once = cited("https://example.org/a")
    both = [once, cited("https://example.com/b", title="B", start_index=0, end_index=3)]
    events = [delta("One", annotations=[once]), delta("", annotations=both), STOP]
    outcome = await read(sim, closing, chat_body(*events))
    sources = [(source.url, source.title) for source in outcome.sum.sources]
    assert sources == [("https://example.org/a", "example.org"), ("https://example.com/b", "B")]


async def test_q42_a_picture_without_text_is_an_answer(sim, closing):
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
    message = {"role": "assistant", "content": None, "images": [picture]}
    body = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    head = (("Content-Type", "application/json"),)
    outcome = await read(sim, closing, json.dumps(body).encode(), head=head)
    assert outcome.sum.images == ["data:image/png;base64,iVBORw0KGgo="]
    assert (outcome.notices, outcome.sum.state) == ([], MessageState.DONE)


async def test_q43_thoughts_sent_as_snapshots_are_not_doubled(sim, closing):
    steps = ["Let me see", "Let me see this", "Let me see this through"]
    events = [delta("", reasoning_content=step) for step in steps]
    outcome = await read(sim, closing, chat_body(*events, delta("One"), STOP))
    assert (outcome.sum.reasoning, outcome.text) == ("Let me see this through", "One")


async def test_q43_a_text_that_repeats_itself_is_left_alone(sim, closing):
    outcome = await read(sim, closing, chat_body(*map(delta, ["ha", "ha", "haha", "ha"]), STOP))
    assert outcome.text == "hahahahaha"


async def test_usage_events_come_through_for_every_provider(sim, closing):
    """What q23 to q26 read reaches the caller as events, at each of the providers."""
    for provider in ("openrouter", "aimlapi", "empiriolabs"):
        client = closing(client_at(sim, provider))
        outcome = await read(sim, closing, chat_body(delta("a"), STOP, USAGE), client=client)
        assert [e.usage.output_tokens for e in outcome.events if isinstance(e, UsageReported)]
