"""However the network cuts a stream, the same events come of it."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.providers.transport.coalescing import coalesced
from app.providers.transport.event_stream import EventSplitter
from tests.quirks.recorded import STREAMS, client_reading, cut, events_of, stream


def split(pieces):
    splitter = EventSplitter()
    return [event for piece in pieces for event in splitter.feed(piece)] + splitter.flush()


def told(outcome):
    """What came, without where one event with text ended and the next began."""
    events, error = outcome
    return coalesced(events), error and (type(error), error.message)


def test_every_dialect_has_its_recordings():
    assert {name.split("/")[0] for name in STREAMS} == {"chat", "responses", "messages"}
    assert len(STREAMS) >= 30


@pytest.mark.parametrize("name", STREAMS)
def test_a_cut_at_any_byte_gives_the_same_events(name):
    data = stream(name)
    whole = split([data])
    assert whole
    for place in range(len(data) + 1):
        assert split([data[:place], data[place:]]) == whole


@pytest.mark.parametrize("name", STREAMS)
def test_bytes_one_by_one_give_the_same_events(name):
    data = stream(name)
    assert split([data[place : place + 1] for place in range(len(data))]) == split([data])


@pytest.mark.parametrize("name", STREAMS)
@settings(max_examples=12)
@given(places=st.lists(st.integers(0, 20_000), min_size=1, max_size=40))
def test_a_client_says_the_same_however_the_bytes_come(name, places):
    dialect, data = name.split("/")[0], stream(name)

    async def both():
        whole = await events_of(client_reading([data], dialect))
        pieces = await events_of(client_reading(cut(data, places), dialect))
        return told(whole), told(pieces)

    whole, pieces = asyncio.run(both())
    assert pieces == whole
