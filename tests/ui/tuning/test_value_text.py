"""Values in boxes."""

import pytest

from app.ui.tuning.value_text import value_text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.9, 2, "0.90"),
        (1, 2, "1"),
        (0.125, 2, "0.125"),
        (1e-7, 2, "0.00"),
        (2048, 0, "2\u202f048"),
        (2048.0, 0, "2\u202f048"),
        (True, 0, "on"),
        (False, 0, "off"),
        ("medium", 0, "medium"),
        ({"effort": "high", "exclude": True}, 0, "high"),
        ({"max_tokens": 2000}, 0, "2\u202f000"),
        ({"enabled": False}, 0, "off"),
        ({"a": 1}, 0, '{"a": 1}'),
        (["END", "---"], 0, "END, ---"),
    ],
)
def test_values(value, decimals, text):
    assert value_text(value, decimals) == text
