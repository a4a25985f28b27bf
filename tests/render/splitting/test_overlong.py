"""Where an overlong line is cut."""

import pytest

from app.render.splitting.overlong import place_to_cut


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("some words and one two. three four", "some words and one"),
        ("some words here. one two three four", "some words here."),
        ("一二三四五六七八九十一二三。四五六七八九十", "一二三四五六七八九十一二三。"),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst"),
        ("some words, one two - three four", "some words, one"),
        ("some words, one. - three four", "some words, one. -"),
        ("some words, six 1. three four", "some words, six 1."),
        ("some words, one > # 7. - + four", "some words,"),
    ],
)
def test_behind_a_sentence_or_a_word_and_never_before_a_sign_of_blocks(line, first):
    assert line[: place_to_cut(line, 20)] == first
