import pytest

from app.core.errors import UnavailableError
from app.providers.transport.proxies import proxy_for


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_no_proxy_by_default() -> None:
    assert proxy_for("https://openrouter.ai/api/v1") is None


def test_the_system_proxy_is_used_but_never_for_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("HTTP_PROXY", "proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", "inside.test")
    assert proxy_for("https://openrouter.ai/v1") == "http://proxy.test:3128"
    assert proxy_for("http://192.168.1.9/v1") == "http://proxy.test:3128"
    assert proxy_for("https://api.inside.test/v1") is None
    for address in ("http://localhost:11434/v1", "http://127.0.0.1:1/v1", "https://[::1]:8080/v1"):
        assert proxy_for(address) is None


def test_a_kind_that_cannot_be_used_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://user:secret@proxy.test:1080")
    with pytest.raises(UnavailableError, match=r"socks5://proxy\.test") as caught:
        proxy_for("https://openrouter.ai/v1")
    assert "secret" not in str(caught.value)
    assert "ALL_PROXY" in caught.value.hint
