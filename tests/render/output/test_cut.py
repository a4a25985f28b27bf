"""Cutting a tree."""

from hypothesis import given
from hypothesis import strategies as st

from app.render.output.cut import cut_runs, kept, slice_units, units
from app.render.tree import Code, Item, Listing, Mark, Note, Paragraph, Quote, Run, Table


def said(text):
    return Paragraph((Run(text),))


ONE, TWO, THREE = said("one"), said("two"), said("three")


@given(st.text(), st.data())
def test_stretches_are_counted_as_qt_counts(text, data):
    size = units(text)
    assert size == len(text.encode("utf-16-le")) // 2
    at = len(text[: data.draw(st.integers(0, len(text)))].encode("utf-16-le")) // 2
    assert slice_units(text, 0, at) + slice_units(text, at, size) == text


def test_runs_are_cut_inside_and_keep_their_marks():
    runs = (Run("The "), Run("q\U0001f600ick", Mark.STRONG, "https://a.test/"), Run(" fox"))
    assert cut_runs(runs, 5, 12) == (
        Run("\U0001f600ick", Mark.STRONG, "https://a.test/"),
        Run(" f"),
    )
    assert cut_runs(runs, 0, 99) == runs
    assert cut_runs(runs, 4, 4) == ()


def test_a_formula_drawn_as_a_picture_is_taken_whole():
    runs = (Run("is "), Run("a^2+b^2", Mark.MATH), Run(" so"))
    drawn = "is \ufffc so"
    assert cut_runs(runs, 3, 4, drawn) == (Run("a^2+b^2", Mark.MATH),)
    assert cut_runs(runs, 4, 6, drawn) == (Run(" s"),)


def test_blocks_that_are_not_left_are_dropped_and_empty_ones_with_them():
    tree = (ONE, Quote((TWO,)), Note("1", (THREE,)))
    assert kept(tree, {id(ONE): ONE}) == (ONE,)
    assert kept(tree, {id(TWO): said("wo")}) == (Quote((said("wo"),)),)
    assert kept(tree, {id(THREE): THREE}) == (tree[2],)


def test_what_is_wholly_left_comes_back_as_itself():
    tree = (Quote((ONE, Listing((Item((TWO,)),)))), Code("", "x"), Table(((),), ("",), ()))
    left = {id(block): block for block in (ONE, TWO, *tree)}
    assert all(one is other for one, other in zip(kept(tree, left), tree, strict=True))


def test_a_numbered_list_goes_on_counting_where_it_was_cut():
    listing = Listing((Item((ONE,)), Item((TWO,), True), Item((THREE,))), 4)
    (rest,) = kept((listing,), {id(TWO): said("wo"), id(THREE): THREE})
    assert rest == Listing((Item((said("wo"),), True), Item((THREE,))), 5)
    (first,) = kept((listing,), {id(ONE): ONE})
    assert first == Listing((Item((ONE,)),), 4)


def test_a_formula_that_stands_between_dollars_is_cut_without_them():
    runs = (Run("a "), Run("x^2", Mark.MATH), Run(" b"))
    drawn = "a $x^2$ b"
    assert cut_runs(runs, 0, 9, drawn) == runs
    assert cut_runs(runs, 2, 7, drawn) == runs[1:2]
    assert cut_runs(runs, 8, 9, drawn) == (Run("b"),)
