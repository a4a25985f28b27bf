from datetime import timedelta

import pytest

from app.core.conversations.conversation import Provenance
from app.core.costs.usage import Usage
from app.storage.conversations.journal import Journal
from app.storage.costs.estimates import EstimateRepository
from tests.storage.samples import NOW, answer, conversation


@pytest.fixture
def estimates(database):
    return EstimateRepository(database)


@pytest.fixture
def note(database, repository, estimates):
    """Stores an answer whose question was taken for so many tokens and counted as so many."""
    owner = conversation()
    repository.create(owner).result()

    def keep(estimated, counted, *, model="m", minutes=0, searches=None):
        usage = Usage(counted, 5, searches=searches)
        told = Provenance("p", model, usage=usage)
        at = NOW + timedelta(minutes=minutes)
        made = answer(owner, provenance=told, created_at=at)
        Journal(database).fold(made).result()
        estimates.note(made.id, estimated).result()
        return made

    return keep


def test_the_newest_questions_of_a_route_come_first(estimates, note):
    note(100, 120)
    note(200, 260, minutes=2)
    note(300, 310, minutes=1)
    note(900, 100, model="other")
    assert estimates.of_route("p", "m", 16, 2) == [(200, 260), (300, 310)]


def test_tiny_questions_searches_and_uncounted_ones_say_nothing(estimates, note):
    note(4, 20)
    note(100, 9000, searches=2)
    note(100, None)
    note(100, 0)
    assert estimates.of_route("p", "m", 16, 9) == []


def test_an_estimate_outlives_a_cost_that_is_noted_again(database, estimates, note):
    made = note(100, 120)
    Journal(database).fold(made).result()
    assert estimates.of_route("p", "m", 16, 9) == [(100, 120)]


def test_an_estimate_of_an_answer_that_cost_nothing_known_is_dropped(estimates):
    estimates.note("nobody", 100).result()
    assert estimates.of_route("p", "m", 16, 9) == []
