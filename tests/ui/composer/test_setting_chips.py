from datetime import UTC, datetime

import pytest

from app.core.conversations.conversation import Conversation
from app.core.models.preset import BUNDLED_PRESETS
from app.ui.composer.setting_chips import chips, value_text

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def _texts(**choices):
    conversation = Conversation("a", "", NOW, NOW, **choices)
    return [text for text, _ in chips(conversation, BUNDLED_PRESETS)]


def test_nothing_is_said_where_nothing_is_set():
    assert _texts() == []


def test_a_preset_says_its_name_and_not_its_dials():
    assert _texts(preset_id="balanced", parameters={"temperature": 0.7}) == ["Balanced"]


def test_a_dial_that_differs_is_named_in_plain_words():
    assert _texts(preset_id="balanced", parameters={"temperature": 0.9, "seed": 7}) == [
        "Balanced",
        "Variety 0.9",
        "Same dice 7",
    ]


def test_what_does_not_fit_is_counted():
    parameters = {"temperature": 1.0, "top_p": 0.5, "seed": 1, "max_tokens": 2048, "top_k": 4}
    assert _texts(parameters=parameters)[-1] == "2 more"


def test_instructions_and_raw_json_are_mentioned():
    assert _texts(system="Be brief.", parameters={"raw": {"a": 1}}) == ["Raw JSON", "Instructions"]


def test_a_chip_leads_to_the_dials():
    conversation = Conversation("a", "", NOW, NOW, parameters={"seed": 7})
    assert chips(conversation, ()) == [("Same dice 7", "view.tuning")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "on"),
        (False, "off"),
        (2048, "2\u202f048"),
        (0.9, "0.9"),
        ("medium", "medium"),
        ("a text that is too long", ""),
        (["a"], ""),
        ({"a": 1}, ""),
    ],
)
def test_a_value_in_few_letters(value, text):
    assert value_text(value) == text
