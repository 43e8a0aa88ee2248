import pytest

from tests.architecture.matrix import make_world
from tests.desk.office import Office


@pytest.fixture
def office(db: None) -> Office:
    return Office(make_world())
