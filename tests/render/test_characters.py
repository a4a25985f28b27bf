"""Characters that hide or break are made harmless, the others stay as they are."""

from time import perf_counter

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


COMMANDS = [
    ("\x1b[32mPASS\x1b[0m 3 tests", "PASS 3 tests"),
    ("\x1b[1;38;5;208mwarm\x1b[m", "warm"),
    ("\x1b[38:2::255:0:0mred\x1b[39m", "red"),
    ("\x1b[2K\x1b[1Gdone", "done"),
    ("\x1b[?25lhide\x1b[?25h", "hide"),
    ("\x1b[0 q\x1b[!p.", "."),
    ("\x1b]0;a title; with words\x07$ ls", "$ ls"),
    ("\x1b]8;;https://e.org\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("\x1b]133;A\x9cprompt", "prompt"),
    ("\x1bP1$r0m\x1b\\x\x1b_app\x1b\\y\x1b^pm\x1b\\z", "xyz"),
    ("\x1b(Bcharset\x1b)0\x1b#8\x1b%G", "charset"),
    ("\x1b7saved\x1b8\x1b=\x1b>\x1bM\x1bc", "saved"),
    ("a\x9b31mred\x9b0m", "ared"),
    ("cut at the end\x1b[3", "cut at the end"),
    ("cut in a title\x1b]0;my ti", "cut in a title"),
    ("\x1b]no end\nnext", "no end\nnext"),
    ("\x1b[3\nnext", "3\nnext"),
    ("a lone \x1bx and\x1b", "a lone \x1bx and\x1b"),
    ("\x1b]" + "x" * 3_000, "x" * 3_000),
]
CITED = [
    ("It rains.\ue200cite\ue202turn0search0\ue201 More.", "It rains. More."),
    (
        "A\ue200cite\ue202turn0search0\ue202turn1news2\ue201\ue200navlist\ue202x y\ue202t\ue201.",
        "A.",
    ),
    ("\ue200filecite\ue202turn0file1\ue202L3-L9\ue201", ""),
    ('B \ue200entity\ue202["city","Oslo"]\ue201 c', "B  c"),
    ("\ue203the words\ue204\ue200cite\ue202turn0view0\ue201", "the words"),
    ("cut\ue200cite\ue202turn0sea", "cut"),
    ("an icon \ue200 and no end\nb", "an icon \ue200 and no end\nb"),
    ("icons \ue0b0 \ue20a \uf015", "icons \ue0b0 \ue20a \uf015"),
]


@pytest.mark.parametrize(("text", "wanted"), [*COMMANDS, *CITED])
def test_what_is_written_for_other_programs_goes(text, wanted):
    assert sound(text) == wanted
    for cut in range(len(text) + 1):
        cleaner = Cleaner()
        assert cleaner.feed(text[:cut]) + cleaner.feed(text[cut:]) + cleaner.rest() == wanted, cut
    cleaner = Cleaner()
    assert "".join(map(cleaner.feed, text)) + cleaner.rest() == wanted


@pytest.mark.parametrize(("text", "wanted"), [*COMMANDS, *CITED])
@pytest.mark.parametrize("is_code", [True, False])
def test_it_is_neither_shown_nor_copied(text, wanted, is_code):
    assert shown(text, is_code=is_code) == wanted.replace("\x1b", "\u241b")
    assert copied(text, is_code=is_code) == wanted.replace("\x1b", "")


@pytest.mark.parametrize(("text", "wanted"), [*COMMANDS, *CITED])
def test_while_it_arrives_only_what_is_certain_is_given(text, wanted):
    cleaner, given = Cleaner(), ""
    for letter in text:
        given += cleaner.feed(letter)
        assert wanted.startswith(given)


_SIGNS = [
    "\x1b",
    "[",
    "]",
    "3",
    ";",
    "m",
    "\x07",
    "\\",
    "\x9b",
    "\x9c",
    "P",
    "(",
    "\r",
    "\n",
    "\ud83d",
]


@given(st.lists(st.sampled_from([*_SIGNS, "\ude00", "\ue200", "\ue201", "a", " "]), max_size=30))
def test_commands_in_pieces_or_whole_are_the_same(parts):
    cleaner = Cleaner()
    streamed = "".join(cleaner.feed(part) for part in parts) + cleaner.rest()
    assert streamed == sound("".join(parts))


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x1b[", "\x1b]", "\x1b[3", "\x9b1", "\ue200", "\x1b]\ue200"]
)
def test_any_number_of_beginnings_takes_no_time(sign):
    cleaner = Cleaner()
    began = perf_counter()
    for _ in range(20):
        cleaner.feed(sign * 20_000)
    cleaner.rest()
    sound(sign * 400_000)
    assert perf_counter() - began < 5


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
