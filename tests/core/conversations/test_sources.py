import pytest

from app.core.conversations.sources import host_of, path_of, same_page


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
    assert same_page("https://a.test/x#part") == same_page("https://a.test/x")
    assert same_page("https://b.test/") == same_page("https://b.test")
    assert same_page("https://a.test/y") != same_page("https://a.test/x")


def test_pages_of_one_host_are_told_apart() -> None:
    assert path_of("https://a.test/x?y=1#z") == "/x?y=1"
    assert path_of("https://a.test/") == path_of("https://a.test") == ""
    assert path_of("http://[broken") == ""
