"""One line per hook: what a room does at the birth of a workspace, and when a person leaves it."""


def connect() -> None:
    """Rooms add their lines here: `ports.at_birth(...)`, `ports.at_departure(...)`, `references.register(...)`."""
