import pytest

from visits.domain.places import forget_places


@pytest.fixture(autouse=True)
def nothing_remembered():
    """The process keeps editions for a minute; each test has its own."""
    forget_places()
    yield
    forget_places()
