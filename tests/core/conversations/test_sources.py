import pytest

from app.core.conversations.sources import host_of, is_known, path_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.test/a?b", "example.test"),
        ("http://Example.test:8080/", "example.test"),
        ("not an address", "not an address"),
        ("http://[broken", "http://[broken"),
        ("", ""),
    ],
)
def test_the_host_stands_for_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


def test_the_same_page_is_known_whatever_its_end() -> None:
    known = ["https://a.test/x", "https://b.test"]
    assert is_known("https://a.test/x#part", known)
    assert is_known("https://b.test/", known)
    assert not is_known("https://a.test/y", known)
    assert not is_known("https://a.test/x", [])


def test_pages_of_one_host_are_told_apart() -> None:
    assert path_of("https://a.test/x?y=1#z") == "/x?y=1"
    assert path_of("https://a.test/") == path_of("https://a.test") == ""
    assert path_of("http://[broken") == ""
