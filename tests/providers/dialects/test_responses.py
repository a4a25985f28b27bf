from collections.abc import Callable
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Message,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
)
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.body import Habits
from app.providers.dialects.responses import prepare

Ask = Callable[..., Request]
Say = Callable[..., Message]
ROUTE = ("openrouter", "google/gemma-4-26b-a4b-it")
PNG = Attachment("aa", "cat.png", "image/png", 3)
PDF = Attachment("bb", "a.pdf", "application/pdf", 3)
NOTE = Attachment("cc", "a.txt", "text/plain", 2)


def sent(catalogue: Catalogue, request: Request, habits: Habits | None = None) -> dict[str, Any]:
    profile = catalogue.profile(request.model.provider_id)
    return prepare(request, profile, habits or Habits())[0]


def test_the_smallest_body(catalogue: Catalogue, ask: Ask) -> None:
    assert sent(catalogue, ask()) == {
        "model": "google/gemma-4-26b-a4b-it",
        "input": [{"role": "user", "content": [{"type": "input_text", "text": "Hi"}]}],
        "stream": True,
        "store": False,
    }


def test_files_follow_the_text(catalogue: Catalogue, ask: Ask, say: Say) -> None:
    parts = (TextPart("Look"), *(AttachmentPart(file) for file in (PNG, PDF, NOTE)))
    blobs = {"aa": b"abc", "bb": b"abc", "cc": b"Hi"}
    body = sent(catalogue, ask("openrouter/typed", messages=[say("", parts=parts)], blobs=blobs))
    assert body["input"][0]["content"] == [
        {"type": "input_text", "text": "Look"},
        {"type": "input_image", "image_url": "data:image/png;base64,YWJj", "detail": "auto"},
        {
            "type": "input_file",
            "filename": "a.pdf",
            "file_data": "data:application/pdf;base64,YWJj",
        },
        {"type": "input_text", "text": "File “a.txt”:\n\nHi"},
    ]


def test_only_thoughts_that_hold_themselves_go_back(
    catalogue: Catalogue, ask: Ask, say: Say
) -> None:
    sealed = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"}
    empty = {"type": "reasoning", "id": "rs_2", "summary": [{"text": "Hm"}]}
    foreign = {"type": "reasoning.text", "text": "Hm"}
    parts = (
        ReasoningPart("Hm", (sealed, empty, foreign)),
        TextPart("A"),
        ToolCallPart("call_1", "now", ""),
    )
    answer = say("", Role.ASSISTANT, 2, parts=parts, provenance=Provenance(*ROUTE))
    request = ask(messages=[say("Hi"), answer, say("More", sequence=3)])
    thought, text, call = sent(catalogue, request)["input"][1:4]
    assert thought == sealed
    assert (text["id"], text["status"]) == ("msg_1", "completed")
    assert (call["call_id"], call["name"], call["arguments"]) == ("call_1", "now", "{}")
    without = sent(catalogue, request, Habits(takes_details=False))["input"]
    assert all(entry.get("type") != "reasoning" for entry in without)
