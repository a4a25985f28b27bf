import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.fuzzy import folded, score


@pytest.mark.parametrize(
    ("text", "comparable"),
    [("ÉCOLE", "ecole"), ("Straße", "strasse"), ("ﬁne", "fine"), ("東京", "東京"), ("", "")],
)
def test_folding_takes_case_and_accents_away(text, comparable):
    assert folded(text) == comparable


@pytest.mark.parametrize(
    ("query", "text", "points"),
    [
        ("gem", "Gemma 2", 8),
        ("2", "Gemma 2", 5),
        ("27b", "gemma-2-27b-it", 5),
        ("mma", "Gemma", 3),
        ("gma", "Gemma", 1),
        ("mma mm", "xmm gemma", 3 + 3),
        ("gem 2", "Gemma 2", 8 + 5),
        ("zz", "Gemma", None),
        ("gem zz", "Gemma", None),
    ],
)
def test_each_word_counts_where_it_is_found(query, text, points):
    found = score(query, text)
    if points is None:
        assert found is None
    else:
        assert found == pytest.approx(points - len(folded(text)) / 1000)


def test_a_later_beginning_of_a_word_is_better_than_an_earlier_middle():
    assert score("it", "kit it") == pytest.approx(5 - 0.006)


def test_the_shorter_text_wins_a_tie():
    assert score("gemma", "Gemma 2") > score("gemma", "Gemma 2 27B")


def test_an_empty_query_finds_everything():
    assert score("", "anything") is not None
    assert score("  ", "") == 0


@given(st.text(max_size=30))
def test_a_text_always_answers_itself(text):
    assert score(text, text) is not None


@given(st.text(max_size=20), st.text(max_size=30))
def test_no_query_is_an_error(query, text):
    found = score(query, text)
    assert found is None or isinstance(found, float)
