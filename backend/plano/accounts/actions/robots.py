"""Names under which programs write. A robot is no person: it signs in nowhere, belongs nowhere and is told nothing."""

from plano.accounts.models import User
from plano.kernel.ids import uuid7

PREFIX = "Robot · "
"""Stands in the name itself, so that wherever an author is shown it is taken for no person."""


def make_robot(name: str) -> User:
    """Inside the caller's unit of work."""
    id = uuid7()
    robot = User(id=id, identifier=f"robot-{id}", name=PREFIX + name, is_robot=True, is_active=False)
    robot.set_unusable_password()
    robot.save(force_insert=True)
    return robot


def name_robot(robot: User, name: str) -> None:
    """Inside the caller's unit of work."""
    robot.name = PREFIX + name
    robot.touch()
    robot.save(update_fields=["name", "version", "updated_at"])
