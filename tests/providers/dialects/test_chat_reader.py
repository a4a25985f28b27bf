import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import MessageState, ReasoningPart
from app.core.conversations.events import Finished, SourceAdded, Started
from app.core.costs.usage import Usage
from app.core.errors import ProviderError, QuotaError, UnavailableError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects import reader as shared
from app.providers.dialects.chat_reader import ChatReader
from app.providers.errors.error_reply import ErrorReader

PROFILE = Catalogue.bundled().profile("openrouter")


def reader() -> ChatReader:
    return ChatReader(PROFILE.cost_from, ErrorReader(PROFILE, "m"))


def piece(delta: Any = None, **choice: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta or {}, **choice}]}


def read(*pieces: Any, has_marker: bool = True) -> Accumulator:
    subject, total = reader(), Accumulator()
    for item in pieces:
        for event in subject.feed(item):
            total.add(event)
    if subject.failure is not None:
        raise subject.failure
    for event in subject.finish(has_marker=has_marker):
        total.add(event)
    return total


STOP = piece(finish_reason="stop")


def test_an_ordinary_answer() -> None:
    total = read(
        {
            "id": "gen-1",
            "provider": "Novita",
            "model": "m",
            **piece({"role": "assistant", "content": ""}),
        },
        {"id": "", **piece({"role": "assistant", "content": "Hel"})},
        {"id": "gen-2", **piece({"role": "assistant", "content": "lo"})},
        STOP,
        {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 7, "cost": 0.000003}},
    )
    assert total.text == "Hello"
    assert total.started == Started("gen-1", "m", "Novita")
    assert total.usage == Usage(12, 7, reported_cost=Decimal("0.000003"))
    assert total.finished == Finished(MessageState.DONE, "stop")
    assert total.notices == []


@pytest.mark.parametrize(
    "odd",
    [
        {"choices": []},
        {"choices": [], "prompt_filter_results": []},
        {"choices": None, "usage": None},
        {},
        {"choices": {"0": None}, "usage": [], "id": 7},
        {"choices": [None, 7, "x"]},
        piece({"content": None}),
        piece({"content": ""}),
        piece({"content": {"a": 1}, "tool_calls": "x"}),
        piece({"content": float("inf")}),
        {"choices": [{"index": 0, "finish_reason": "stop"}]},
        {"choices": [{"index": 0, "delta": None, "finish_reason": ""}]},
        {"choices": [{"index": 0, "delta": [], "logprobs": 7}]},
        {"id": "x", "created": "soon", "object": 3, "usage": {"prompt_tokens": "many"}},
        {"object": "chat.completion.chunk", "message": "hm"},
        piece({"function_call": {"name": "", "arguments": ""}}),
        piece({"annotations": "x", "images": [None, {"image_url": 5}], "reasoning_details": ["x"]}),
    ],
)
def test_oddities_say_nothing_and_break_nothing(odd: Any) -> None:
    total = read(piece({"content": "Hi"}), odd, piece({"content": "!"}), STOP)
    assert (total.text, total.finished) == ("Hi!", Finished(MessageState.DONE, "stop"))


def test_pieces_that_are_no_object_are_counted() -> None:
    total = read(piece({"content": "Hi"}), [], None, 7, STOP)
    assert [notice.code for notice in total.notices] == ["damaged_events"]
    assert "3 damaged events were" in total.notices[0].text
    assert "1 damaged event was" in read(None, piece({"content": "a"}), STOP).notices[0].text


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (
            [piece({"content": "a"}, finish_reason="length")],
            Finished(MessageState.CUT_OFF, "length"),
        ),
        (
            [piece({"content": "a"}, finish_reason="stop"), piece({"content": "b"})],
            Finished(MessageState.DONE, "stop"),
        ),
        (
            [piece({"content": "a"}, finish_reason="content_filter")],
            Finished(MessageState.REFUSED, "content_filter"),
        ),
        (
            [piece({"content": "a"}, finish_reason="by_magic")],
            Finished(MessageState.CUT_OFF, "by_magic"),
        ),
        ([piece({"content": "a"}, finish_reason=7)], Finished(MessageState.CUT_OFF, "7")),
        ([piece({"refusal": "No."}), STOP], Finished(MessageState.REFUSED, "stop")),
        (
            [
                piece(
                    {
                        "tool_calls": [
                            {"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}}
                        ]
                    }
                ),
                STOP,
            ],
            Finished(MessageState.DONE, "tool_calls"),
        ),
    ],
)
def test_ends(pieces: list[Any], expected: Finished) -> None:
    assert read(*pieces).finished == expected


def test_no_end_at_all_is_cut_off() -> None:
    assert read(piece({"content": "a"}), has_marker=False).finished == Finished(
        MessageState.CUT_OFF
    )


@pytest.mark.parametrize("pieces", [[], [piece({"reasoning": "Hm"})], [piece({"content": "  "})]])
def test_an_end_before_any_answer_is_a_failure(pieces: list[Any]) -> None:
    with pytest.raises(UnavailableError, match="connection ended"):
        read(*pieces, has_marker=False)


def test_nothing_and_a_limit_used_up_by_thinking_are_said() -> None:
    assert [n.code for n in read(STOP).notices] == ["empty_answer"]
    spent = read(piece({"reasoning": "Hm"}), piece(finish_reason="length"))
    assert [n.code for n in spent.notices] == ["limit_used_by_thinking"]


def test_the_same_thought_in_three_fields_counts_once() -> None:
    detail = {"type": "reasoning.text", "text": "Hm. ", "index": 0}
    delta = {
        "content": "",
        "reasoning": "Hm. ",
        "reasoning_content": "Hm. ",
        "reasoning_details": [detail],
    }
    total = read(
        piece(delta),
        piece({"reasoning_details": [{"type": "reasoning.text", "signature": "S", "index": 0}]}),
        piece({"content": "Hi"}),
        STOP,
    )
    thought = total.parts[0]
    assert isinstance(thought, ReasoningPart)
    assert (thought.text, total.text) == ("Hm. ", "Hi")
    assert thought.details == (
        {"type": "reasoning.text", "text": "Hm. ", "index": 0, "signature": "S"},
    )


def test_thoughts_sent_whole_each_time_are_joined() -> None:
    total = read(
        piece({"reasoning": "Let me see"}),
        piece({"reasoning": "Let me see, yes"}),
        piece({"content": "Hi"}),
        STOP,
    )
    assert total.reasoning == "Let me see, yes"


def test_text_sent_whole_each_time_is_joined_and_said() -> None:
    texts = [
        "The quick",
        "The quick brown",
        "The quick brown fox",
        "The quick brown fox jumps",
        "The quick brown fox jumps.",
    ]
    total = read(*(piece({"content": text}) for text in texts), STOP)
    assert total.text == texts[-1]
    assert "snapshots" in [notice.code for notice in total.notices]


def test_thinking_parts_and_tags_are_thought() -> None:
    total = read(
        piece({"content": [{"type": "thinking", "thinking": "T"}, {"type": "text", "text": "A"}]}),
        STOP,
    )
    assert (total.reasoning, total.text) == ("T", "A")
    total = read(piece({"content": "<think>T</think>A\ud83d"}), piece({"content": "\ude00"}), STOP)
    assert (total.reasoning, total.text) == ("T", "A😀")


def test_a_half_character_at_the_end_is_marked() -> None:
    assert read(piece({"content": "A\ud83d"}), STOP).text == "A\ufffd"
    assert (
        read(piece({"reasoning": "A\ud83d"}), piece({"content": "B"}), STOP).reasoning == "A\ufffd"
    )


def test_other_answers_are_left_out_and_said() -> None:
    total = read(
        {
            "choices": [
                {"index": 0, "delta": {"content": "a"}},
                {"index": 1, "delta": {"content": "b"}},
            ]
        },
        STOP,
    )
    assert total.text == "a"
    assert [notice.code for notice in total.notices] == ["other_choices"]


def test_sources_and_pictures() -> None:
    source = {"type": "url_citation", "url_citation": {"url": "https://a.test/"}}
    total = read(
        piece({"content": "See", "annotations": [source, source]}),
        piece({"annotations": [source]}),
        {"citations": ["https://b.test/"], "choices": []},
        piece(
            {
                "images": [
                    {"image_url": {"url": "data:image/png;base64,AA"}},
                    {"image_url": {"url": "https://x.test/p.png"}},
                ]
            }
        ),
        STOP,
    )
    assert total.images == ["data:image/png;base64,AA"]
    assert total.sources == [
        SourceAdded("https://a.test/", "a.test"),
        SourceAdded("https://b.test/", "b.test"),
        SourceAdded("https://x.test/p.png", "Picture (not loaded)"),
    ]


def test_a_picture_alone_is_an_answer() -> None:
    total = read(
        piece({"content": None, "images": [{"image_url": {"url": "data:image/png;base64,AA"}}]}),
        STOP,
    )
    assert [notice.code for notice in total.notices] == []


def test_scored_words_are_passed_on() -> None:
    total = read(
        piece({"content": "Hi"}, logprobs={"content": [{"token": "Hi", "logprob": -0.5}]}), STOP
    )
    assert [(word.text, word.logprob) for word in total.words] == [("Hi", -0.5)]


@pytest.mark.parametrize(
    "failed",
    [
        {
            "error": {"code": 429, "message": "Slow down"},
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}],
        },
        {"error": {"code": "rate_limit_exceeded", "message": "Slow down"}, "choices": []},
        {"error": {"message": "Rate limit: slow down"}},
        {"error_type": "rate_limit_exceeded", "error_message": "Slow down"},
        {"choices": [{"index": 0, "delta": {}, "error": {"code": 429, "message": "Slow down"}}]},
        {"detail": "Too many requests: slow down"},
        {"type": "error", "code": "rate_limit_error", "message": "slow down"},
    ],
)
def test_errors_inside_a_stream(failed: dict[str, Any]) -> None:
    subject = reader()
    subject.feed(piece({"content": "Hel"}))
    subject.feed(failed)
    assert isinstance(subject.failure, QuotaError)
    assert "low down" in subject.failure.message


def test_text_beside_an_error_is_kept_and_a_bare_error_end_is_one() -> None:
    subject = reader()
    events = subject.feed({"error": "boom", **piece({"content": "lo"})})
    assert any(getattr(event, "text", "") == "lo" for event in events)
    subject = reader()
    subject.feed(piece({"content": "x"}, finish_reason="error"))
    assert isinstance(subject.failure, UnavailableError)


def test_a_whole_reply_is_read_the_same_way() -> None:
    subject, total = reader(), Accumulator()
    body = {
        "id": "gen-1",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": "Hi.", "reasoning": "Greet."},
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2},
    }
    for event in [*subject.whole([body]), *subject.finish(has_marker=True)]:
        total.add(event)
    assert (total.text, total.reasoning, total.usage.output_tokens) == ("Hi.", "Greet.", 2)
    broken = reader()
    broken.whole("Hi")
    assert broken.failure is not None


def test_headers_name_the_reply_and_its_price(catalogue: Catalogue) -> None:
    profile = catalogue.profile("aimlapi")
    subject = ChatReader(profile.cost_from, ErrorReader(profile))
    total = Accumulator()
    for event in subject.head("inf-1", {"x-aimlapi-usd-spent": "0.002"}):
        total.add(event)
    assert (total.started.generation_id, total.usage.reported_cost) == ("inf-1", Decimal("0.002"))
    assert reader().head("", {}) == []


def test_legacy_shapes_are_text_too() -> None:
    assert read({"choices": [{"text": "Hi", "finish_reason": "stop"}]}).text == "Hi"
    assert read({"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]}).text == "Hi"


def test_too_much_ends_but_keeps_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MAX_CHARACTERS", 10)
    subject = reader()
    subject.feed(piece({"content": "12345"}))
    subject.feed(piece({"content": "1234567"}))
    assert subject.failure is not None
    assert "too much" in subject.failure.message


KEYS = [
    "choices",
    "delta",
    "content",
    "index",
    "reasoning",
    "reasoning_details",
    "tool_calls",
    "function",
    "arguments",
    "name",
    "id",
    "usage",
    "cost",
    "error",
    "message",
    "finish_reason",
    "logprobs",
    "token",
    "logprob",
    "top_logprobs",
    "annotations",
    "images",
    "image_url",
    "url",
    "type",
    "text",
    "meta",
    "refusal",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


DELTAS = st.fixed_dictionaries({"content": st.text(max_size=8)}, optional={"reasoning": VALUES})
CHUNKS = st.builds(lambda delta: {"choices": [{"index": 0, "delta": delta}]}, DELTAS | VALUES)


@given(st.lists(VALUES | CHUNKS, max_size=4))
def test_no_shape_raises_anything_but_our_errors(pieces: list[Any]) -> None:
    subject, total = reader(), Accumulator()
    try:
        for item in pieces:
            for event in subject.feed(item):
                total.add(event)
        for event in [*subject.whole(pieces), *subject.finish(has_marker=False)]:
            total.add(event)
    except ProviderError:
        pass
    assert isinstance(total.text, str)
    total.text.encode()
    total.reasoning.encode()


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, ...]] = [path]
    if isinstance(value, dict):
        for key, item in value.items():
            inner += _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            inner += _paths(item, (*path, index))
    return inner


REAL = {
    "id": "gen-1",
    "model": "m",
    "provider": "p",
    "choices": [
        {
            "index": 0,
            "delta": {
                "role": "assistant",
                "content": "Hi",
                "reasoning": "R",
                "reasoning_details": [{"type": "reasoning.text", "text": "R", "index": 0}],
                "tool_calls": [
                    {"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}}
                ],
                "annotations": [{"url_citation": {"url": "https://a.test", "title": "A"}}],
                "images": [{"image_url": {"url": "data:image/png;base64,AA"}}],
            },
            "finish_reason": "stop",
            "logprobs": {
                "content": [
                    {"token": "H", "logprob": -1, "top_logprobs": [{"token": "H", "logprob": -1}]}
                ]
            },
        }
    ],
    "usage": {
        "prompt_tokens": 1,
        "completion_tokens": 2,
        "cost": 0.1,
        "completion_tokens_details": {"reasoning_tokens": 1},
    },
    "meta": {"usage": {"usd_spent": 1}},
}


@pytest.mark.parametrize("junk", [None, [], {}, "x", 7, -1.5, True, ["x"], {"a": None}])
def test_wrong_kinds_at_every_place(junk: Any) -> None:
    for path in _paths(REAL):
        mutated = json.loads(json.dumps(REAL))
        if not path:
            mutated = junk
        else:
            holder = mutated
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = junk
        subject = reader()
        for event in subject.feed(mutated):
            assert "None" not in getattr(event, "text", "")
