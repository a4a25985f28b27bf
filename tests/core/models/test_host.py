"""A host of which nothing is published."""

from app.core.costs.usage import Price
from app.core.models.host import Host, Measured


def test_what_is_not_published_is_none_and_never_0() -> None:
    host = Host("DeepInfra")
    assert (host.uptime, host.latency, host.throughput, host.context) == (None,) * 4
    assert host.price == Price()
    assert not host.price.is_free
    assert (Measured().first_text, Measured().speed) == (None, None)
