import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.needle import Needle


def utf16(text, first, last):
    return text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le")


def found(text, query, **more):
    needle = Needle(query, **more)
    spans = needle.spans(text)
    assert needle.count(text) == len(spans)
    return [utf16(text, *span) for span in spans]


@pytest.mark.parametrize(
    ("query", "text", "finds"),
    [
        ("cat", "Cat, cat and concatenate", ["Cat", "cat", "cat"]),
        ("cafe", "Café cafe\u0301 CAFE", ["Café", "cafe\u0301", "CAFE"]),
        ("café", "Café cafe\u0301 CAFE", ["Café", "cafe\u0301"]),
        ("cafe\u0301", "Café cafe", ["Café"]),
        ("ne\u0301", "né ne", ["né"]),
        ("e\u0301ne", "éné éne", ["éne"]),
        ("strasse", "Die Straße", ["Straße"]),
        ("i", "ﬁ", ["ﬁ"]),
        ("fin", "ﬁne", ["ﬁn"]),
        ("b", "😀b 👩\u200d🚀 b", ["b", "b"]),
        ("😀", "a😀b", ["😀"]),
        (
            "two words",
            "two words, two\u2028words, two  words",
            ["two words", "two\u2028words", "two  words"],
        ),
        ("two words", "two\u2029words", []),
        ("a b", "a\u00a0b", ["a\u00a0b"]),
        ("it's", "it’s", ["it’s"]),
        ("京", "東京都", ["京"]),
        ("한", unicodedata.normalize("NFD", "한국"), [unicodedata.normalize("NFD", "한")]),
        (".*", "a.*b", [".*"]),
        ("the ", "the then the", ["the "]),
        ("aa", "aaaa", ["aa", "aa"]),
        ("nothing", "something", []),
    ],
)
def test_what_is_found(query, text, finds):
    assert found(text, query) == finds


def test_case_counts_when_asked():
    assert found("Cat cat CAT", "Cat", keeps_case=True) == ["Cat"]
    assert found("Éa éa", "E", keeps_case=True) == ["É"]


@pytest.mark.parametrize(
    ("query", "text", "finds"),
    [
        ("cat", "Cat, concatenate cat_s cat", ["Cat", "cat"]),
        ("->", "a->b -> c", ["->", "->"]),
        ("caf", "café caf", ["caf"]),
        ("ca", "ca\u0301 ca", ["ca\u0301", "ca"]),
        ("京", "東京都", ["京"]),
        ("é", "été é", ["é"]),
    ],
)
def test_whole_words(query, text, finds):
    assert found(text, query, is_whole=True) == finds


@pytest.mark.parametrize("query", ["", " ", "\n\t"])
def test_nothing_is_not_looked_for(query):
    needle = Needle(query)
    assert not needle
    assert needle.count("any text") == 0
    assert needle.spans("any text") == []


@pytest.mark.parametrize(
    "source",
    ["A word here.", "A w**or**d here.", "A W`OR`D", "wo\\rd", "w&ouml;rd", "a w\u00f6rd"],
)
def test_markdown_that_may_show_it_is_let_through(source):
    assert Needle("word").may_be_in(source)


def test_markdown_that_cannot_show_it_is_not():
    assert not Needle("word").may_be_in("w o r d, and **w** *ord*")
    assert not Needle("one two").may_be_in("only one")


LETTERS = st.text(alphabet="aAbé\u0301\u0308ßﬁ😀 İ京\u2028", max_size=40)


@given(LETTERS, LETTERS)
def test_spans_are_in_order_and_whole_letters(text, query):
    last_end = 0
    for first, last in Needle(query).spans(text):
        assert last_end <= first < last
        utf16(text, first, last)
        last_end = last
    assert last_end <= len(text.encode("utf-16-le")) // 2


@given(LETTERS)
def test_the_form_of_unicode_does_not_matter(text):
    query = "ab"
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert Needle(query).count(forms[0]) == Needle(query).count(forms[1])
