"""Medians of what was noted with the user's own answers."""

from datetime import timedelta

import pytest

from app.core.conversations.conversation import Provenance, Timing
from app.core.costs.usage import Usage
from app.core.models.host import Measured
from app.storage.conversations.journal import Journal
from app.storage.models.measured import Measurements
from tests.storage.samples import NOW, answer, conversation


@pytest.fixture
def note(database, repository):
    """Stores a finished answer that took so long to begin and to end."""
    owner = conversation()
    repository.create(owner).result()

    def keep(first, total, count, *, minutes=0, model="m"):
        provenance = Provenance("p", model, usage=Usage(1, count), timing=Timing(first, total))
        at = NOW + timedelta(minutes=minutes)
        Journal(database).fold(answer(owner, created_at=at, provenance=provenance)).result()

    return keep


def test_a_route_without_answers_is_not_measured(database):
    assert Measurements(database).of_route("p", "m") == Measured()


def test_medians_of_the_routes_own_answers(database, note):
    for first, total, count in ((1.0, 2.0, 10), (2.0, 3.0, 20), (9.0, 10.0, 60)):
        note(first, total, count)
    note(100.0, 200.0, 1, model="other")
    assert Measurements(database).of_route("p", "m") == Measured(3, 2.0, 20.0)


def test_what_was_not_timed_is_left_out(database, note):
    note(None, None, 10)
    note(1.5, 1.5, 10)
    assert Measurements(database).of_route("p", "m") == Measured(1, 1.5, None)


def test_only_the_newest_answers_count(database, note):
    for minute in range(30):
        note(60.0, 61.0, 1, minutes=-minute - 1)
    for minute in range(50):
        note(1.0, 2.0, 30, minutes=minute)
    assert Measurements(database).of_route("p", "m") == Measured(50, 1.0, 30.0)
