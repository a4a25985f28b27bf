import pytest

from app.ui.transcript.search.match_counts import MatchCounts, MatchPlace


@pytest.fixture
def match_counts():
    made = MatchCounts(4)
    made.set_parts(1, [0, 0, 2, 1])
    made.set_parts(3, [1, 0, 0])
    return made


def test_it_adds_up(match_counts):
    assert match_counts.total == 4
    assert match_counts.parts(1) == [0, 0, 2, 1]
    assert match_counts.parts(2) == []


def test_every_find_has_one_place(match_counts):
    matches = [MatchPlace(1, 2, 0), MatchPlace(1, 2, 1), MatchPlace(1, 3, 0), MatchPlace(3, 0, 0)]
    assert [match_counts.match_at(number) for number in range(4)] == matches
    assert [match_counts.number_of(match) for match in matches] == list(range(4))
    assert all(map(match_counts.has, matches))
    for number in (-1, 4):
        with pytest.raises(IndexError):
            match_counts.match_at(number)


def test_a_place_between_finds_is_that_of_the_next(match_counts):
    assert match_counts.number_of(MatchPlace(0, 5)) == 0
    assert match_counts.number_of(MatchPlace(1, 3)) == 2
    assert match_counts.number_of(MatchPlace(2, 0)) == 3
    assert not match_counts.has(MatchPlace(2, 0))


def test_a_count_can_be_put_right(match_counts):
    assert match_counts.set_part(1, 2, 1)
    assert not match_counts.set_part(1, 2, 1)
    assert not match_counts.set_part(2, 2, 1)
    assert match_counts.total == 3
    match_counts.set_parts(1, [0, 0])
    assert match_counts.total == 1
    assert match_counts.match_at(0) == MatchPlace(3, 0, 0)


def test_messages_come_at_the_end(match_counts):
    match_counts.append()
    match_counts.set_parts(4, [2])
    assert match_counts.match_at(5) == MatchPlace(4, 0, 1)
