"""A cut text ends with a whole letter."""

import pytest

from app.core.text.graphemes import cut_at_letter

LETTERS = [
    "👨‍👩‍👧‍👦",
    "👩🏽‍💻",
    "🏳️‍🌈",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "🇳🇴",
    "e\u0301\u0323",
    "❤️",
    "1\ufe0f\u20e3",
    "\u1112\u1161\u11ab",
    "नि",
    "กำ".replace("ำ", "ิ่"),
    "👍🏿",
]


@pytest.mark.parametrize("letter", LETTERS)
def test_no_letter_is_cut(letter):
    text = "ab" + letter * 3 + "c"
    wholes = {"ab" + letter * count for count in range(4)} | {"a", "ab", text}
    for most in range(1, len(text) + 1):
        cut = cut_at_letter(text, most)
        assert cut in wholes
        assert most - len(letter) < len(cut) <= most


def test_flags_one_behind_the_other_are_cut_between():
    assert cut_at_letter("🇳🇴🇸🇪🇩🇰", 3) == "🇳🇴"
    assert cut_at_letter("🇳🇴🇸🇪🇩🇰", 4) == "🇳🇴🇸🇪"


def test_short_texts_stay_and_one_endless_letter_is_cut_anywhere():
    assert cut_at_letter("abc", 3) == "abc"
    assert cut_at_letter("\u0301" * 100, 10) == "\u0301" * 10
