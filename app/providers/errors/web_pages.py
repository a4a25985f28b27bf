"""Web pages where an answer was expected: a gateway's error, a sign-in page, or a wrong address."""

from __future__ import annotations

import re

from app.core.errors import (
    About,
    AuthenticationError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)
from app.providers.catalogue.profile import ProviderProfile

_SIGN_IN = re.compile(
    r"captive|wi-?fi|hotspot|sign[ -]?in to|log[ -]?in to (the |this )?network", re.I
)
_REFRESH = re.compile(r"http-equiv=[\"']?refresh[^>]*url=[\"']?https?://([^/\"'>\s:]+)", re.I)
_START = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|title|meta)\b", re.I | re.S
)


def is_page(media_type: str, text: str) -> bool:
    """Whether a body is a web page, by what it is said to be or by how it begins."""
    return media_type in ("text/html", "application/xhtml+xml") or bool(_START.match(text[:4096]))


def page_failure(
    profile: ProviderProfile,
    status: int,
    text: str,
    details: str,
    retry_after: float | None = None,
) -> ProviderError:
    """The error a web page stands for; the page itself is only ever shown folded, as text."""
    facts: About = {"provider": profile.id, "status": status, "details": details, "code": ""}
    head = text[:4096]
    redirect = _REFRESH.search(head)
    who = redirect.group(1)[:80] if redirect else ""
    if status < 400 and (_SIGN_IN.search(head) or (who and who != profile.host)):
        answered = f" ({who} answered instead)" if who else ""
        return UnavailableError(
            f"This network asks you to sign in first{answered}.",
            "Open any page in your browser, sign in to the network, then try again.",
            **facts,
        )
    if status >= 500:
        return UnavailableError(
            f"{profile.name} cannot be reached behind its gateway (gateway error {status}).",
            "Try again in a moment, or choose another route.",
            retry_after=retry_after,
            **facts,
        )
    if status == 429:
        return QuotaError(
            f"{profile.name} takes no more requests just now.",
            "Wait a moment and try again, or choose another route.",
            retry_after=retry_after,
            **facts,
        )
    if status == 401:
        return AuthenticationError(
            f"{profile.name} does not accept the key: it returned a web page (error 401).",
            "Check the key and the base URL in Settings, Providers.",
            **facts,
        )
    what = "a web page" if status < 400 else f"a web page (error {status})"
    return RefusedError(
        f"The address of {profile.name} returned {what} instead of an answer.",
        "Check the base URL in Settings, Providers: often /v1 is missing at its end.",
        **facts,
    )
