import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.models.sampling import (
    Sampling,
    choose,
    log_probabilities,
    penalised,
    sampling_from,
    shaped,
    softmax,
)

HALF, QUARTER, EIGHTH = math.log(0.5), math.log(0.25), math.log(0.125)
FOUR = [HALF, QUARTER, EIGHTH, EIGHTH]
SCORES = st.lists(st.floats(-30, 30), min_size=1, max_size=40)
SAMPLINGS = st.builds(
    Sampling,
    temperature=st.floats(0.01, 2) | st.just(0.0),
    top_k=st.integers(0, 50),
    top_p=st.floats(0, 1),
    min_p=st.floats(0, 1),
    top_a=st.floats(0, 1),
)


def one(**values):
    return Sampling(**{"temperature": 1.0, **values})


def test_softmax_of_logarithms_gives_the_probabilities_back():
    assert softmax(FOUR) == pytest.approx([0.5, 0.25, 0.125, 0.125])


def test_temperature_one_half_squares_the_probabilities():
    squares = [0.25, 0.0625, 0.015625, 0.015625]
    expected = [square / sum(squares) for square in squares]
    assert softmax(FOUR, 0.5) == pytest.approx(expected)


def test_temperature_two_takes_their_roots():
    roots = [math.sqrt(chance) for chance in (0.5, 0.25, 0.125, 0.125)]
    assert softmax(FOUR, 2) == pytest.approx([root / sum(roots) for root in roots])


def test_temperature_zero_is_certain_of_the_best_and_the_first_of_equals():
    assert shaped(FOUR, one(temperature=0.0)) == [1, 0, 0, 0]
    assert shaped([1.0, 3.0, 3.0], one(temperature=0.0)) == [0, 1, 0]


def test_top_k_keeps_the_best_and_shares_out_the_rest():
    assert shaped(FOUR, one(top_k=2)) == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert shaped(FOUR, one(top_k=9)) == pytest.approx([0.5, 0.25, 0.125, 0.125])
    assert shaped(FOUR, one(top_k=3)) == pytest.approx([4 / 7, 2 / 7, 1 / 7, 0])


def test_top_p_keeps_the_word_that_crosses_the_share():
    assert shaped(FOUR, one(top_p=0.5)) == [1, 0, 0, 0]
    assert shaped(FOUR, one(top_p=0.6)) == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert shaped(FOUR, one(top_p=0.0)) == [1, 0, 0, 0]


def test_min_p_compares_with_the_best():
    assert shaped(FOUR, one(min_p=0.4)) == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert shaped(FOUR, one(min_p=1.0)) == [1, 0, 0, 0]


def test_top_a_compares_with_the_square_of_the_best():
    assert shaped(FOUR, one(top_a=0.6)) == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert shaped(FOUR, one(top_a=0.49)) == pytest.approx([0.5, 0.25, 0.125, 0.125])


def test_the_cuts_come_one_after_another_on_what_is_left():
    assert shaped(FOUR, one(top_k=3, top_p=0.57)) == [1, 0, 0, 0]
    assert shaped(FOUR, one(top_k=3, top_p=0.58)) == pytest.approx([2 / 3, 1 / 3, 0, 0])


def test_temperature_comes_before_the_cuts():
    flat = shaped(FOUR, one(temperature=2.0, top_p=0.5))
    assert sum(chance > 0 for chance in flat) == 2


def test_frequency_counts_each_use_and_presence_only_the_first():
    changed = penalised([1.0, 1.0, 1.0], one(frequency_penalty=0.5), {0: 3, 1: 1})
    assert changed == pytest.approx([-0.5, 0.5, 1.0])
    changed = penalised([1.0, 1.0, 1.0], one(presence_penalty=0.5), {0: 3, 1: 1})
    assert changed == pytest.approx([0.5, 0.5, 1.0])


def test_the_repetition_penalty_divides_good_scores_and_multiplies_bad_ones():
    changed = penalised([4.0, -4.0, 4.0, 4.0], one(repetition_penalty=2.0), {0: 1, 1: 5}, {2: 1})
    assert changed == [2.0, -8.0, 2.0, 4.0]


def test_only_the_repetition_penalty_counts_the_request():
    kinds = {"frequency_penalty": 1.0, "presence_penalty": 1.0}
    assert penalised([1.0], one(**kinds), {}, {0: 4}) == [1.0]


def test_word_bias_is_added_before_the_penalties_and_unknown_ids_do_nothing():
    sampling = one(logit_bias={0: 4.0, 99: 5.0, -1: 5.0}, repetition_penalty=2.0)
    assert penalised([-2.0, 1.0], sampling, {0: 1}) == [1.0, 1.0]


def test_a_ban_is_a_ban():
    chances = shaped(penalised(FOUR, one(logit_bias={0: -100.0}), {}), one())
    assert chances[0] < 1e-40


@given(SCORES, SAMPLINGS)
def test_what_is_drawn_from_sums_to_one(scores, sampling):
    chances = shaped(scores, sampling)
    assert math.fsum(chances) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances)


@given(SCORES, SAMPLINGS)
def test_no_cut_ever_drops_the_best_word(scores, sampling):
    chances = shaped(scores, sampling)
    best = max(scores)
    # Scores this close are the same number once they are probabilities.
    assert any(c > 0 for s, c in zip(scores, chances, strict=True) if s > best - 1e-9)


@given(SCORES, st.floats(0.05, 2), st.floats(0.05, 2))
def test_the_best_word_never_gains_from_more_temperature(scores, first, second):
    low, high = sorted((first, second))
    best = max(range(len(scores)), key=scores.__getitem__)
    assert softmax(scores, high)[best] <= softmax(scores, low)[best] + 1e-12


@given(SCORES)
def test_log_probabilities_are_the_logarithms_of_the_softmax(scores):
    logs = log_probabilities(scores)
    assert [math.exp(log) for log in logs] == pytest.approx(softmax(scores))


@given(SCORES, SAMPLINGS, st.integers())
def test_a_word_that_was_cut_is_never_drawn(scores, sampling, seed):
    chances = shaped(scores, sampling)
    assert chances[choose(chances, random.Random(seed))] > 0


def test_draws_come_out_as_often_as_they_should():
    dice = random.Random(1)
    drawn = Counter(choose([0.5, 0.0, 0.3, 0.2], dice) for _ in range(20_000))
    assert drawn[1] == 0
    for index, chance in ((0, 0.5), (2, 0.3), (3, 0.2)):
        assert drawn[index] / 20_000 == pytest.approx(chance, abs=0.015)


class Certain(random.Random):
    def random(self):
        return 1.0


def test_a_rounding_error_at_the_end_still_draws_a_possible_word():
    assert choose([0.5, 0.5, 0.0], Certain()) == 1


def test_absent_parameters_are_off():
    assert sampling_from({}) == Sampling()
    assert sampling_from({}, default_temperature=1.0).temperature == 1.0
    assert sampling_from({"top_k": 5, "seed": 3, "min_p": 0.1}) == Sampling(top_k=5, min_p=0.1)
