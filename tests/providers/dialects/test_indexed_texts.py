from app.providers.dialects.indexed_texts import IndexedTexts


def test_what_follows_is_appended_with_a_gap_between_items() -> None:
    texts = IndexedTexts()
    assert texts.add((0, 0), "a") == "a"
    assert texts.add((0, 1), "b") == "b"
    assert texts.add((2, 0), "c") == "\n\nc"
    assert texts.add((2, 0), "d") == "d"
    assert texts.joined() == "ab\n\ncd"


def test_what_belongs_before_the_end_cannot_be_appended() -> None:
    texts = IndexedTexts()
    texts.add((1, 0), "later")
    assert texts.add((0, 0), "first") is None
    assert texts.joined() == "first\n\nlater"


def test_a_part_is_put_right() -> None:
    texts = IndexedTexts()
    texts.add((0, 0), "wrong")
    texts.put((0, 0), "right")
    assert (texts.of((0, 0)), texts.of((5, 5)), texts.joined()) == ("right", "", "right")


def test_nothing_is_nothing_and_parts_may_stand_apart() -> None:
    texts = IndexedTexts()
    assert texts.add((0, 0), "") == ""
    assert texts.add((0, 0), "a", between="--") == "a"
    assert texts.add((0, 1), "b", between="--") == "--b"
