import math
import random

import pytest

from app.core.models.sampling import choose, softmax
from app.practice.readings import Readings
from app.practice.words import END, WordModel

FIRST = "Variety decides how boldly the next word is chosen."
SECOND = "Word pool keeps the likeliest words and drops the others."
CODE = "Run it:\n\n```sh\nfacet list now\n```\n\nDone and well."
TABLE = "| a | b |\n|---|---|\n| one | two |\n"


@pytest.fixture(scope="module")
def model():
    return WordModel([FIRST, SECOND, TABLE, CODE])


def best(chances):
    return max(range(len(chances)), key=chances.__getitem__)


def written_greedily(readings, model):
    text = ""
    while (token := best(readings.chances())) != END:
        text += model.tokens[token]
        readings.follow(token)
    return text


@pytest.mark.parametrize("text", [FIRST, SECOND, TABLE, CODE])
def test_the_likeliest_words_are_the_text_itself(model, text):
    assert written_greedily(Readings(model, [(text, 1.0)]), model) == text


def test_the_stronger_belief_wins(model):
    readings = Readings(model, [(FIRST, 1.0), (SECOND, 3.0)])
    chances = readings.chances()
    assert chances[model.encode("Word")[0]] == pytest.approx(
        3 * chances[model.encode("Variety")[0]], rel=0.1
    )
    assert written_greedily(readings, model) == SECOND


def test_one_word_of_the_weaker_text_settles_the_belief(model):
    readings = Readings(model, [(FIRST, 0.95), (SECOND, 0.05)])
    readings.follow(model.encode("Word")[0])
    assert "Word" + written_greedily(readings, model) == SECOND


def test_a_detour_finds_back(model):
    readings = Readings(model, [(FIRST, 1.0)])
    for token in model.encode("Variety decides drops"):
        readings.follow(token)
    assert written_greedily(readings, model).endswith("the next word is chosen.")


def test_a_skipped_word_is_skipped(model):
    readings = Readings(model, [(FIRST, 1.0)])
    for token in model.encode("Variety the"):
        readings.follow(token)
    assert written_greedily(readings, model) == " next word is chosen."


def test_probabilities_sum_to_one_wherever_the_dice_lead(model):
    dice = random.Random(5)
    readings = Readings(model, [(FIRST, 0.6), (SECOND, 0.3), (TABLE, 0.1)])
    for _ in range(60):
        chances = readings.chances()
        assert math.fsum(chances) == pytest.approx(1)
        assert min(chances) > 0
        hot = softmax([math.log(chance) for chance in chances], 1.8)
        readings.follow(choose(hot, dice))


def test_marks_of_a_table_are_surer_than_prose(model):
    prose, table = Readings(model, [(FIRST, 1.0)]), Readings(model, [(TABLE, 1.0)])
    assert max(table.chances()) > max(prose.chances())


def test_code_is_surer_than_prose_until_it_is_closed(model):
    readings = Readings(model, [(CODE, 1.0)])
    sureness = {}
    for token in model.encode(CODE):
        chances = readings.chances()
        sureness[model.tokens[token]] = chances[token]
        readings.follow(token)
    assert sureness[" list"] > sureness[" it"]
    assert sureness[" list"] > sureness[" well"]
