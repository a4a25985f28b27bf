import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.words import END, WordModel, split

TEXT = "the cat sat on the mat. the cat ran."


@given(st.text())
def test_tokens_join_to_the_text(text):
    assert "".join(split(text)) == text


def test_a_token_is_a_word_with_its_space_or_a_run_of_marks():
    assert split("Don't  stop, `top_p`:\n\n**0.9**") == [
        *("Don't", " ", " stop", ",", " `", "top_p", "`", ":", "\n\n", "**", "0", ".", "9", "**")
    ]


def test_a_space_between_lines_is_kept():
    assert split("a \n b") == ["a", " ", "\n", " b"]


@pytest.mark.parametrize("context", ["", "the", "the cat", "on the", "mat."])
def test_probabilities_sum_to_one_and_none_is_zero(context):
    model = WordModel([TEXT])
    chances = model.chances(model.encode(context))
    assert math.fsum(chances) == pytest.approx(1)
    assert min(chances) > 0


def test_a_small_model_by_hand():
    """Witten-Bell over "a a b": 3 tokens, 4 counted with the end, vocabulary of 3."""
    model = WordModel(["a a b"])
    assert model.tokens == ["", "a", " a", " b"]
    single = [1 / 8 + 4 / 8 / 4] * 4
    assert model.chances([model.encode(" b")[0]] * 2) == pytest.approx(
        [1 / 2 + single[0] / 2, *(chance / 2 for chance in single[1:])]
    )
    after_start = model.chances([])
    pair = [chance / 2 for chance in single]
    pair[1] += 1 / 2
    triple = [chance / 2 for chance in pair]
    triple[1] += 1 / 2
    assert after_start == pytest.approx(triple)


def test_what_was_seen_is_likelier():
    model = WordModel([TEXT])
    chances = model.chances(model.encode("the cat"))
    sat, mat = model.encode(" sat")[0], model.encode(" mat")[0]
    assert chances[sat] > 5 * chances[mat]
    ends = model.chances(model.encode(" ran."))
    assert ends.index(max(ends)) == END


def test_scores_stand_for_the_same_probabilities():
    model = WordModel([TEXT])
    chances = model.chances([])
    weights = [math.exp(score) for score in model.scores(chances)]
    assert [weight / sum(weights) for weight in weights] == pytest.approx(chances)
    assert model.scores([1 / len(model)])[0] == pytest.approx(0)


def test_unknown_words_are_left_out_and_words_are_found_in_every_spelling():
    model = WordModel(["Cat and cat and a cat"])
    assert [model.tokens[token] for token in model.encode("Cat, and dog")] == ["Cat", " and"]
    assert {model.tokens[token] for token in model.ids_of("cat")} == {"Cat", " cat"}
    assert model.ids_of("dog") == []
