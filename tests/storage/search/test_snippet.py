import pytest

from app.storage.search.snippet import LETTERS, folded, pattern_of, snippet


def found(text, *terms, is_open=False):
    return snippet(text, pattern_of((term, is_open) for term in terms))


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Hello", "hello"), ("  a\n b ", "a b"), ("CAFÉ", "cafe"), ("Straße", "strasse"), ("’", "'")],
)
def test_folding_takes_case_accents_and_runs_of_blanks(text, plain):
    assert folded(text) == plain


def test_all_finds_in_the_window_are_marked():
    assert found("one two one", "one", "two") == ("one two one", [(0, 3), (4, 7), (8, 11)])


def test_a_closed_word_is_not_found_inside_another():
    assert found("lighthouse light", "light") == ("lighthouse light", [(11, 16)])
    assert found("lighthouse", "light") is None
    assert found("lighthouse", "house", is_open=True) is None


def test_letters_of_other_length_keep_their_places():
    text = "İstanbul ﬁne Straße"
    shown, marks = found(text, "strasse")
    assert [shown[start:end] for start, end in marks] == ["Straße"]


def test_a_phrase_is_found_over_punctuation_and_lines():
    shown, [(start, end)] = found("say: hello,\nworld!", "hello world")
    assert shown[start:end] == "hello, world"


def test_a_cut_is_marked_at_both_ends():
    shown, [(start, end)] = found("a " * 500 + "needle" + " b" * 500, "needle")
    assert shown[0] == shown[-1] == "…"
    assert shown[start:end] == "needle"
    assert len(shown) <= LETTERS + 2


def test_what_is_not_there_is_not_found():
    assert found("nothing", "needle") is None
    assert found("ничего", "needle") is None
