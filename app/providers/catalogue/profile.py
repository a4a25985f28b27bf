"""What is known of a provider: its address, how it takes the key, and the habits its wire has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from app.core.models.parameter import ParameterRange, Support
from app.providers.catalogue.reply_place import Places

DIALECT_NAMES = ("chat", "responses", "messages")
"""The wire languages that are spoken here, in the order of preference."""


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """A provider as data: what `resources/providers/<id>.toml` may say, or a custom address has.

    Paths are relative to `base_url`, and empty where a provider has no such page.
    """

    id: str
    name: str
    base_url: str
    query: str = ""
    """Goes with every request, without the question mark: `api-version=2025-01-01`."""
    dialect: str = "chat"
    about: str = ""
    """One line under the name in the settings."""
    note: str = ""
    """What to know of the address, for the settings page."""
    order: int = 100
    """Place among the providers, smaller first."""
    is_local: bool = False
    is_custom: bool = False

    key_page: str = ""
    """Where keys are made; opened in the browser."""
    key_link: str = ""
    """The page of one key; {sha256} becomes its hash."""
    key_hint: str = ""
    """How a key looks, shown in the empty field."""
    key_check_path: str = ""
    """Asked to test a key; else a question without messages is, which is refused unbilled."""
    needs_key: bool = True
    auth_header: str = "Authorization"
    auth_prefix: str = "Bearer "
    sign_in_page: str = ""
    """Opened to sign in by the browser instead of pasting a key."""
    sign_in_path: str = ""
    """Takes the code that the sign-in page gives, and answers with a key."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with every request."""
    attribution: Mapping[str, str] = field(default_factory=dict)
    """Headers that name this program; sent only when the user agreed."""
    models_path: str = "/models"
    unlisted: Support = Support.UNKNOWN
    """What becomes of a parameter that a model's entry does not list."""
    ranges: Mapping[str, ParameterRange] = field(default_factory=dict)
    """Hold for every model whose live entry names the parameter."""
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By dialect, parameters taken here although the dialect itself has no place for them."""

    max_tokens_name: str = "max_tokens"
    names: Mapping[str, str] = field(default_factory=dict)
    """Further parameters by what the provider calls them: parameter → its name in a request."""
    stop_encoding: str = "array"
    """Texts to stop at go as an "array", or as one text with a "comma" between them."""
    stream_usage: str = "ask"
    """Token counts come when asked for by `stream_options` ("ask"), or "always"."""
    web_search_name: str = ""
    """The switch in the body by which the provider searches the web."""
    web_search_tool: str = ""
    """The type of the tool by which the provider searches the web."""
    appends_sources: bool = False
    """A list of sources is put at the end of an answer with a search, and is not sent back."""
    takes_prefill: bool = False
    """Goes on with an answer that stands at the end of a branch."""
    takes_routing: bool = False
    """A request may say which hosts answer it."""
    routes_path: str = ""
    """Where the hosts of a model are listed; {id} becomes the model's."""
    small_context: int = 0
    """Requests to models with so many tokens or fewer also carry `small_context_body`."""
    small_context_body: Mapping[str, Any] = field(default_factory=dict)
    pdf_plugin: Mapping[str, Any] = field(default_factory=dict)
    """Goes among the `plugins` of a request that holds a PDF file."""

    out_of_credit_statuses: tuple[int, ...] = (402,)
    cost_from: Places = ()
    """Where a reply tells its price, the most trusted place first; none where it never does."""
    generation_header: str = ""
    """The header with an answer's number, where it is not the `id` in the reply."""
    generation_path: str = ""
    """The record of an answer, which has the price of a stopped one; {id} becomes its number."""
    generation_fields: Mapping[str, Places] = field(default_factory=dict)
    """Where things stand in that record: the RECORD_FIELDS of bill.py."""
    account_path: str = ""
    """What money is left behind the key."""
    account_fields: Mapping[str, Places] = field(default_factory=dict)
    """Where things stand in that reply: the ACCOUNT_FIELDS of account.py."""

    @property
    def own_names(self) -> Mapping[str, str]:
        """Parameters by the names they have at this provider."""
        named = {self.max_tokens_name: "max_tokens", self.web_search_name: "web_search"}
        named |= {own: name for name, own in self.names.items()}
        return {own: name for own, name in named.items() if own}

    @property
    def address(self) -> str:
        """The address as it is typed and kept, with its query."""
        return f"{self.base_url}?{self.query}" if self.query else self.base_url

    @property
    def origin(self) -> str:
        """`scheme://host[:port]`, lower case, the host in ASCII: what a key is bound to."""
        return origin_of(self.base_url)

    def page_of(self, key: str) -> str:
        """The page where the provider shows this very key, which its hash does not tell."""
        return self.key_link.replace("{sha256}", sha256(key.encode()).hexdigest())

    def route_name(self, model_name: str) -> str:
        """`Gemma at OpenRouter`; one name where model and provider are called the same."""
        return model_name if model_name == self.name else f"{model_name} at {self.name}"

    @property
    def host(self) -> str:
        """The host of the address, as people read it."""
        return urlsplit(self.base_url).hostname or ""


def origin_of(address: str) -> str:
    """`scheme://host[:port]` of an address; a port that is the scheme's own is left out."""
    parts = urlsplit(address)
    host = ascii_host(parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def ascii_host(host: str) -> str:
    """A host name in lower case and in its ASCII (IDNA) form; UnicodeError when it has none."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii")
