import pytest

from app.core.errors import SettingError
from app.providers.catalogue.address import custom_profile, is_loopback, is_private, with_scheme


@pytest.mark.parametrize(
    ("typed", "base_url", "note"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1", ""),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1", ""),
        (
            "  https://API.Example.com/v1/chat/completions/ ",
            "https://api.example.com/v1",
            "Left out",
        ),
        ("https://api.example.com//v1//", "https://api.example.com/v1", ""),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
        ("http://[::1]:8080/v1/models", "http://[::1]:8080/v1", "Left out"),
        ("http://192.168.1.7:8000/v1", "http://192.168.1.7:8000/v1", "Others on this network"),
        ("https://münchen.example/v1", "https://xn--mnchen-3ya.example/v1", ""),
    ],
)
def test_addresses_are_normalised(typed: str, base_url: str, note: str) -> None:
    profile = custom_profile(typed)
    assert profile.base_url == base_url
    assert profile.note.startswith(note)
    assert bool(profile.note) == bool(note)


def test_a_custom_profile_is_complete() -> None:
    profile = custom_profile("http://127.0.0.1:8080/v1", name=" Mine ", needs_key=True)
    assert (profile.id, profile.name) == ("custom-http-127.0.0.1:8080~v1", "Mine")
    assert profile.is_custom
    assert profile.is_local
    assert profile.needs_key
    assert profile.origin == "http://127.0.0.1:8080"
    assert custom_profile("https://api.example.com/v1").name == "api.example.com"
    assert not custom_profile("https://api.example.com/v1").is_local


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "empty"),
        ("localhost:11434", "http"),
        ("api.example.com/v1", "http"),
        ("ftp://example.com", "cannot start"),
        ("https://", "no host"),
        ("https://user:pass@example.com/v1", "user name"),
        ("https://example.com@evil.test/v1", "user name"),
        ("https://example.com/v1?key=abc", "query"),
        ("https://example.com/v1?v=1&api-key=abc", "query"),
        ("https://example.com/v1?access_token=", "query"),
        ("https://example.com/v1#x", "mark"),
        ("http://example.com/v1", "Plain http"),
        ("http://8.8.8.8/v1", "Plain http"),
        ("http://[::ffff:8.8.8.8]/v1", "Plain http"),
        ("https://exam ple.com", "blank"),
        ("https://evil.test\\@example.com", "blank"),
        ("https://example.com:99999/v1", "cannot be read"),
        ("https://[::1/v1", "cannot be read"),
        ("https://a..b.example\u0301/", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said(typed: str, says: str) -> None:
    with pytest.raises(SettingError, match=says) as caught:
        custom_profile(typed)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("localhost:11434/v1", "http://localhost:11434/v1"),
        ("192.168.0.9:8080", "http://192.168.0.9:8080"),
        ("api.example.com/v1", "https://api.example.com/v1"),
    ],
)
def test_an_address_without_scheme_is_completed_to_one_that_works(typed: str, meant: str) -> None:
    with pytest.raises(SettingError) as caught:
        custom_profile(typed)
    assert f"Did you mean {meant}?" in caught.value.hint
    assert custom_profile(meant).base_url == meant


def test_hosts_near_and_far() -> None:
    near = [
        "localhost",
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
        "a.localhost",
    ]
    assert all(is_loopback(host) for host in near)
    assert not any(
        is_loopback(host) for host in ["192.168.0.1", "example.com", "localhost.evil.test"]
    )
    private = ["10.0.0.1", "192.168.0.9", "nas.local", "ollama", "fe80::1%eth0", *near]
    assert all(is_private(host) for host in private)
    assert not any(
        is_private(host) for host in ["8.8.8.8", "example.com", "0.0.0.0", "::ffff:8.8.8.8"]
    )


def test_no_two_addresses_share_an_id_and_with_it_a_key() -> None:
    addresses = [
        "http://nas:8080/v1",
        "https://nas:8080/v1",
        "https://nas/8080/v1",
        "https://nas-8080/v1",
        "https://nas_8080/v1",
        "https://nas:8080/v1/x",
    ]
    ids = {custom_profile(address).id for address in addresses}
    assert len(ids) == len(addresses)
    assert all("/" not in found for found in ids)


@pytest.mark.parametrize("host", ["134744072", "0x08080808"])
def test_a_public_host_written_as_a_number_is_not_taken_for_a_near_one(host: str) -> None:
    with pytest.raises(SettingError, match="Plain http"):
        custom_profile(f"http://{host}/v1")


def test_the_advice_for_a_numeric_host_keeps_its_brackets() -> None:
    with pytest.raises(SettingError) as caught:
        custom_profile("http://[2001:4860:4860::8888]/v1")
    assert "https://[2001:4860:4860::8888]" in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("127.0.0.1:8902", "http://127.0.0.1:8902"),
        (" localhost ", "http://localhost"),
        ("[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("mybox:1234/v1", "http://mybox:1234/v1"),
        ("mybox.local", "http://mybox.local"),
        ("api.example.com/v1", "https://api.example.com/v1"),
        ("134.7.7.8:80", "https://134.7.7.8:80"),
    ],
)
def test_a_bare_host_is_taken_as_it_was_meant(typed: str, meant: str) -> None:
    assert with_scheme(typed) == meant
    assert custom_profile(with_scheme(typed)).base_url == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "mailto:me@example.com",
        "javascript:alert(1)",
        "ftp://x.example",
        "a b.com:1",
        "user@example.com/v1",
        "https://api.example.com",
        "sk-or-v1-abc",
    ],
)
def test_what_is_no_bare_host_stays_as_it_was_typed(typed: str) -> None:
    assert with_scheme(typed) == typed


@pytest.mark.parametrize(
    ("typed", "base_url", "query", "left_out"),
    [
        (
            "https://x.azure.test/openai/deployments/g?api-version=2025-01-01",
            "https://x.azure.test/openai/deployments/g",
            "api-version=2025-01-01",
            "",
        ),
        (
            "https://x.azure.test/openai/deployments/g/chat/completions?api-version=2025-01-01",
            "https://x.azure.test/openai/deployments/g",
            "api-version=2025-01-01",
            "/chat/completions",
        ),
        ("https://x.test/v1/responses/?a=1&b=", "https://x.test/v1", "a=1&b=", "/responses"),
        ("https://x.test/v1/messages", "https://x.test/v1", "", "/messages"),
        ("https://x.test/v1?", "https://x.test/v1", "", ""),
        ("https://x.test?v=1", "https://x.test", "v=1", ""),
    ],
)
def test_a_pasted_address_is_taken_apart(
    typed: str, base_url: str, query: str, left_out: str
) -> None:
    found = custom_profile(typed)
    assert (found.base_url, found.query) == (base_url, query)
    assert left_out in found.note
    again = custom_profile(found.address)
    assert (again.id, again.address) == (found.id, found.address)
    assert (found.id == custom_profile(base_url).id) is (not query)
