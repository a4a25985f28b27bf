import pytest

from app.practice.transport import knowledge


@pytest.fixture(scope="session")
def known():
    """The manual, its index and its word model, as the program builds them."""
    return knowledge()
