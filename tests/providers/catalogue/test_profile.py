import pytest

from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.profile import ProviderProfile, ascii_host, origin_of


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://API.Example.com/v1", "https://api.example.com"),
        ("https://api.example.com:443/v1", "https://api.example.com"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("http://[::1]:80/v1", "http://[::1]"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example"),
        ("https://api.example.com:80/", "https://api.example.com:80"),
    ],
)
def test_an_origin_is_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_profiles_know_their_host_and_origin(catalogue: Catalogue) -> None:
    profile = catalogue.profile("openrouter")
    assert (profile.host, profile.origin) == ("openrouter.ai", "https://openrouter.ai")
    assert ascii_host("EXAMPLE.com") == "example.com"


def test_the_page_of_a_key_is_named_by_its_hash_alone() -> None:
    profile = ProviderProfile("p", "P", "https://p", key_link="https://p/keys/{sha256}")
    page = profile.page_of("abc")
    assert page == (
        "https://p/keys/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_a_model_called_like_its_provider_is_named_once(catalogue: Catalogue) -> None:
    assert catalogue.profile("practice").route_name("Practice") == "Practice"
    assert catalogue.profile("openrouter").route_name("Gemma 4") == "Gemma 4 at OpenRouter"
