"""The hosts behind a route, as OpenRouter's `/models/{id}/endpoints` lists them; tolerant of
everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from app.core.models.host import Host
from app.providers.catalogue.live_prices import price_of
from app.providers.transport.json_text import integer, items, number, positive, table, text

LONGEST = 200
"""Hosts of one model that are read."""
_SLOWEST_IN_SECONDS = 50
"""Latencies above are milliseconds: the documentation says so, its examples are in seconds."""


def hosts_path(pattern: str, model_id: str) -> str:
    """Where the hosts of a model are listed; the id is written so that it stays inside the path."""
    return pattern.replace("{id}", quote(model_id, safe="/:@").replace("..", "%2E%2E"))


def read_hosts(body: Any) -> list[Host]:
    """The hosts of a model's list, in its order."""
    entries = items(table(table(body).get("data")).get("endpoints"))[:LONGEST]
    found = [_host(entry) for entry in map(table, entries)]
    hosts = [host for host in found if host is not None]
    uptimes = [host.uptime for host in hosts if host.uptime is not None]
    if uptimes and max(uptimes) <= 1:
        # Shares, not percents: no host is up for one hundredth of the time at best.
        hosts = [
            replace(host, uptime=None if host.uptime is None else host.uptime * 100)
            for host in hosts
        ]
    return hosts


def _host(entry: dict[str, Any]) -> Host | None:
    name = text(entry.get("provider_name")) or text(entry.get("name")).split(" | ")[0]
    if not name.strip():
        return None
    latency = _median(entry.get("latency_last_30m"))
    if latency is not None and latency >= _SLOWEST_IN_SECONDS:
        latency /= 1000
    quantization = text(entry.get("quantization"))[:20]
    status = integer(entry.get("status"))
    return Host(
        name=name.strip()[:80],
        tag=text(entry.get("tag"))[:80],
        price=price_of(entry.get("pricing")),
        context=positive(entry.get("context_length")),
        max_output=positive(entry.get("max_completion_tokens")),
        quantization="" if quantization == "unknown" else quantization,
        uptime=_uptime(entry),
        latency=latency,
        throughput=_median(entry.get("throughput_last_30m")),
        is_troubled=status is not None and status < 0,
    )


def _uptime(entry: dict[str, Any]) -> float | None:
    for span in ("1d", "30m", "5m"):
        found = number(entry.get(f"uptime_last_{span}"))
        if found is not None and 0 <= found <= 100:
            return found
    return None


def _median(value: Any) -> float | None:
    """The half-way figure of `{p50, p75, …}`, or a plain number; None for what is none."""
    found = number(table(value).get("p50")) if type(value) is dict else number(value)
    return found if found is not None and found > 0 else None
