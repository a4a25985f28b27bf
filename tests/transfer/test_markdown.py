from datetime import UTC, datetime
from decimal import Decimal

from app.core.attachment import Attachment
from app.core.conversation import (
    AttachmentPart,
    Conversation,
    Fault,
    Message,
    MessageState,
    Provenance,
    Role,
    TextPart,
)
from app.core.usage import Cost, CostSource
from app.transfer.markdown import markdown_text

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def _message(
    message_id: str,
    parent: str | None,
    role: Role,
    text: str,
    *,
    state: MessageState = MessageState.DONE,
    origin: Provenance | None = None,
) -> Message:
    number = int(message_id[1:])
    return Message(message_id, "c", parent, role, (TextPart(text),), number, NOW, state, origin)


def test_only_the_branch_being_read_is_written() -> None:
    messages = [
        _message("m1", None, Role.USER, "Question"),
        _message("m2", "m1", Role.ASSISTANT, "First answer"),
        _message("m3", "m1", Role.ASSISTANT, "Second answer"),
    ]
    text = markdown_text(Conversation("c", "Title", NOW, NOW, leaf_id="m2"), messages)
    assert text.startswith("# Title\n")
    assert "First answer" in text
    assert "Second answer" not in text


def test_an_answer_says_who_gave_it_what_it_cost_and_how_it_ended() -> None:
    origin = Provenance(
        "openrouter",
        "google/gemma-2-27b-it",
        model_name="Gemma 2 27B",
        provider_name="OpenRouter",
        cost=Cost(Decimal("0.00011"), CostSource.REPORTED),
        fault=Fault("UnavailableError", "The connection was lost."),
    )
    messages = [
        _message("m1", None, Role.USER, "Question"),
        _message("m2", "m1", Role.ASSISTANT, "Half", state=MessageState.FAILED, origin=origin),
    ]
    text = markdown_text(Conversation("c", "T", NOW, NOW), messages)
    assert "## Gemma 2 27B" in text
    assert (
        "*failed · OpenRouter, google/gemma-2-27b-it · $0.00011 reported"
        " · The connection was lost.*" in text
    )


def test_attachments_are_named_and_instructions_come_first() -> None:
    file = AttachmentPart(Attachment("ab" * 32, "cat.png", "image/png", 10))
    question = Message("m1", "c", None, Role.USER, (file, TextPart("What?")), 1, NOW)
    text = markdown_text(Conversation("c", "T", NOW, NOW, system="Be brief."), [question])
    assert text.index("Be brief.") < text.index("*Attached: cat.png*") < text.index("What?")
