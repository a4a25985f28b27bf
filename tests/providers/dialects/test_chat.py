import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Message,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.errors import RefusedError
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.chat import Habits, body, prepare

Ask = Callable[..., Request]
Say = Callable[..., Message]
GEMMA2, STRICT = "openrouter/google/gemma-2-27b-it", "aimlapi/google/gemma-3-27b-it"
PNG = Attachment("aa", "cat.png", "image/png", 3)


def made(catalogue: Catalogue, request: Request, habits: Habits | None = None) -> dict[str, Any]:
    profile = catalogue.profile(request.model.provider_id)
    return prepare(request, profile, habits or Habits())[0]


def test_the_smallest_body(catalogue: Catalogue, ask: Ask) -> None:
    request = ask()
    assert body(request, catalogue.profile("openrouter")) == {
        "model": "google/gemma-4-26b-a4b-it",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
    }


def test_usage_is_asked_for_where_it_has_to_be(catalogue: Catalogue, ask: Ask) -> None:
    assert made(catalogue, ask(STRICT))["stream_options"] == {"include_usage": True}
    assert "stream_options" not in made(catalogue, ask(STRICT), Habits(takes_stream_options=False))


def test_a_short_context_is_not_to_be_trimmed_silently(catalogue: Catalogue, ask: Ask) -> None:
    off = [{"id": "context-compression", "enabled": False}]
    assert made(catalogue, ask(GEMMA2))["plugins"] == off
    assert "plugins" not in made(catalogue, ask("openrouter/some/unknown"))


def test_the_system_text_leads_or_is_folded(catalogue: Catalogue, ask: Ask) -> None:
    request = ask(system="Be brief.")
    assert made(catalogue, request)["messages"][0] == {"role": "system", "content": "Be brief."}
    folded = [{"role": "user", "content": "Be brief.\n\nHi"}]
    assert made(catalogue, request, Habits(takes_system=False))["messages"] == folded
    without = replace(request, model=replace(request.model, roles=("user", "assistant")))
    assert made(catalogue, without)["messages"] == folded
    assert made(catalogue, ask(system="  "))["messages"] == [{"role": "user", "content": "Hi"}]


def test_history_is_cleaned(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    messages = [
        say("One"),
        say("Two", sequence=2),
        say("  ", Role.ASSISTANT, 3),
        say("Three", sequence=4),
        say("Answer", Role.ASSISTANT, 5),
        say("Four", sequence=6),
    ]
    assert made(catalogue, ask(messages=messages))["messages"] == [
        {"role": "user", "content": "One\n\nTwo\n\nThree"},
        {"role": "assistant", "content": "Answer"},
        {"role": "user", "content": "Four"},
    ]


def test_nothing_to_say_is_refused(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    with pytest.raises(RefusedError, match="nothing to send"):
        made(catalogue, ask(messages=[say(" ")]))


def with_file(say: Say, file: Attachment, text: str = "Look") -> Message:
    return say("", parts=(TextPart(text), AttachmentPart(file)))


def test_pictures_go_as_data_after_the_text(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    request = ask(messages=[with_file(say, PNG)], blobs={"aa": b"abc"})
    url = "data:image/png;base64," + base64.b64encode(b"abc").decode()
    picture = {"type": "image_url", "image_url": {"url": url}}
    assert made(catalogue, request)["messages"][0]["content"] == [
        {"type": "text", "text": "Look"},
        picture,
    ]
    alone = ask(messages=[with_file(say, PNG, "")], blobs={"aa": b"abc"})
    assert made(catalogue, alone)["messages"][0]["content"] == [picture]
    typed = ask("openrouter/some/unknown", messages=[with_file(say, PNG)], blobs={"aa": b"abc"})
    assert made(catalogue, typed)["messages"][0]["content"][1] == picture


def test_text_files_and_documents(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    note = Attachment("bb", "a\nnote.txt", "text/plain", 2)
    request = ask(messages=[with_file(say, note)], blobs={"bb": b"caf\xc3\xa9 \xff"})
    assert made(catalogue, request)["messages"][0]["content"][1] == {
        "type": "text",
        "text": "File “a note.txt”:\n\ncafé \ufffd",
    }
    paper = Attachment("cc", "a.pdf", "application/pdf", 2)
    request = ask(STRICT, messages=[with_file(say, paper)], blobs={"cc": b"%PDF"})
    part = made(catalogue, request)["messages"][0]["content"][1]
    assert (part["type"], part["file"]["filename"]) == ("file", "a.pdf")


@pytest.mark.parametrize(
    ("route", "file", "blobs", "says"),
    [
        (GEMMA2, PNG, {"aa": b"abc"}, "does not take pictures"),
        (
            GEMMA2,
            Attachment("cc", "a.pdf", "application/pdf", 2),
            {"cc": b"%PDF"},
            "does not take PDF",
        ),
        ("openrouter/google/gemma-4-26b-a4b-it", PNG, {}, "no longer there"),
    ],
)
def test_files_that_cannot_go_are_refused_before_sending(
    catalogue: Catalogue, ask: Ask, say: Say, route: str, file: Attachment, blobs: Any, says: str
) -> None:
    with pytest.raises(RefusedError, match=says) as caught:
        made(catalogue, ask(route, messages=[with_file(say, file)], blobs=blobs))
    assert caught.value.hint


DETAILS = (
    {"type": "reasoning.text", "text": "T", "signature": "S", "index": 0},
    {"type": "reasoning.encrypted", "data": "=="},
)


def thoughtful(say: Say, model_id: str = "google/gemma-4-26b-a4b-it") -> list[Message]:
    thought = ReasoningPart("T", DETAILS)
    made_by = Provenance("openrouter", model_id)
    answer = say("", Role.ASSISTANT, 2, parts=(thought, TextPart("A")), provenance=made_by)
    return [say("Q"), answer, say("Q2", sequence=3)]


def test_thoughts_go_back_unchanged_to_the_model_that_had_them(
    catalogue: Catalogue, ask: Ask, say: Say
) -> None:
    request = ask(messages=thoughtful(say))
    answer = made(catalogue, request)["messages"][1]
    assert answer == {"role": "assistant", "content": "A", "reasoning_details": list(DETAILS)}
    assert (
        "reasoning_details"
        not in made(catalogue, request, Habits(takes_details=False))["messages"][1]
    )
    other = ask(messages=thoughtful(say, "other/model"))
    assert made(catalogue, other)["messages"][1] == {"role": "assistant", "content": "A"}


def test_tool_calls_and_results_are_replayed(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    made_by = Provenance("openrouter", "google/gemma-4-26b-a4b-it")
    parts = (ReasoningPart("T", (), "reasoning_content"), ToolCallPart("c1", "f", ""))
    messages = [
        say("Q"),
        say("", Role.ASSISTANT, 2, parts=parts, provenance=made_by),
        say("", Role.TOOL, 3, parts=(ToolResultPart("c1", "42"),)),
    ]
    sent = made(catalogue, ask(messages=messages))["messages"]
    assert sent[1]["tool_calls"] == [
        {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    ]
    assert sent[1]["reasoning_content"] == "T"
    assert sent[2] == {"role": "tool", "tool_call_id": "c1", "content": "42"}


def test_raw_json_is_merged_last(catalogue: Catalogue, ask: Ask) -> None:
    request = ask(
        parameters={"temperature": 0.5, "raw": {"user": "me", "temperature": 0.1}}, raw={"top_k": 3}
    )
    sent = made(catalogue, request)
    assert (sent["temperature"], sent["user"], sent["top_k"]) == (0.1, "me", 3)
