import pytest

from app.providers.transport.proxies import proxy_for
from app.providers.transport.proxy_exceptions import is_excepted


@pytest.mark.parametrize(
    ("exceptions", "address", "is_direct"),
    [
        ("10.0.0.0/8,192.168.*", "http://10.1.2.3:8080/v1", True),
        ("10.0.0.0/8,192.168.*", "http://192.168.7.9/v1", True),
        ("10.0.0.0/8,192.168.*", "http://172.16.0.1/v1", False),
        ("10.0.0.0/8", "http://11.0.0.1/v1", False),
        ("10.1.2.3/8", "http://10.9.9.9/v1", True),
        ("10.0.0.5", "http://10.0.0.5/v1", True),
        ("10.0.0.5", "http://10.0.0.50/v1", False),
        ("10.0.0.5:8080", "http://10.0.0.5:8080/v1", True),
        ("10.0.0.5:8080", "http://10.0.0.5:9090/v1", False),
        ("models.lan:443", "https://models.lan/v1", True),
        ("models.lan:443", "http://models.lan/v1", False),
        ("fd00::/8", "http://[fd12:3456::1]:8080/v1", True),
        ("fd00::/8", "http://[fe80::1]/v1", False),
        ("[fd12::1]", "http://[fd12::1]/v1", True),
        ("[fd12::1]:8080", "http://[fd12::1]:8080/v1", True),
        ("[fd12::1]:8080", "http://[fd12::1]:9/v1", False),
        ("[fd00::]/8", "http://[fd12::1]/v1", True),
        ("FD12:0:0::1", "http://[fd12::1]/v1", True),
        ("10.0.0.0/8", "http://[::ffff:10.1.2.3]/v1", True),
        ("*.example.org", "https://api.example.org/v1", True),
        ("*.example.org", "https://example.org/v1", True),
        ("*.example.org", "https://badexample.org/v1", False),
        (".example.org", "https://api.example.org/v1", True),
        (".example.org", "https://example.org/v1", True),
        ("example.org", "https://api.example.org/v1", True),
        ("example.org", "https://notexample.org/v1", False),
        ("api*.example.org", "https://api7.example.org/v1", True),
        ("EXAMPLE.org.", "https://example.ORG/v1", True),
        (" one.test ,  example.org ", "https://example.org/v1", True),
        ("one.test example.org", "https://example.org/v1", True),
        ("*", "https://example.org/v1", True),
        ("", "https://example.org/v1", False),
        (",,/,:,[,]:", "https://example.org/v1", False),
        ("300.0.0.0/8,10.0.0.0/99", "http://10.0.0.1/v1", False),
    ],
)
def test_the_way_to_a_host(
    exceptions: str, address: str, is_direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://proxy.test:3128")
    monkeypatch.setenv("no_proxy", exceptions)
    found = proxy_for(address)
    assert found == (None if is_direct else "http://proxy.test:3128")


def test_a_hostile_list_is_read_no_further_than_it_has_to_be() -> None:
    assert not is_excepted("example.org", 443, "[" * 100_000 + ",example.org")
