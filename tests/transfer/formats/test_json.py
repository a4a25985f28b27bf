import json
from datetime import UTC, datetime
from decimal import Decimal

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Message,
    Provenance,
    ReasoningPart,
    Role,
    ShapeCheck,
    SourcePart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.costs.usage import Cost, CostSource, Usage
from app.transfer.formats.json import json_text

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_the_whole_tree_comes_back_from_the_text() -> None:
    origin = Provenance(
        "openrouter", "m", usage=Usage(5, 7), cost=Cost(Decimal("0.00011"), CostSource.REPORTED)
    )
    question = Message(
        "m1",
        "c",
        None,
        Role.USER,
        (TextPart("Zeile\u2028zwei"), AttachmentPart(Attachment("ab", "x.png", "image/png", 3))),
        1,
        NOW,
    )
    answer = Message(
        "m2",
        "c",
        "m1",
        Role.ASSISTANT,
        (
            ReasoningPart("Hm", ({"type": "reasoning.text", "index": 0},)),
            TextPart("Ja"),
            ToolCallPart("call_1", "look", "{}"),
            ToolResultPart("call_1", "seen"),
        ),
        2,
        NOW,
        provenance=origin,
    )
    read = json.loads(json_text(Conversation("c", "T", NOW, NOW), [question, answer]))
    first, second = read["messages"]
    assert first["parts"][0] == {"type": "text", "text": "Zeile\u2028zwei"}
    assert first["parts"][1]["sha256"] == "ab"
    assert [part["type"] for part in second["parts"]] == [
        "reasoning",
        "text",
        "tool_call",
        "tool_result",
    ]
    assert second["provenance"]["cost"] == {
        "amount": 0.00011,
        "currency": "USD",
        "source": "reported",
    }
    assert (read["version"], second["parent"]) == (1, "m1")


def test_an_unknown_cost_is_null_and_not_zero() -> None:
    answer = Message("m", "c", None, Role.ASSISTANT, (), 1, NOW, provenance=Provenance("p", "m"))
    read = json.loads(json_text(Conversation("c", "T", NOW, NOW), [answer]))
    assert read["messages"][0]["provenance"]["cost"]["amount"] is None


def test_sources_and_the_check_of_the_shape_are_kept() -> None:
    shape = ShapeCheck("fits", "Fits the schema.")
    parts = (TextPart("{}"), SourcePart("https://a.test", "A"))
    origin = Provenance("p", "m", shape=shape)
    answer = Message("m1", "c", None, Role.ASSISTANT, parts, 1, NOW, provenance=origin)
    (found,) = json.loads(json_text(Conversation("c", "T", NOW, NOW), [answer]))["messages"]
    assert found["parts"][1] == {"type": "source", "url": "https://a.test", "title": "A"}
    assert found["provenance"]["shape"] == {"kind": "fits", "text": "Fits the schema."}
