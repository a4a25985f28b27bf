"""Tests a connection in steps that have names: address, TLS, key, model."""

from __future__ import annotations

import ssl
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx

from app.core.errors import (
    AuthenticationError,
    ProtocolError,
    ProviderError,
    QuotaError,
    RefusedError,
)
from app.core.models.provider import CheckStep, StepState
from app.providers.catalogue.address import is_loopback
from app.providers.catalogue.live_models import read_models
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.dialect import DIALECTS
from app.providers.errors.error_reply import ErrorReader
from app.providers.errors.http_errors import HTTP_FAILURES, causes, translated
from app.providers.reply import error_of, exchange, fetch_json
from app.providers.transport.http import Timeouts

ADDRESS, TLS, KEY, MODEL = "address", "TLS", "key", "model"
_QUICK = 20.0


class ConnectionTest:
    """One test of one provider. It costs nothing: no question is ever answered for it."""

    def __init__(
        self,
        profile: ProviderProfile,
        key: str | None,
        client: Callable[[], httpx.AsyncClient],
        failures: ErrorReader,
    ) -> None:
        self._profile = profile
        self._key = key
        self._client = client
        self._failures = failures
        self._dialect = DIALECTS[profile.dialect]

    async def steps(self, model_id: str, timeouts: Timeouts) -> AsyncGenerator[CheckStep, None]:
        """Each step as running and again as it ended; after a failure the rest is skipped."""
        timeouts = Timeouts(timeouts.connect, min(timeouts.first_byte, _QUICK), _QUICK, _QUICK)
        yield CheckStep(ADDRESS, StepState.RUNNING)
        listing, trouble, is_tls = await self._reach(timeouts)
        if trouble is not None and not is_tls:
            yield _failed(ADDRESS, trouble)
            for name in (TLS, KEY, MODEL):
                yield CheckStep(name, StepState.SKIPPED)
            return
        yield CheckStep(ADDRESS, StepState.PASSED, f"{self._profile.host} answers.")
        yield CheckStep(TLS, StepState.RUNNING)
        if trouble is not None:
            yield _failed(TLS, trouble)
            for name in (KEY, MODEL):
                yield CheckStep(name, StepState.SKIPPED)
            return
        yield self._tls_step()
        yield CheckStep(KEY, StepState.RUNNING)
        key_step = await self._key_step(listing, timeouts)
        yield key_step
        if key_step.state is StepState.FAILED:
            yield CheckStep(MODEL, StepState.SKIPPED)
            return
        yield CheckStep(MODEL, StepState.RUNNING)
        yield self._model_step(listing, model_id)

    async def _reach(self, timeouts: Timeouts) -> tuple[Any, ProviderError | None, bool]:
        """What the list of models answers: its body, or the error of an HTTP reply, or no reply."""
        profile = self._profile
        try:
            body = await fetch_json(
                self._client(),
                profile,
                profile.models_path,
                self._failures,
                timeouts,
                self._dialect.headers,
            )
        except HTTP_FAILURES as error:
            is_tls = any(isinstance(cause, ssl.SSLError) for cause in causes(error))
            return None, translated(error, profile, self._key), is_tls
        except ProviderError as error:
            if error.status is None or 300 <= error.status < 400:
                return None, error, False
            return error, None, False
        return body, None, False

    def _tls_step(self) -> CheckStep:
        if self._profile.base_url.startswith("https://"):
            return CheckStep(TLS, StepState.PASSED, "The connection is secure.")
        if is_loopback(self._profile.host):
            return CheckStep(TLS, StepState.SKIPPED, "Not needed: it stays on this computer.")
        return CheckStep(
            TLS, StepState.SKIPPED, "Plain http: others on this network can read what is sent."
        )

    async def _key_step(self, listing: Any, timeouts: Timeouts) -> CheckStep:
        if isinstance(listing, AuthenticationError):
            return _failed(KEY, listing)
        if self._key is None:
            if self._profile.needs_key:
                return CheckStep(KEY, StepState.FAILED, "There is no key yet: enter it above.")
            return CheckStep(KEY, StepState.SKIPPED, "No key is needed.")
        try:
            error = await self._ask_about_key(timeouts)
        except HTTP_FAILURES as failure:
            error = translated(failure, self._profile, self._key)
        except ProviderError as failure:
            error = failure
        if error is None:
            return CheckStep(KEY, StepState.PASSED, "The key is accepted.")
        if isinstance(error, QuotaError):
            return _failed(KEY, error)
        if isinstance(error, RefusedError) and error.status in (400, 404, 405, 422):
            return CheckStep(KEY, StepState.PASSED, "The key was not objected to.")
        return _failed(KEY, error)

    async def _ask_about_key(self, timeouts: Timeouts) -> ProviderError | None:
        path, headers = self._profile.key_check_path, self._dialect.headers
        if path:
            await fetch_json(self._client(), self._profile, path, self._failures, timeouts, headers)
            return None
        # A question without messages is refused before anything is billed, but after the key.
        http = self._client()
        dialect = self._dialect
        message = http.build_request(
            "POST",
            self._profile.base_url + dialect.endpoint,
            json=dict(dialect.blank),
            headers={
                **dialect.headers,
                "Accept": "application/json",
                "Accept-Encoding": "identity",
            },
        )
        async with exchange(http, message, self._profile, timeouts) as (response, delivery):
            return await error_of(response, delivery, self._profile, self._failures)

    def _model_step(self, listing: Any, model_id: str) -> CheckStep:
        if isinstance(listing, ProviderError):
            if listing.status in (404, 405, 501):
                text = "This address has no list of models; type a model's id."
                return CheckStep(MODEL, StepState.SKIPPED, text)
            return _failed(MODEL, listing)
        try:
            models = read_models(listing, self._profile)
        except ProtocolError as error:
            return _failed(MODEL, error)
        count = f"{len(models)} model{'' if len(models) == 1 else 's'} offered"
        if not models:
            hint = "Load or download one in the server first."
            text = f"The list of models is empty. {hint if self._profile.is_local else ''}".strip()
            return CheckStep(MODEL, StepState.FAILED, text)
        if model_id and all(model.id != model_id for model in models):
            text = f"{count}, but {model_id[:80]} is not among them."
            return CheckStep(MODEL, StepState.FAILED, text)
        found = f", {model_id[:80]} among them" if model_id else ""
        return CheckStep(MODEL, StepState.PASSED, f"{count}{found}.")


def _failed(name: str, error: ProviderError) -> CheckStep:
    return CheckStep(name, StepState.FAILED, f"{error.message} {error.hint}".strip())
