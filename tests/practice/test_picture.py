import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.picture import reshaped, reshaped_words


def chances(**parameters):
    return dict(reshaped(parameters))


def test_with_nothing_set_the_example_stands_as_it_is():
    picture = reshaped({})
    assert [word for word, _ in picture][:4] == ["tide", "wave", "salt", "moon"]
    assert len(picture) == 10
    assert picture[0][1] == pytest.approx(0.30)
    assert picture == reshaped({"temperature": 1.0})


def test_the_words_keep_their_places_when_cut():
    assert [word for word, _ in reshaped({"top_k": 1})] == [word for word, _ in reshaped({})]


def test_temperature_follows_the_formula():
    base = [chance for _, chance in reshaped({})]
    powers = [chance ** (1 / 0.5) for chance in base]
    expected = [power / sum(powers) for power in powers]
    assert [chance for _, chance in reshaped({"temperature": 0.5})] == pytest.approx(expected)
    assert chances(temperature=0)["tide"] == 1


def test_every_other_dial_moves_the_picture_too():
    assert chances(top_p=0.5) == pytest.approx(
        {word: 0.0 for word, _ in reshaped({})} | {"tide": 0.6, "wave": 0.4}
    )
    assert sum(chance > 0 for chance in chances(min_p=0.5).values()) == 2
    assert sum(chance > 0 for chance in chances(top_a=1).values()) == 4
    assert chances(frequency_penalty=1)["tide"] < chances(presence_penalty=1)["tide"]
    assert chances(presence_penalty=1)["wave"] < chances()["wave"]
    assert chances(repetition_penalty=1.5)["tide"] < chances()["tide"]


@given(st.dictionaries(st.sampled_from(["top_p", "min_p", "top_a"]), st.floats(0, 1)))
def test_it_sums_to_one(parameters):
    assert math.fsum(chance for _, chance in reshaped(parameters)) == pytest.approx(1)


def test_importing_it_loads_neither_the_network_nor_the_manual():
    code = (
        "import sys; from app.practice import reshaped; reshaped({});"
        "print(sorted({'httpx', 'asyncio', 'app.practice.transport'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_words_of_an_answer_are_reshaped_by_the_same_formulas():
    words = [("a", math.log(0.6)), ("b", math.log(0.2))]
    assert dict(reshaped_words(words, {})) == pytest.approx({"a": 0.75, "b": 0.25})
    cooler = dict(reshaped_words(words, {"temperature": 0.5}))
    assert cooler == pytest.approx({"a": 0.9, "b": 0.1})
    assert dict(reshaped_words([*words, ("c", -9999.0)], {"top_k": 1}))["a"] == 1
