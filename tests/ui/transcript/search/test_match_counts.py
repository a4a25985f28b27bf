import pytest

from app.ui.transcript.search.match_counts import Spot, Tally


@pytest.fixture
def tally():
    made = Tally(4)
    made.set_parts(1, [0, 0, 2, 1])
    made.set_parts(3, [1, 0, 0])
    return made


def test_it_adds_up(tally):
    assert tally.total == 4
    assert tally.parts(1) == [0, 0, 2, 1]
    assert tally.parts(2) == []


def test_every_find_has_one_place(tally):
    spots = [Spot(1, 2, 0), Spot(1, 2, 1), Spot(1, 3, 0), Spot(3, 0, 0)]
    assert [tally.spot(place) for place in range(4)] == spots
    assert [tally.place(spot) for spot in spots] == list(range(4))
    assert all(map(tally.has, spots))
    for place in (-1, 4):
        with pytest.raises(IndexError):
            tally.spot(place)


def test_a_place_between_finds_is_that_of_the_next(tally):
    assert tally.place(Spot(0, 5)) == 0
    assert tally.place(Spot(1, 3)) == 2
    assert tally.place(Spot(2, 0)) == 3
    assert not tally.has(Spot(2, 0))


def test_a_count_can_be_put_right(tally):
    assert tally.set_part(1, 2, 1)
    assert not tally.set_part(1, 2, 1)
    assert not tally.set_part(2, 2, 1)
    assert tally.total == 3
    tally.set_parts(1, [0, 0])
    assert tally.total == 1
    assert tally.spot(0) == Spot(3, 0, 0)


def test_messages_come_at_the_end(tally):
    tally.append()
    tally.set_parts(4, [2])
    assert tally.spot(5) == Spot(4, 0, 1)
