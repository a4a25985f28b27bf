import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.hidden import hidden_count, without_hidden

TAGGED = "".join(chr(0xE0000 + ord(letter)) for letter in "hi")
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "count", "shown"),
    [
        ("plain text", 0, "plain text"),
        ("two\nlines\tand a tab", 0, "two\nlines\tand a tab"),
        ("Grüße, 東京", 0, "Grüße, 東京"),
        (FAMILY, 0, FAMILY),
        (ENGLAND, 0, ENGLAND),
        ("葛\U000e0100", 0, "葛\U000e0100"),
        ("a\u200bb", 0, "a\u200bb"),
        (f"a{TAGGED}b", 2, "ab"),
        (f"{ENGLAND}{TAGGED}", 2, ENGLAND),
        ("a\u202eb\u202c", 2, "ab"),
        ("a\x00b\x1b", 2, "ab"),
        ("a" + "\u200b\u200c" * 4 + "b", 8, "ab"),
        (f"a\u200bb{TAGGED}", 2, "ab"),
        (f"{FAMILY}{TAGGED}", 2, FAMILY),
    ],
)
def test_what_nobody_sees_is_counted_and_can_be_taken_out(text, count, shown):
    assert hidden_count(text) == count
    assert without_hidden(text) == shown


@given(st.text())
def test_what_was_taken_out_is_gone(text):
    cleaned = without_hidden(text)
    assert hidden_count(cleaned) == 0
    assert without_hidden(cleaned) == cleaned


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_never_touched(text):
    assert without_hidden(text) == text
