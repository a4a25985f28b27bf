"""One simulator for a test, and clients that are closed after it."""

from tests.simulator.fixtures import closing, sim

__all__ = ["closing", "sim"]
