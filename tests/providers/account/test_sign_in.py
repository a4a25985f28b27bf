import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.core.errors import AuthenticationError, ProtocolError, SettingError, UnavailableError
from app.providers.account.sign_in import SignIn, code_from
from app.providers.catalogue.catalogue import Catalogue


@pytest.fixture
def attempt():
    return SignIn(Catalogue.bundled().profile("openrouter"))


def test_the_page_is_given_the_hash_and_not_the_secret(attempt):
    page = urlsplit(attempt.page("http://127.0.0.1:4000/abc"))
    fields = parse_qs(page.query)
    digest = hashlib.sha256(attempt.verifier.encode()).digest()
    assert f"{page.scheme}://{page.netloc}{page.path}" == "https://openrouter.ai/auth"
    assert fields == {
        "callback_url": ["http://127.0.0.1:4000/abc"],
        "code_challenge": [base64.urlsafe_b64encode(digest).decode().rstrip("=")],
        "code_challenge_method": ["S256"],
    }
    assert attempt.verifier not in attempt.page() + repr(attempt)
    assert "callback_url" not in attempt.page()


def test_every_attempt_has_a_secret_of_its_own(attempt):
    other = SignIn(attempt.profile)
    assert other.verifier != attempt.verifier
    assert 43 <= len(attempt.verifier) <= 128


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("abc-123_x", "abc-123_x"),
        ("  abc-123\n", "abc-123"),
        ("http://localhost:3000/cb?code=abc-123&x=1", "abc-123"),
        ("https://example.org/?code=a%2Db-c", "a-b-c"),
    ],
)
def test_a_code_is_found_in_what_was_pasted(pasted, code):
    assert code_from(pasted) == code


@pytest.mark.parametrize(
    "pasted",
    ["", "  ", "two words", "äöü-123", "https://x.org/?code=", "https://[/?code=a", "x" * 600],
)
def test_what_is_no_code_is_refused(pasted):
    with pytest.raises(SettingError):
        code_from(pasted)


def answering(status, body):
    asked = []

    def answer(request):
        asked.append(request)
        return httpx.Response(status, json=body)

    return httpx.MockTransport(answer), asked


async def test_a_code_is_exchanged_for_a_key(attempt):
    transport, asked = answering(200, {"key": "sk-or-v1-abc", "user_id": "u"})
    assert await attempt.key("code-1", transport=transport) == "sk-or-v1-abc"
    assert str(asked[0].url) == "https://openrouter.ai/api/v1/auth/keys"
    assert attempt.verifier in asked[0].read().decode()
    assert "authorization" not in asked[0].headers


@pytest.mark.parametrize("status", [400, 403])
async def test_a_refused_code_says_what_to_do(attempt, status):
    transport, _ = answering(status, {"error": {"code": status, "message": "Invalid code"}})
    with pytest.raises(AuthenticationError) as refused:
        await attempt.key("code-1", transport=transport)
    assert "again" in refused.value.hint
    assert "code-1" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize("body", [{}, {"key": 7}, {"key": "two words"}, []])
async def test_a_reply_without_a_key_is_no_key(attempt, body):
    transport, _ = answering(200, body)
    with pytest.raises(ProtocolError):
        await attempt.key("code-1", transport=transport)


async def test_a_page_that_is_down_is_unavailable(attempt):
    transport, _ = answering(503, {"error": {"message": "down"}})
    with pytest.raises(UnavailableError):
        await attempt.key("code-1", transport=transport)
