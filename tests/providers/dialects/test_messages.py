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
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.body import Habits
from app.providers.dialects.messages import default_length, prepare

Ask = Callable[..., Request]
Say = Callable[..., Message]
ROUTE = ("openrouter", "google/gemma-4-26b-a4b-it")
PNG = Attachment("aa", "cat.png", "image/png", 3)
PDF = Attachment("bb", "a.pdf", "application/pdf", 3)
NOTE = Attachment("cc", "a.txt", "text/plain", 2)


def sent(catalogue: Catalogue, request: Request, habits: Habits | None = None) -> dict[str, Any]:
    profile = catalogue.profile(request.model.provider_id)
    return prepare(request, profile, habits or Habits())[0]


@pytest.mark.parametrize(
    ("context", "max_output", "length"),
    [(None, None, 4096), (8192, 4096, 4096), (8000, 8000, 4000), (None, 9000, 9000)],
)
def test_the_length_that_is_demanded(
    ask: Ask, context: int | None, max_output: int | None, length: int
) -> None:
    model = replace(ask().model, context=context, max_output=max_output)
    assert default_length(model) == length


def test_a_length_in_raw_json_is_the_users(catalogue: Catalogue, ask: Ask) -> None:
    request = ask(raw={"max_tokens": 99})
    body, notices = prepare(request, catalogue.profile("openrouter"), Habits())
    assert (body["max_tokens"], notices) == (99, [])


def test_files_follow_the_text(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    parts = (TextPart("Look"), *(AttachmentPart(file) for file in (PNG, PDF, NOTE)))
    blobs = {"aa": b"abc", "bb": b"abc", "cc": b"Hi"}
    body = sent(catalogue, ask("openrouter/typed", messages=[say("", parts=parts)], blobs=blobs))
    picture = {"type": "base64", "media_type": "image/png", "data": "YWJj"}
    page = {"type": "base64", "media_type": "application/pdf", "data": "YWJj"}
    assert body["messages"][0]["content"] == [
        {"type": "text", "text": "Look"},
        {"type": "image", "source": picture},
        {"type": "document", "source": page, "title": "a.pdf"},
        {"type": "text", "text": "File “a.txt”:\n\nHi"},
    ]


def test_only_signed_and_hidden_thoughts_go_back(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    signed = {"type": "thinking", "thinking": "", "signature": "Eq"}
    bare = {"type": "thinking", "thinking": "Hm", "signature": ""}
    hidden = {"type": "redacted_thinking", "data": "x"}
    parts = (ReasoningPart("Hm", (signed, bare, hidden)), TextPart("A"))
    answer = say("", Role.ASSISTANT, 2, parts=parts, provenance=Provenance(*ROUTE))
    request = ask(messages=[say("Hi"), answer, say("More", sequence=3)])
    text = {"type": "text", "text": "A"}
    assert sent(catalogue, request)["messages"][1]["content"] == [signed, hidden, text]
    without = sent(catalogue, request, Habits(takes_details=False))
    assert without["messages"][1] == {"role": "assistant", "content": "A"}


def test_results_lead_what_the_user_says_next(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    calls = (ToolCallPart("c1", "now", '{"a":1}'), ToolCallPart("c2", "now", '{"broken'))
    answer = say("", Role.ASSISTANT, 2, parts=calls)
    results = say("", Role.TOOL, 3, parts=(ToolResultPart("c1", "4"), ToolResultPart("c2", "5")))
    request = ask(messages=[say("Hi"), answer, results, say("More", sequence=4)])
    _, asked, told = sent(catalogue, request)["messages"]
    assert [block["input"] for block in asked["content"]] == [{"a": 1}, {"arguments": '{"broken'}]
    kinds = [block["type"] for block in told["content"]]
    assert kinds == ["tool_result", "tool_result", "text"]


def test_an_answer_to_continue_does_not_end_in_white_space(
    catalogue: Catalogue, ask: Ask, say: Say
) -> None:
    body = sent(catalogue, ask(messages=[say("Hi"), say("Once \n", Role.ASSISTANT, 2)]))
    assert body["messages"][1] == {"role": "assistant", "content": "Once"}
