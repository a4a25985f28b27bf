"""Signing in by the browser instead of pasting a key: OAuth with PKCE, in OpenRouter's form."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from app.core.errors import AuthenticationError, ProtocolError, ProviderError, SettingError
from app.providers.account.key import clean_key
from app.providers.catalogue.profile import ProviderProfile
from app.providers.errors.error_reply import ErrorReader
from app.providers.errors.http_errors import HTTP_FAILURES, translated
from app.providers.reply import json_of
from app.providers.transport.http import Timeouts, open_client
from app.providers.transport.json_text import table, text

_CODE = re.compile(r"[\x21-\x7e]{4,512}")
_LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class SignIn:
    """One attempt: a secret kept here, and its hash for the provider (RFC 7636, S256)."""

    profile: ProviderProfile
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def challenge(self) -> str:
        """The hash the page is given: base64url of SHA-256 without padding."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def page(self, callback: str = "") -> str:
        """The address to open; without a callback the page shows a code to paste."""
        fields = {"callback_url": callback} if callback else {}
        fields |= {"code_challenge": self.challenge, "code_challenge_method": "S256"}
        return f"{self.profile.sign_in_page}?{urlencode(fields)}"

    async def key(self, code: str, *, transport: httpx.AsyncBaseTransport | None = None) -> str:
        """The key a code stands for. Raises ProviderError; nothing of the code is in its words."""
        profile, timeouts = self.profile, Timeouts(first_byte=30, idle=30, content=30)
        failures = ErrorReader(profile, "", None)
        async with open_client(profile, None, timeouts, transport) as http:
            body = {"code": code, "code_verifier": self.verifier, "code_challenge_method": "S256"}
            message = http.build_request(
                "POST",
                profile.base_url + profile.sign_in_path,
                content=json.dumps(body),
                headers={
                    "Content-Type": "application/json",
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",
                },
            )
            try:
                reply = table(await json_of(http, message, profile, failures, timeouts, _LONGEST))
            except HTTP_FAILURES as failure:
                raise translated(failure, profile, None) from failure
            except ProviderError as error:
                raise self._refusal(error) from None
        try:
            return clean_key(text(reply.get("key")))
        except SettingError:
            raise ProtocolError(
                f"{profile.name} accepted the sign-in but sent no key.",
                "Try once more, or make a key on its page and paste it.",
                provider=profile.id,
            ) from None

    def _refusal(self, error: ProviderError) -> ProviderError:
        if error.status not in (400, 403):
            return error
        return AuthenticationError(
            f"{self.profile.name} did not accept the code.",
            "A code works once and for ten minutes. Start the sign-in again.",
            provider=self.profile.id,
            status=error.status,
        )


def code_from(pasted: str) -> str:
    """The code in what the user pasted: the code itself, or an address that ends in `?code=…`.

    SettingError says what is wanted instead.
    """
    pasted = pasted.strip()
    if "://" in pasted:
        try:
            found = parse_qs(urlsplit(pasted).query).get("code", [""])
        except ValueError:
            found = [""]
        pasted = found[0] if len(found) == 1 else ""
    if not _CODE.fullmatch(pasted):
        raise SettingError(
            "That is not a sign-in code.",
            "Copy the code from the page, or the whole address the browser ended at.",
        )
    return pasted
