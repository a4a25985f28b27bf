"""Which addresses may be opened."""

import pytest

from app.render.markdown.links import host_of, is_openable


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://xn--pple-43d.com/",
        "https://[::1]:8000/x",
        "mailto:someone@example.org?subject=x",
        "https://example.org/a%20b",
        "https://de.wikipedia.org/wiki/M%C3%BCnchen",
    ],
)
def test_good_addresses(url):
    assert is_openable(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "https://",
        "https:///path",
        "https://user@evil.test/",
        "https://github.com%40evil.test/",
        "https://evil.test\\@github.com/",
        "https://evil.test%5C@github.com/",
        "https://github.com⁄login.evil.test/",
        "https://example.org/\u202egnp.exe",
        "https://example.org/%E2%80%AEgnp.exe",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org:99999/",
        "https://[::1/",
        "mailto:",
        "mailto:nobody",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_bad_addresses(url):
    assert not is_openable(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://a.test/x", "a.test"),
        ("file:///etc/passwd", "a file"),
        ("../x", "a file"),
        ("\\\\srv\\share", "srv"),
        ("data:image/png;base64,x", "data:"),
        ("https://[::1", "unreadable address"),
    ],
)
def test_hosts_for_labels(url, host):
    assert host_of(url) == host
