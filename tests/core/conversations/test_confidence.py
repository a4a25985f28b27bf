import math

import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.confidence import MOST_DOUBTS, Doubt, chance, confidence_of
from app.core.conversations.events import Candidate, WordScored

HALF = math.log(0.5)


def test_nothing_scored_is_nothing_known() -> None:
    assert confidence_of([]) is None
    assert Accumulator().confidence is None


def test_the_average_and_the_places_of_most_doubt() -> None:
    words = [
        Doubt("", "The", -0.01),
        Doubt("", " cat", HALF, ((" dog", math.log(0.3)), (" cat", HALF))),
        Doubt("", " sat", -0.1),
    ]
    found = confidence_of(words)
    assert found is not None
    assert found.count == 3
    assert found.share == pytest.approx(math.exp((-0.01 + HALF - 0.1) / 3))
    first = found.doubts[0]
    assert (first.before, first.word) == ("The", " cat")
    assert [word for word, _ in first.candidates] == [" cat", " dog"]
    assert [doubt.word for doubt in found.doubts] == [" cat", " sat", "The"]


def test_little_is_kept_of_a_long_answer() -> None:
    rivals = tuple((f"r{n}", -5.0 - n) for n in range(20))
    found = confidence_of([Doubt("", "word ", -0.001 * n, rivals) for n in range(10_000)])
    assert found is not None
    assert found.count == 10_000
    assert len(found.doubts) == MOST_DOUBTS
    assert all(len(doubt.before) <= 40 and len(doubt.rivals) <= 9 for doubt in found.doubts)


def test_an_impossible_word_does_not_swallow_the_average() -> None:
    found = confidence_of([Doubt("", "a", -9999.0), Doubt("", "b", 0.0)])
    assert found is not None
    assert found.mean == -50.0
    assert chance(5.0) == 1.0


def test_an_answer_adds_up_its_scored_words() -> None:
    told = Accumulator()
    told.add(WordScored("Hi", HALF, (Candidate("Ho", -1.0),)))
    found = told.confidence
    assert found is not None
    assert found.doubts == (Doubt("", "Hi", HALF, (("Ho", -1.0),)),)
