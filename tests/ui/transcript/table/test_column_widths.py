"""How columns share the room there is."""

from app.ui.transcript.table.column_widths import Need, fitted


def need(natural, least=None, comfortable=None):
    least = min(natural, 80) if least is None else least
    return Need(natural, least, comfortable or max(least, min(natural, 200)))


def test_what_fits_has_what_it_would_like():
    assert fitted([need(40), need(120)], 400) == [40, 120]


def test_a_short_column_is_not_broken_for_a_long_one():
    first, second = fitted([need(90), need(3000)], 400)
    assert first == 90
    assert 300 <= second <= 310


def test_two_long_columns_share_and_the_longer_has_more():
    first, second = fitted([need(500), need(2000)], 400)
    assert 100 < first < second < 300
    assert first + second <= 400


def test_none_is_narrower_than_can_be_read():
    widths = fitted([need(100, least=95), need(5000), need(5000)], 280)
    assert widths[0] >= 95
    assert all(width >= 80 for width in widths)
    assert sum(widths) <= 280


def test_where_they_cannot_be_read_each_is_comfortable():
    assert fitted([need(1000)] * 6, 300) == [200] * 6


def test_all_of_the_room_is_used_but_what_rounding_leaves():
    widths = fitted([need(300), need(700), need(1500), need(60)], 640)
    assert 640 - 4 <= sum(widths) <= 640


def test_a_long_table_leaves_room_for_longer_rows_to_come():
    first, second = fitted([need(40), need(120)], 400, is_long=True)
    assert 40 < first <= 60
    assert 120 < second <= 180
    assert sum(fitted([need(40), need(120)], 180, is_long=True)) <= 180
