import pytest

from app.storage.files.pages import pages_of


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (b"%PDF-1.4 <</Type /Pages /Kids [3 0 R] /Count 12>>", 12),
        (b"%PDF-1.4 <</Count 7/Kids[3 0 R]/Type/Pages>>", 7),
        (b"%PDF-1.4 <</Type/Pages/Count 2>> <</Type/Pages/Count 5>>", 5),
        (b"%PDF-1.4 <</Type/Page/Parent 1 0 R>> <</Type /Page /Parent 1 0 R>>", 2),
        (b"%PDF-1.7 packed objects only", None),
        (b"%PDF-1.4 <</Type/Pages/Count 0>>", None),
    ],
)
def test_pages_are_counted_where_the_file_says_them_plainly(data, pages):
    assert pages_of(data) == pages


def test_a_long_hostile_file_is_counted_in_one_pass():
    assert pages_of(b"%PDF-1.4 " + b"/Type /Pages /Count " * 200_000) is None
