from datetime import UTC, datetime

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, Role, TextPart
from app.core.models.model import Model
from app.core.models.provider import CheckStep, Request, StepState


def test_a_request_names_every_file_in_order():
    first, second = (Attachment(name, name, "image/png", 1) for name in ("a", "b"))
    now = datetime(2026, 11, 21, tzinfo=UTC)
    messages = [
        Message("1", "c", None, Role.USER, (TextPart("look"), AttachmentPart(first)), 1, now),
        Message("2", "c", "1", Role.ASSISTANT, (TextPart("yes"),), 2, now),
        Message("3", "c", "2", Role.USER, (AttachmentPart(second),), 3, now),
    ]
    assert Request(Model("p", "m", "M"), messages).attachments() == [first, second]


def test_a_request_sends_nothing_that_was_not_set():
    request = Request(Model("p", "m", "M"), [])
    assert (dict(request.parameters), dict(request.raw), request.system) == ({}, {}, "")
    assert request.attachments() == []


def test_a_step_starts_without_a_finding():
    assert CheckStep("address", StepState.RUNNING).text == ""
