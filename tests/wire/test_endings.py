"""An answer is done only when a word on the wire says so; any other end is named with its cause."""

import json

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Noticed
from app.core.errors import ContextLengthError, QuotaError, RefusedError
from tests.quirks.wire import DIALECTS, DONE, chat_body, delta, line, messages_body, read
from tests.wire.asking import GEMMA_4, question

STREAM = (("Content-Type", "text/event-stream"),)
JSON = (("Content-Type", "application/json"),)
STOP = delta(None, "stop")
TOO_LONG = {"message": "the prompt has 5120 tokens, the window 4096"}


def notices(outcome):
    return " ".join(event.text for event in outcome.events if isinstance(event, Noticed))


def told(outcome):
    """Everything that is shown of how an answer ended."""
    error = outcome.error
    failed = f"{error.message} {error.hint} {error.details}" if error else ""
    return f"{notices(outcome)} {failed}"


@pytest.mark.parametrize("said", ["", "Hello"])
@pytest.mark.parametrize(
    "stray",
    [
        b'error: {"message":"the prompt has 5120 tokens, the window 4096"}\n\n',
        b'error:{"code":500,"message":"the prompt has 5120 tokens, the window 4096"}\n',
        b"error: the prompt has 5120 tokens, the window 4096\r\n\r\n",
        b'exception: {"detail":"the prompt has 5120 tokens, the window 4096"}\n\n',
        b'{"error":{"message":"the prompt has 5120 tokens, the window 4096"}}\n\n',
        b'event: error\nerror: {"message":"the prompt has 5120 tokens, the window 4096"}\n\n',
        b'message: {"error":"the prompt has 5120 tokens, the window 4096"}\n\n',
        b'Data: {"error":"the prompt has 5120 tokens, the window 4096"}\n\n',
    ],
)
@pytest.mark.parametrize("dialect", ["chat", "messages"])
async def test_an_unknown_line_of_a_stream_that_tells_an_error_ends_the_answer(
    sim, closing, stray, said, dialect
):
    before = chat_body(delta(said), done=False) if said else b""
    if said and dialect == "messages":
        before = messages_body(said, ends=False)
    outcome = await read(sim, closing, before + stray + DONE, dialect=dialect)
    assert outcome.error is not None
    assert "the prompt has 5120 tokens" in outcome.error.message
    assert outcome.text == said


@pytest.mark.parametrize(
    "stray", [b"data: Internal Server Error\n\n", b'data: "Internal Server Error"\n\n']
)
async def test_words_in_place_of_an_event_are_told(sim, closing, stray):
    outcome = await read(sim, closing, stray + DONE)
    assert "Internal Server Error" in told(outcome)
    assert outcome.error is not None
    body = chat_body(delta("Hello"), done=False) + stray + chat_body(STOP)
    outcome = await read(sim, closing, body)
    assert "Internal Server Error" in told(outcome)
    assert outcome.text == "Hello"


async def test_pieces_in_lines_without_a_field_are_read(sim, closing):
    lines = [json.dumps(piece).encode() for piece in (delta("Hel"), delta("lo"), STOP)]
    outcome = await read(sim, closing, b"\n".join(lines), head=JSON)
    assert (outcome.text, outcome.sum.state) == ("Hello", MessageState.DONE)
    outcome = await read(sim, closing, b"\n".join(lines[:2]), head=JSON)
    assert (outcome.text, outcome.sum.state) == ("Hello", MessageState.CUT_OFF)


@pytest.mark.parametrize(
    ("stray", "words"),
    [
        (b"warning: the queue is long\n\n", "the queue is long"),
        (b'info: {"text":"a slower model answers"}\n\n', "a slower model answers"),
        (b"upstream said nothing more\n\n", "upstream said nothing more"),
    ],
)
async def test_other_unknown_lines_are_told_beside_the_answer(sim, closing, stray, words):
    body = chat_body(delta("Hello"), done=False) + stray + chat_body(STOP)
    outcome = await read(sim, closing, body)
    assert outcome.error is None
    assert (outcome.text, outcome.sum.state) == ("Hello", MessageState.DONE)
    assert words in notices(outcome)


async def test_a_stream_of_unknown_lines_alone_is_no_answer_and_tells_them(sim, closing):
    outcome = await read(sim, closing, b"warning: no slot is free\n\n" + DONE)
    assert outcome.error is not None
    assert "no slot is free" in told(outcome)


async def test_comments_ids_and_waits_are_no_news(sim, closing):
    noise = b": busy\n\nid: 7\nretry: 3000\n\nid\n\n"
    outcome = await read(sim, closing, noise + chat_body(delta("Hello"), STOP) + noise)
    assert (outcome.text, outcome.notices, outcome.error) == ("Hello", [], None)


async def test_an_error_event_without_a_word_is_still_an_error(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("Hel"), done=False), b"event: error\n\n")
    assert outcome.error is not None
    assert outcome.text == "Hel"


@pytest.mark.parametrize(
    "word",
    ["abort", "network_error", "load", "by_magic", "timeout", "preempted", "max_time", "OTHER"],
)
async def test_an_unknown_ending_is_a_cut_and_its_word_is_told(sim, closing, word):
    outcome = await read(sim, closing, chat_body(delta("Half an"), delta(None, word)))
    assert outcome.error is None
    assert outcome.sum.state is MessageState.CUT_OFF
    assert word.lower() in notices(outcome)


@pytest.mark.parametrize(
    ("native", "state"),
    [
        ("network_error", MessageState.CUT_OFF),
        ("abort", MessageState.CUT_OFF),
        ("MAX_TOKENS", MessageState.CUT_OFF),
        ("MALFORMED_FUNCTION_CALL", MessageState.CUT_OFF),
        ("SAFETY", MessageState.REFUSED),
        ("PROHIBITED_CONTENT", MessageState.REFUSED),
        ("STOP", MessageState.DONE),
        ("end_turn", MessageState.DONE),
        ("completed", MessageState.DONE),
        ("<|im_end|>", MessageState.DONE),
        ("stop_sequence", MessageState.DONE),
        ("FinishReason.STOP", MessageState.DONE),
        ("", MessageState.DONE),
        (None, MessageState.DONE),
    ],
)
async def test_the_hosts_own_word_outranks_a_gateways_stop(sim, closing, native, state):
    end = delta(None, "stop")
    end["choices"][0]["native_finish_reason"] = native
    outcome = await read(sim, closing, chat_body(delta("Half an"), end))
    assert outcome.error is None
    assert outcome.sum.state is state
    if outcome.sum.finished.finish_reason not in ("stop", "length", "content_filter"):
        assert native.lower() in notices(outcome)


@pytest.mark.parametrize("dialect", ["messages", "responses"])
async def test_unknown_endings_of_the_other_dialects_are_cuts(sim, closing, dialect):
    if dialect == "messages":
        body = messages_body("Half an").replace(b"end_turn", b"by_magic")
    else:
        response = {"id": "r", "status": "incomplete", "output": []}
        response["incomplete_details"] = {"reason": "by_magic"}
        text = {"type": "response.output_text.delta", "delta": "Half an"}
        end = {"type": "response.incomplete", "response": response}
        body = line(text) + line(end)
    outcome = await read(sim, closing, body, dialect=dialect)
    assert outcome.sum.state is MessageState.CUT_OFF
    assert "by_magic" in notices(outcome)


async def test_a_whole_answer_that_is_still_queued_is_not_done(sim, closing):
    said = [{"type": "message", "content": [{"type": "output_text", "text": "Half"}]}]
    body = json.dumps({"id": "r", "status": "in_progress", "output": said}).encode()
    outcome = await read(sim, closing, body, dialect="responses", head=JSON)
    assert outcome.sum.state is MessageState.CUT_OFF
    assert "in_progress" in notices(outcome)


BALANCE = {"base_resp": {"status_code": 1008, "status_msg": "balance too low"}}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("is_stream", [False, True])
@pytest.mark.parametrize(
    "body",
    [
        {"choices": None, **BALANCE},
        {"choices": [], **BALANCE},
        {"id": "x", "reply": "", "choices": None, "usage": {"total_tokens": 0}, **BALANCE},
        {"choices": None, "code": "InsufficientBalance", "msg": "balance too low"},
        {"result": {"code": 402, "reason": "balance too low"}, "choices": None},
    ],
)
async def test_an_error_beside_no_choices_is_told_and_known_for_what_it_is(
    sim, closing, body, dialect, is_stream
):
    raw = line(body) + DONE if is_stream else json.dumps(body).encode()
    head = STREAM if is_stream else JSON
    outcome = await read(sim, closing, raw, dialect=dialect, head=head)
    assert isinstance(outcome.error, QuotaError)
    assert outcome.error.is_out_of_credit
    assert "balance too low" in outcome.error.message


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("is_stream", [False, True])
@pytest.mark.parametrize(
    "body",
    [
        {"code": 500, "msg": "no such route", "success": False},
        {"success": False, "errors": [{"code": 7003, "message": "no such route"}], "result": None},
        {"status": "error", "message": "no such route"},
        {"ret": -1, "errmsg": "no such route"},
        {"fault": {"faultstring": "no such route", "detail": {"errorcode": "x"}}},
        {"ok": False, "description": "no such route"},
        {"error_code": 336003, "error_msg": "no such route"},
        {"Error": {"Message": "no such route"}},
        {"data": {"error": {"message": "no such route"}}, "success": False},
        {"title": "Bad", "detail": "no such route", "status": 500},
        {"exception": "no such route"},
        [{"error": {"code": 500, "message": "no such route"}}],
    ],
)
async def test_an_error_of_any_shape_is_found_in_a_body_without_an_answer(
    sim, closing, body, dialect, is_stream
):
    raw = line(body) + DONE if is_stream else json.dumps(body).encode()
    head = STREAM if is_stream else JSON
    outcome = await read(sim, closing, raw, dialect=dialect, head=head)
    assert outcome.error is not None
    assert "no such route" in outcome.error.message


async def test_what_looks_like_an_error_inside_an_answer_is_no_error(sim, closing):
    first = {**delta('{"success": false, "error": "no"}'), "base_resp": {"status_code": 0}}
    first |= {"success": True, "code": 0, "msg": "ok", "error": None}
    outcome = await read(sim, closing, chat_body(first, STOP))
    assert outcome.error is None
    assert outcome.sum.state is MessageState.DONE


async def test_text_is_kept_before_an_error_that_comes_beside_choices(sim, closing):
    end = {**delta("!", "stop"), **BALANCE}
    outcome = await read(sim, closing, chat_body(delta("Hello"), end))
    assert outcome.text == "Hello!"
    assert isinstance(outcome.error, QuotaError)


@pytest.mark.parametrize(
    "details",
    [
        {"type": "refusal", "category": "cyber", "explanation": "It asks for a weapon."},
        {"explanation": "It asks for a weapon."},
        "It asks for a weapon.",
        {"reasons": [{"message": "It asks for a weapon."}]},
    ],
)
@pytest.mark.parametrize("is_stream", [False, True])
@pytest.mark.parametrize("said", ["", "I"])
async def test_a_refusal_tells_its_explanation(sim, closing, details, is_stream, said):
    end = {"stop_reason": "refusal", "stop_details": details}
    if is_stream:
        body = messages_body(*([said] if said else ()), ends=False)
        body += line({"type": "message_delta", "delta": end}) + line({"type": "message_stop"})
    else:
        content = [{"type": "text", "text": said}] if said else []
        body = json.dumps({"type": "message", "id": "m", "content": content, **end}).encode()
    head = STREAM if is_stream else JSON
    outcome = await read(sim, closing, body, dialect="messages", head=head)
    assert outcome.sum.state is MessageState.REFUSED
    assert "It asks for a weapon" in notices(outcome)
    assert "returned nothing" not in notices(outcome)


FILTERED = {
    "hate": {"filtered": True, "severity": "high"},
    "jailbreak": {"filtered": False, "detected": False},
    "violence": {"filtered": False, "severity": "safe"},
}


@pytest.mark.parametrize("place", ["innererror", "inner_error"])
@pytest.mark.parametrize("results", ["content_filter_result", "content_filter_results"])
async def test_a_filters_refusal_names_its_rule(sim, closing, place, results):
    error = {
        "message": "The response was filtered by the content management policy.",
        "type": None,
        "param": "prompt",
        "code": "content_filter",
        "status": 400,
        place: {"code": "ResponsibleAIPolicyViolation", results: FILTERED},
    }
    raw = json.dumps({"error": error}).encode()
    outcome = await read(sim, closing, raw, status=400, head=JSON)
    assert isinstance(outcome.error, RefusedError)
    assert "hate" in outcome.error.message
    assert "violence" not in outcome.error.message
    assert "filter" in outcome.error.message
    assert "differently" in outcome.error.hint
    assert not outcome.error.parameter


async def test_a_filtered_answer_names_its_rule(sim, closing):
    end = delta(None, "content_filter")
    end["choices"][0]["content_filter_results"] = FILTERED
    outcome = await read(sim, closing, chat_body(delta("I"), end))
    assert outcome.sum.state is MessageState.REFUSED
    assert "hate" in notices(outcome)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"max_output_tokens": 40, "usage": {"output_tokens": 40}}, MessageState.CUT_OFF),
        ({"max_output_tokens": 40, "usage": {"output_tokens": 41}}, MessageState.CUT_OFF),
        ({"max_output_tokens": 40, "usage": {"output_tokens": 12}}, MessageState.DONE),
        ({"max_output_tokens": None, "usage": {"output_tokens": 12}}, MessageState.DONE),
        ({"usage": {"output_tokens": 12}}, MessageState.DONE),
    ],
)
async def test_a_completed_answer_as_long_as_its_limit_reached_it(sim, closing, answer, state):
    said = [{"type": "message", "content": [{"type": "output_text", "text": "Half"}]}]
    response = {"id": "r", "status": "completed", "output": said, **answer}
    body = line({"type": "response.completed", "response": response})
    outcome = await read(sim, closing, body, dialect="responses")
    assert outcome.sum.state is state
    reason = outcome.sum.finished.finish_reason
    assert (reason == "length") is (state is MessageState.CUT_OFF)


@pytest.mark.parametrize(("used", "state"), [(40, "cut_off"), (39, "done")])
async def test_the_limit_that_was_asked_for_counts_where_none_is_told(sim, closing, used, state):
    said = [{"type": "message", "content": [{"type": "output_text", "text": "Half"}]}]
    response = {"id": "r", "status": "completed", "output": said, "usage": {"output_tokens": used}}
    body = line({"type": "response.completed", "response": response})
    request = question(*GEMMA_4, parameters={"max_tokens": 40})
    outcome = await read(sim, closing, body, dialect="responses", request=request)
    assert outcome.sum.state == state


async def test_a_window_that_is_too_small_keeps_its_kind(sim, closing):
    cause = {"code": "exceed_context_size_error", **TOO_LONG}
    outcome = await read(sim, closing, b"error: " + json.dumps(cause).encode() + b"\n\n" + DONE)
    assert isinstance(outcome.error, ContextLengthError)
