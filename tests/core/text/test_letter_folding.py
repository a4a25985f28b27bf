import unicodedata

import pytest

from app.core.text.letter_folding import Folds, fold, has_accents


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hello", "hello"),
        ("Café", "cafe"),
        (unicodedata.normalize("NFD", "Café"), "cafe"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("“it’s”", '"it\'s"'),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("İI", "ii"),
        ("京都", "京都"),
    ],
)
def test_neither_case_nor_accents_nor_form_count(text, plain):
    assert fold(text) == plain


def test_accents_can_be_kept_in_either_form():
    kept = Folds(keeps_accents=True)
    composed, parted = "É", unicodedata.normalize("NFD", "É")
    assert composed.translate(kept) == parted.translate(kept) == "e\u0301"


def test_case_can_be_kept():
    assert "É".translate(Folds(keeps_case=True)) == "E"


@pytest.mark.parametrize(
    ("text", "is_accented"),
    [("naive", False), ("naïve", True), ("nai\u0308ve", True), ("Straße", False), ("ﬁ", False)],
)
def test_accents_are_noticed(text, is_accented):
    assert has_accents(text) is is_accented
