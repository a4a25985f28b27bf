"""Hosts as OpenRouter lists them, with its trap of units."""

from decimal import Decimal
from typing import Any

import pytest

from app.providers.catalogue.hosts import hosts_path, read_hosts


def one(**entry: Any) -> Any:
    (host,) = read_hosts({"data": {"endpoints": [{"provider_name": "DeepInfra", **entry}]}})
    return host


@pytest.mark.parametrize(
    ("latency", "seconds"),
    [
        ({"p50": 0.25, "p75": 9}, 0.25),
        ({"p50": 810}, 0.81),
        ({"p50": 49.9}, 49.9),
        ({"p50": 50}, 0.05),
        (1.5, 1.5),
        ("0.4", 0.4),
        ({"p50": 0}, None),
        ({"p75": 3}, None),
        ({"p50": "soon"}, None),
        (None, None),
        ([1], None),
    ],
)
def test_latency_is_seconds_however_it_is_written(latency: Any, seconds: float | None) -> None:
    assert one(latency_last_30m=latency).latency == seconds


@pytest.mark.parametrize(
    ("entry", "percent"),
    [
        ({"uptime_last_30m": 99.8}, 99.8),
        ({"uptime_last_1d": 98.0, "uptime_last_30m": 100}, 98.0),
        ({"uptime_last_1d": None, "uptime_last_5m": 100}, 100),
        ({"uptime_last_1d": 0.975}, 97.5),
        ({"uptime_last_1d": 101}, None),
        ({}, None),
    ],
)
def test_uptime_is_percent_also_where_shares_are_written(
    entry: dict[str, Any], percent: float | None
) -> None:
    assert one(**entry).uptime == percent


def test_one_bad_day_among_percents_stays_a_percent() -> None:
    body = [{"provider_name": n, "uptime_last_1d": up} for n, up in (("A", 99.0), ("B", 0.5))]
    hosts = read_hosts({"data": {"endpoints": body}})
    assert [host.uptime for host in hosts] == [99.0, 0.5]


def test_everything_a_host_publishes() -> None:
    host = one(
        tag="deepinfra/bf16",
        quantization="bf16",
        context_length=8192,
        max_completion_tokens=None,
        pricing={"prompt": "0.00000065", "completion": "0.00000065"},
        status=-2,
        throughput_last_30m={"p50": 61.5},
    )
    assert (host.name, host.tag, host.quantization) == ("DeepInfra", "deepinfra/bf16", "bf16")
    assert (host.context, host.max_output, host.throughput) == (8192, None, 61.5)
    assert host.price.input_per_million == Decimal("0.65")
    assert host.is_troubled
    assert one(quantization="unknown", status=0) == one()


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"data": []}, {"data": {"endpoints": None}}, {"data": {"endpoints": [7, {}]}}],
)
def test_strange_lists_hold_no_hosts(body: Any) -> None:
    assert read_hosts(body) == []


def test_a_very_long_list_ends() -> None:
    body = {"data": {"endpoints": [{"provider_name": f"h{n}"} for n in range(900)]}}
    assert len(read_hosts(body)) == 200


@pytest.mark.parametrize(
    ("model_id", "path"),
    [
        ("google/gemma-2-27b-it:free", "/models/google/gemma-2-27b-it:free/endpoints"),
        ("a b/ü?x#y", "/models/a%20b/%C3%BC%3Fx%23y/endpoints"),
        ("../../key", "/models/%2E%2E/%2E%2E/key/endpoints"),
    ],
)
def test_an_id_stays_inside_its_path(model_id: str, path: str) -> None:
    assert hosts_path("/models/{id}/endpoints", model_id) == path
