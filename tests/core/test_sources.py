import pytest

from app.core.sources import host_of, is_known


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
