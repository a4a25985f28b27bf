"""What Ollama says of one model."""

from typing import Any

import pytest

from app.core.models.model import LIVE, Model
from app.providers.catalogue.ollama import with_shown

MODEL = Model("custom-x", "gemma3:27b", "gemma3:27b", source="live")


def test_the_context_that_is_set_counts() -> None:
    body = {
        "parameters": 'stop "<eos>"\nnum_ctx                        32768\ntemperature 1',
        "model_info": {"gemma3.context_length": 131072},
        "capabilities": ["completion", "vision", "tools", "thinking", 7],
    }
    found = with_shown(MODEL, body)
    assert (found.context, found.inputs, found.notes) == (32768, ("text", "image"), ())
    assert found.abilities == ("reasoning", "tools", "vision")
    assert found.sources["context"] == LIVE


def test_the_longest_context_is_only_told_in_words() -> None:
    found = with_shown(MODEL, {"model_info": {"gemma3.context_length": 131072}})
    assert found.context is None
    assert found.notes[0].startswith("Could read 131,072 tokens, but")
    assert "context" not in found.sources


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"parameters": 7, "model_info": [], "capabilities": "vision"},
        {"parameters": "num_ctx lots", "model_info": {"a.context_length": "x"}},
        {"parameters": "x" * 1_000_000, "model_info": {"a.context_length": -1}},
    ],
)
def test_strange_replies_change_nothing_that_is_known(body: Any) -> None:
    found = with_shown(MODEL, body)
    assert (found.context, found.inputs, found.notes) == (None, ("text",), ())
    assert "context" not in found.sources
