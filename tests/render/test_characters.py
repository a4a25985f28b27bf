"""Characters that hide or break are made harmless, the others stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.characters import Cleaner, copied, hidden_count, shown, sound

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
TAGS = "\U000e0041\U000e006c\U000e0073\U000e006f"


def test_pairs_are_rejoined_and_lone_halves_replaced():
    cleaner = Cleaner()
    pieces = ["\ud83d", "\ude00", "\ud800", "a\x00b", "\ufffe"]
    text = "".join(cleaner.feed(piece) for piece in pieces) + cleaner.rest()
    assert text == "😀\ufffda\x00b\ufffe"
    assert shown(text) == "😀\ufffda\u2400b\ufffd"


@given(st.lists(st.sampled_from(["\r", "\n", "a", "\ud83d", "\ude00", "é", "😀"]), max_size=20))
def test_pieces_or_whole_are_the_same(parts):
    cleaner = Cleaner()
    streamed = "".join(cleaner.feed(part) for part in parts) + cleaner.rest()
    assert streamed == sound("".join(parts))
    streamed.encode()


@pytest.mark.parametrize("text", [FLAG, "👩‍💻", "العربية\u200f", "日本語", "a\tb\n", "❤️"])
def test_what_people_write_stays(text):
    assert shown(text) == text
    assert copied(text) == text


def test_tags_are_counted_shown_and_not_copied():
    assert shown(f"ask{TAGS}") == "ask[4 hidden characters]"
    assert copied(f"ask{TAGS}{FLAG}") == f"ask{FLAG}"
    assert hidden_count(f"ask{TAGS}{FLAG}") == 4


def test_direction_controls_are_labelled_in_code():
    assert shown("a\u202e\u2066b", is_code=True) == "a[U+202E][U+2066]b"
    assert copied("a\u202e\u2066b", is_code=True) == "ab"


def test_a_long_run_of_one_override_is_one_label():
    assert shown("a" + "\u202e" * 3_000 + "b") == "a[U+202E, 3000 times]b"
    assert shown("\u202e\u202e\u202d") == "[U+202E][U+202E][U+202D]"


def test_terminal_codes_never_reach_the_clipboard():
    text = copied("echo ok\x1b[8m; x\x1b[0m\x1b]0;t\x07\r\n\tn", is_code=True)
    assert all(letter >= " " or letter in "\t\n" for letter in text)
    assert shown("\x1b") == "\u241b"


def test_a_tower_of_marks_is_cut_and_says_so():
    assert shown("a" + "\u0301" * 2_000) == "a" + "\u0301" * 16 + "[1984 more marks]"
    assert shown("e\u0301\u0323") == "e\u0301\u0323"


def test_an_endless_chain_of_joined_signs_is_cut():
    man = "\U0001f468"
    text = shown(f"{man}\u200d" * 1_000)
    assert text.count(man) == 1_000
    assert max(len(part) for part in text.split(man + man)) < 40
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    assert shown(family) == family
