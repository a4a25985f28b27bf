"""What is known of a provider: its address, how it takes the key, and the habits its wire has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from app.core.models.parameter import ParameterRange, Support


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """A provider as data, read from resources/providers/<id>.toml or made from a custom address.

    `key_hint` shows how a key looks, and `key_link` is the page of one key ({sha256} is its hash).
    `stream_usage` is "always" (usage comes by itself) or "ask"
    (by `stream_options`). `stop_encoding` is "array" or "comma" (one comma-joined text).
    `cost_from` says where the bill is read: "usage.cost", "meta.usage", or "price" (never
    reported). `key_check_path` and `account_path` (what money is left) are relative to `base_url`,
    empty where nothing tells. `sign_in_page` is opened in the browser and `sign_in_path` takes the
    code it gives, empty where keys are only pasted. `attribution`
    holds headers that name this program and are sent only when the user agreed. Requests to models
    with no more than `small_context` tokens also carry `small_context_body`.
    `pdf_plugin` goes with every request that holds a PDF file. A provider that `takes_prefill`
    goes on with an answer that stands at the end of a branch. `ranges` hold for
    every model whose live entry names a parameter. `web_search_tool` is the type of the tool by
    which the provider itself searches. `takes_routing` says that a request may say which hosts
    answer it, and `routes_path` is where they are listed ({id} is the model's), empty where
    nothing tells. `generation_path` is where a provider keeps record of each answer ({id} is its
    number), which tells the price of one that was stopped. `extras` holds, by dialect, the
    parameters it takes here although the dialect itself has no place for them. `note` is for the
    settings page.
    """

    id: str
    name: str
    base_url: str
    dialect: str = "chat"
    key_page: str = ""
    key_link: str = ""
    key_hint: str = ""
    needs_key: bool = True
    is_local: bool = False
    is_custom: bool = False
    auth_header: str = "Authorization"
    auth_prefix: str = "Bearer "
    headers: Mapping[str, str] = field(default_factory=dict)
    attribution: Mapping[str, str] = field(default_factory=dict)
    models_path: str = "/models"
    stream_usage: str = "ask"
    stop_encoding: str = "array"
    cost_from: str = "price"
    max_tokens_name: str = "max_tokens"
    web_search_name: str = ""
    web_search_tool: str = ""
    takes_routing: bool = False
    routes_path: str = ""
    generation_path: str = ""
    out_of_credit_statuses: tuple[int, ...] = (402,)
    unlisted: Support = Support.UNKNOWN
    key_check_path: str = ""
    account_path: str = ""
    sign_in_page: str = ""
    sign_in_path: str = ""
    about: str = ""
    order: int = 100
    appends_sources: bool = False
    small_context: int = 0
    small_context_body: Mapping[str, Any] = field(default_factory=dict)
    takes_prefill: bool = False
    pdf_plugin: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, ParameterRange] = field(default_factory=dict)
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""

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
