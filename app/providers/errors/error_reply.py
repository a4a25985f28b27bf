"""Error replies as errors a person understands, by the provider's habits, not by status alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.errors import (
    About,
    AuthenticationError,
    ContextLengthError,
    ProtocolError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)
from app.providers.catalogue.profile import ProviderProfile
from app.providers.errors.error_body import ErrorBody, error_body_in
from app.providers.errors.redaction import details_of, sentence_of
from app.providers.errors.web_pages import is_page, page_failure
from app.providers.parameters.declarations import PARAMETERS, WIRE_NAMES, canonical
from app.providers.transport.json_text import DamagedError, read_json

_CONTEXT = re.compile(
    r"context.{0,20}(length|window|size|limit)|maximum context|too many (input )?tokens"
    r"|(prompt|input|request).{0,30}too long|exceed.{0,40}context|reduce the length",
    re.I | re.S,
)
_CREDIT = re.compile(r"credit|balance|quota|payment|fund|billing|top up|budget|insufficient", re.I)
_KEY_LIMIT = re.compile(r"key.{0,40}limit|limit.{0,40}\bkey\b", re.I)
_MODERATION = re.compile(
    r"moderat|flagged|content.polic|guardrail|safety|prohibited|not allowed content", re.I
)
_REGION = re.compile(r"region|country|territor|location", re.I)
_BUSY = re.compile(r"rate.?limit|overloaded|temporarily|too many requests|try again later", re.I)
_MODEL = re.compile(r"model", re.I)
_NO_MODEL = re.compile(
    r"(valid|unknown|no such|unrecogni[sz]ed) model\b"
    r"|\bmodel\b(?: id| name)?[^.]{0,80}?(not (be )?found|not exist|is unknown|not available)",
    re.I,
)
_FILTER = re.compile(
    r"content.?(filter|polic|management)|responsible.?ai|data.?inspection|moderation|safety system"
    r"|flagged|inappropriate content|prompt.?blocked",
    re.I,
)
"""What says of a question that was refused as such that a filter did it."""
_MEANINGS = (
    (429, re.compile(r"rate.?limit|too many requests|overloaded|try again later", re.I)),
    (
        402,
        re.compile(
            r"(balance|credit|quota|fund)s?\b.{0,40}(low|insufficient|exhausted|exceeded|used up"
            r"|empty|negative|not enough|run out)|(insufficient|not enough|out of|no more)"
            r".{0,30}(balance|credit|quota|fund)|payment.?required|arrear|余额不足|欠费",
            re.I,
        ),
    ),
    (
        401,
        re.compile(
            r"(invalid|incorrect|missing|wrong|expired|unknown).{0,20}(api|access|secret)?.?"
            r"(key|credential)\b|unauthori[sz]ed|authentication",
            re.I,
        ),
    ),
    (
        404,
        re.compile(r"model.{0,80}(not (found|exist)|does not exist|no such|unknown)", re.I | re.S),
    ),
    (400, re.compile(r"content.?(filter|polic)|data.?inspection|responsible.?ai", re.I)),
    (429, re.compile(r"temporarily", re.I)),
)
"""The status that words stand for where an error came without one."""
_CODES = {
    "context_length_exceeded": 413,
    "exceed_context_size_error": 413,
    "token_limit_exceeded": 413,
    "authentication": 401,
    "authentication_error": 401,
    "invalid_api_key": 401,
    "missing_api_key": 401,
    "permission_denied": 403,
    "permission_error": 403,
    "content_policy_violation": 403,
    "payment_required": 402,
    "billing_error": 402,
    "insufficient_credits": 402,
    "insufficient_quota": 402,
    "not_found": 404,
    "not_found_error": 404,
    "model_not_found": 404,
    "invalid_request": 400,
    "invalid_request_error": 400,
    "rate_limit_exceeded": 429,
    "rate_limit_error": 429,
    "rate_limited": 429,
    "provider_overloaded": 529,
    "overloaded_error": 529,
    "overloaded": 529,
    "provider_unavailable": 503,
    "model_unavailable": 503,
    "upstream_error": 502,
    "timeout": 504,
    "server": 500,
    "server_error": 500,
    "api_error": 500,
}
_SERVER = {
    408: "took too long to read the request",
    500: "has an error of its own",
    502: "got no good answer from the machine behind it",
    503: "is not available just now",
    504: "waited too long for the machine behind it",
    520: "got no good answer from the machine behind it",
    522: "cannot reach the machine behind it",
    524: "waited too long for the machine behind it",
    529: "is overloaded",
}
_TRY_AGAIN = "Try again in a moment, or choose another route."


@dataclass(frozen=True, slots=True)
class Reply:
    """An error reply: the status, the first bytes of the body as text, and what the headers add."""

    status: int
    text: str
    media_type: str = ""
    retry_after: float | None = None


class ErrorReader:
    """Makes errors for one provider and model; knows the key only to take it out of texts."""

    def __init__(
        self, profile: ProviderProfile, model_id: str = "", key: str | None = None
    ) -> None:
        self._profile = profile
        self._model_id = model_id
        self._key = key

    def of_reply(self, reply: Reply) -> ProviderError:
        """The error an HTTP reply stands for."""
        if is_page(reply.media_type, reply.text):
            details = details_of(reply.text, self._key, limit=500)
            return page_failure(self._profile, reply.status, reply.text, details, reply.retry_after)
        try:
            body = read_json(reply.text)
        except DamagedError:
            body = reply.text
        error_body = error_body_in(body)
        return self._error(reply.status, error_body, reply.text, reply.retry_after)

    def of_body(self, body: object, status: int = 200) -> ProviderError:
        """The error inside a reply or a stream that began well; its own codes say what it is."""
        error_body = error_body_in(body)
        named = error_body.status
        if named is None or named < 400:
            named = next((_CODES[code] for code in error_body.codes if code in _CODES), None)
        if named is None:
            words = " ".join((error_body.message, *error_body.codes))
            named = next((status for status, said in _MEANINGS if said.search(words)), 500)
        return self._error(named if status < 400 else status, error_body, str(body), None)

    def _error(
        self, status: int, error_body: ErrorBody, raw: str, retry_after: float | None
    ) -> ProviderError:
        name = self._profile.name
        facts: About = {
            "provider": self._profile.id,
            "status": status,
            "details": details_of(raw, self._key),
            "code": error_body.codes[0] if error_body.codes else "",
        }
        words = sentence_of(error_body.message, self._key)
        if error_body.upstream:
            words = f"{words} ({sentence_of(error_body.upstream, limit=60)})" if words else ""
        if retry_after is None:
            retry_after = error_body.retry_after
        wanted = {_CODES.get(code) for code in error_body.codes}
        if self._is_filtered(status, error_body, words):
            return self._filtered(error_body, words, facts)
        said = f": {words}" if words else ""
        if 413 in wanted or (status in (400, 413, 422, 500) and _CONTEXT.search(words)):
            return ContextLengthError(
                f"This conversation no longer fits the model{said}.",
                "Start a new conversation, edit an earlier message, or choose a larger model.",
                **facts,
            )
        if self._is_out_of_credit(status, words, wanted):
            return QuotaError(
                f"{name} says your credit is used up{said}.",
                self._credit_hint(),
                is_out_of_credit=True,
                **facts,
            )
        if status == 403 and _KEY_LIMIT.search(words):
            return QuotaError(
                f"{name} says the limit set for this key is reached{said}.",
                f"Raise the key's limit{self._key_page()}, or use another key.",
                is_out_of_credit=True,
                **facts,
            )
        if status == 401 or 401 in wanted:
            return self._key_refused(said, facts)
        if status == 403:
            return self._forbidden(error_body, words, facts)
        if status == 404:
            return self._not_found(error_body, words, facts)
        if status == 429 or 429 in wanted:
            who = f"{name} (through {error_body.upstream[:60]})" if error_body.upstream else name
            return QuotaError(
                f"{who} takes no more requests just now{said}.",
                "Wait a moment and try again, or choose another route.",
                retry_after=retry_after,
                **facts,
            )
        if status >= 500 or status in (408, 425) or error_body.is_retryable:
            what = _SERVER.get(status, "has an error of its own")
            return UnavailableError(
                f"{name} {what} (error {status}){said}.",
                _TRY_AGAIN,
                retry_after=retry_after,
                **facts,
            )
        return self._refused(status, error_body, words, facts, retry_after)

    def _is_filtered(self, status: int, error_body: ErrorBody, words: str) -> bool:
        """Whether a filter of the provider, not the form of the request, is the cause."""
        if status in (401, 402, 404, 429):
            return False
        if error_body.rules or any(_FILTER.search(code) for code in error_body.codes):
            return True
        return status in (400, 422) and bool(_FILTER.search(words))

    def _filtered(self, error_body: ErrorBody, words: str, facts: About) -> ProviderError:
        said = [*error_body.rules, *error_body.reasons]
        rules = "; ".join(sentence_of(rule, limit=60) for rule in said[:5])
        return RefusedError(
            f"The filter of {self._profile.name} did not pass the message on: it was taken to "
            f"break a rule{f' ({rules})' if rules else ''}{f': {words}' if words else ''}.",
            "Word it differently, or choose another provider.",
            **facts,
        )

    def _is_out_of_credit(self, status: int, words: str, wanted: set[int | None]) -> bool:
        if status == 402 or 402 in wanted:
            return True
        if status not in self._profile.out_of_credit_statuses:
            return False
        return bool(_CREDIT.search(words)) or not (words and status != 402)

    def _credit_hint(self) -> str:
        page = self._key_page()
        return f"Add credit or raise the key's limit{page}, or choose another provider."

    def _key_page(self) -> str:
        return f" at {self._profile.key_page}" if self._profile.key_page else ""

    def _key_refused(self, said: str, facts: About) -> ProviderError:
        if self._key is None:
            return AuthenticationError(
                f"{self._profile.name} asks for a key{said}.",
                "Add one in Settings, Providers.",
                **facts,
            )
        return AuthenticationError(
            f"{self._profile.name} does not accept the key{said}.",
            "Check the key in Settings, Providers: it may be mistyped, withdrawn, or made for "
            "another provider.",
            **facts,
        )

    def _forbidden(self, error_body: ErrorBody, words: str, facts: About) -> ProviderError:
        name = self._profile.name
        reasons = ", ".join(sentence_of(reason, limit=60) for reason in error_body.reasons[:5])
        if reasons or _MODERATION.search(words):
            why = f" ({reasons})" if reasons else ""
            return RefusedError(
                f"{name} did not pass the message on: it was taken to break a rule{why}"
                f"{f': {words}' if words else ''}.",
                "Word it differently, or choose another provider.",
                **facts,
            )
        said = f": {words}" if words else ""
        if _REGION.search(words):
            return RefusedError(
                f"{name} does not offer this where you are{said}.",
                "Choose another model or provider.",
                **facts,
            )
        return AuthenticationError(
            f"{name} does not allow this key to do that{said}.",
            "Check what the key may do on the provider's page, or choose another model.",
            **facts,
        )

    def _not_found(self, error_body: ErrorBody, words: str, facts: About) -> ProviderError:
        said = f": {words}" if words else ""
        about_model = _MODEL.search(words) or "model_not_found" in error_body.codes
        if error_body.excluded or "no endpoints" in words.lower():
            why = ", ".join(sentence_of(entry, limit=60) for entry in error_body.excluded[:5])
            return RefusedError(
                f"{self._profile.name} has no host left for this model"
                f"{f' ({why})' if why else ''}{said}.",
                "Loosen the account's privacy and routing rules, or choose another model.",
                parameter="model",
                **facts,
            )
        if about_model or self._names_model(words):
            model = f" “{self._model_id[:80]}”" if self._model_id else ""
            return RefusedError(
                f"{self._profile.name} does not know the model{model}{said}.",
                "Choose a model from its list.",
                parameter="model",
                **facts,
            )
        return RefusedError(
            f"There is nothing at this address of {self._profile.name}{said}.",
            "Check the base URL in Settings, Providers: often /v1 is missing at its end.",
            **facts,
        )

    def _refused(
        self,
        status: int,
        error_body: ErrorBody,
        words: str,
        facts: About,
        retry_after: float | None,
    ) -> ProviderError:
        name = self._profile.name
        said = f": {words}" if words else f" (error {status})"
        if status == 400 and _BUSY.search(words):
            return UnavailableError(
                f"{name} is busy{said}.", _TRY_AGAIN, retry_after=retry_after, **facts
            )
        if status == 413:
            return RefusedError(
                f"{name} finds the request too large{said}.",
                "Remove a file, or send a smaller picture.",
                **facts,
            )
        named = error_body.parameter or self._named_in(words)
        about_model = "model" in words and self._names_model(words)
        is_dial = self._canonical(named) in PARAMETERS
        if _NO_MODEL.search(words) or (about_model and not is_dial):
            hint, named = "Choose a model from the provider's list.", "model"
        elif self._canonical(named) in PARAMETERS:
            named = self._canonical(named)
            title = PARAMETERS[named].title
            hint = f"Reset the dial {title}, or set it to a value this provider takes."
        else:
            hint = "Look at “exactly what is sent”, or choose another route."
        return RefusedError(
            f"{name} refused the request{said}.", hint, parameter=named[:80], **facts
        )

    def _names_model(self, words: str) -> bool:
        """Whether a sentence names the model: by its whole id, and not by chance.

        An id that could be any word counts only in quotes or behind “model”.
        """
        if not self._model_id:
            return False
        name = re.escape(self._model_id)
        whole = rf"(?<![\w/-])(?<!\w[.:'’]){name}(?![\w/-]|[.:'’]\w)"
        if re.fullmatch(r"[^\W\d_]+", self._model_id):
            whole = rf"[\"'`“‘]{name}[\"'`”’]|\bmodel(?: id| name)?\s*[:=]?\s*{whole}"
        return re.search(whole, words) is not None

    def _named_in(self, words: str) -> str:
        """The first field of a body that a sentence names, "" when it names none."""
        known = (*self._profile.own_names, *WIRE_NAMES, "stream_options")
        names = "|".join(map(re.escape, known))
        found = re.search(rf"\b({names})\b", words)
        return found[1] if found else ""

    def _canonical(self, name: str) -> str:
        """Our name for a field of this provider's bodies."""
        return canonical(self._profile.own_names.get(name, name))

    def words(self, raw: str) -> str:
        """Foreign words for a sentence of ours, without the key."""
        return sentence_of(raw, self._key)

    def too_much(self) -> ProtocolError:
        """A reply larger than any answer."""
        return ProtocolError(
            "The provider sent too much.",
            "What had arrived is kept. Ask for a shorter answer, or try another route.",
            provider=self._profile.id,
        )

    def unreadable(self, raw: str, status: int | None = None) -> ProtocolError:
        """A reply that is neither a stream nor JSON."""
        return ProtocolError(
            f"The reply of {self._profile.name} could not be read.",
            "Check the base URL in Settings, Providers, or try another route.",
            provider=self._profile.id,
            status=status,
            details=details_of(raw, self._key, limit=500),
        )
