"""Files go to the providers as each dialect has them, over real sockets."""

import base64
import json
from dataclasses import replace

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Role, TextPart
from app.core.errors import RefusedError
from app.core.models.model import Model
from tests.quirks.wire import client_in
from tests.wire.asking import ask, question, said

GEMMA_4 = ("openrouter", "google/gemma-4-26b-a4b-it")
ALL = ("text", "image", "file", "audio", "video")
BYTES = b"\x89PNG some bytes"
TEXT = base64.b64encode(BYTES).decode()


def asked(media_type, name, inputs=ALL):
    file = Attachment("ab" * 32, name, media_type, len(BYTES))
    turn = replace(said(Role.USER, ""), parts=(AttachmentPart(file), TextPart("What is this?")))
    request = question(*GEMMA_4, messages=[turn], parameters={"max_tokens": 50})
    model: Model = replace(request.model, inputs=inputs)
    return replace(request, model=model, blobs={file.sha256: BYTES})


WRITTEN = [
    (
        "chat",
        "image/png",
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{TEXT}"}},
    ),
    (
        "chat",
        "application/pdf",
        {
            "type": "file",
            "file": {"filename": "a", "file_data": f"data:application/pdf;base64,{TEXT}"},
        },
    ),
    ("chat", "audio/wav", {"type": "input_audio", "input_audio": {"data": TEXT, "format": "wav"}}),
    ("chat", "audio/mpeg", {"type": "input_audio", "input_audio": {"data": TEXT, "format": "mp3"}}),
    (
        "chat",
        "video/mp4",
        {"type": "video_url", "video_url": {"url": f"data:video/mp4;base64,{TEXT}"}},
    ),
    (
        "responses",
        "image/png",
        {"type": "input_image", "image_url": f"data:image/png;base64,{TEXT}", "detail": "auto"},
    ),
    (
        "responses",
        "application/pdf",
        {
            "type": "input_file",
            "filename": "a",
            "file_data": f"data:application/pdf;base64,{TEXT}",
        },
    ),
    (
        "messages",
        "image/png",
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": TEXT}},
    ),
]


@pytest.mark.parametrize(("dialect", "media_type", "part"), WRITTEN)
async def test_a_file_is_written_as_the_dialect_has_it(sim, closing, dialect, media_type, part):
    outcome = await ask(closing(client_in(sim, dialect)), asked(media_type, "a"))
    assert outcome.error is None
    body = sim.record.last.json
    (turn,) = body.get("messages") or body["input"]
    assert part in turn["content"]
    texts = [entry for entry in turn["content"] if "What is this?" in str(entry)]
    assert len(texts) == 1


async def test_text_comes_before_files_in_chat(sim, closing):
    await ask(closing(client_in(sim, "chat")), asked("image/png", "a.png"))
    kinds = [part["type"] for part in sim.record.last.json["messages"][0]["content"]]
    assert kinds == ["text", "image_url"]


async def test_a_pdf_is_never_read_by_a_service_that_costs(sim, closing):
    await ask(closing(client_in(sim, "chat")), asked("application/pdf", "a.pdf"))
    parser = {"id": "file-parser", "pdf": {"engine": "cloudflare-ai"}}
    assert sim.record.last.json["plugins"] == [parser]
    await ask(closing(client_in(sim, "chat")), asked("image/png", "a.png"))
    assert "plugins" not in sim.record.last.json


@pytest.mark.parametrize(
    ("media_type", "words"),
    [
        ("image/png", "pictures"),
        ("application/pdf", "PDF files"),
        ("audio/wav", "sound"),
        ("video/mp4", "films"),
    ],
)
async def test_what_the_model_does_not_take_is_refused_before(sim, closing, media_type, words):
    outcome = await ask(closing(client_in(sim, "chat")), asked(media_type, "a", ("text",)))
    assert isinstance(outcome.error, RefusedError)
    assert f"does not take {words}" in outcome.error.message
    assert len(sim.record) == 0


@pytest.mark.parametrize("dialect", ["responses", "messages"])
@pytest.mark.parametrize("media_type", ["audio/wav", "video/mp4"])
async def test_what_a_dialect_has_no_place_for_is_refused_before(sim, closing, dialect, media_type):
    outcome = await ask(closing(client_in(sim, dialect)), asked(media_type, "a"))
    assert isinstance(outcome.error, RefusedError)
    assert "no place for sound or films" in outcome.error.message
    assert len(sim.record) == 0


@pytest.mark.parametrize("dialect", ["chat", "responses", "messages"])
async def test_a_file_of_25_mb_arrives_whole(sim, closing, dialect):
    data = bytes(range(256)) * 97_656
    request = asked("image/png", "large.png")
    request = replace(request, blobs={"ab" * 32: data})
    await ask(closing(client_in(sim, dialect)), request)  # the simulator takes bytes for words
    sent = sim.record.last
    headers = {name.lower(): value for name, value in sent.headers}
    assert int(headers["content-length"]) == len(sent.body)
    assert "transfer-encoding" not in headers
    (turn,) = sent.json.get("messages") or sent.json["input"]
    written = base64.b64encode(data).decode()
    assert any(written in json.dumps(entry) for entry in turn["content"])
